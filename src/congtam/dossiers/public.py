"""What other contexts may use of the dossiers (hồ sơ)."""

from congtam.dossiers.actions.changing import DossierChanged, NotOfTheDesk
from congtam.dossiers.actions.receive import receive
from congtam.dossiers.actions.store import StoreCounts, store_dossiers
from congtam.dossiers.actions.supplements import ask_supplement
from congtam.dossiers.actions.take_file import Sent, media_type_of, take_file, take_files
from congtam.dossiers.citizen import (
    CitizenDossier,
    CitizenEvent,
    CitizenFiling,
    CitizenLetter,
    citizen_contacts,
    citizen_proof,
    find_for_citizen,
    plain_code,
)
from congtam.dossiers.domain.clock import Sentence
from congtam.dossiers.domain.lifecycle import StepNotAllowed, Verb
from congtam.dossiers.domain.receipt import Applicant, Attached, HandedIn, Receipt
from congtam.dossiers.domain.rows import DossierRow, StepRow, SuspensionRow, row_digest
from congtam.dossiers.domain.states import (
    NATIONAL_PORTAL,
    OPEN,
    WITH_RESULT,
    Channel,
    Ground,
    Payment,
    State,
    state_of,
)
from congtam.dossiers.integrity import altered_dossiers
from congtam.dossiers.labels import GROUNDS as GROUND_LABELS
from congtam.dossiers.labels import STATES as STATE_LABELS
from congtam.dossiers.permissions import MAY_STORE, may_store_anywhere, require_store, storable_units
from congtam.dossiers.printing import (
    Book,
    BookLine,
    BookPage,
    PrintedDossier,
    PrintedLetter,
    PrintedMove,
    PrintedPaper,
    PrintedPerson,
    PrintedUnit,
    book_count,
    book_lines,
    book_page,
    printed_dossier,
    printed_dossiers,
    printed_unit,
)
from congtam.dossiers.queries import get_visible, visible_to

__all__ = [
    "GROUND_LABELS",
    "MAY_STORE",
    "NATIONAL_PORTAL",
    "OPEN",
    "STATE_LABELS",
    "WITH_RESULT",
    "Applicant",
    "Attached",
    "Book",
    "BookLine",
    "BookPage",
    "Channel",
    "CitizenDossier",
    "CitizenEvent",
    "CitizenFiling",
    "CitizenLetter",
    "DossierChanged",
    "DossierRow",
    "Ground",
    "HandedIn",
    "NotOfTheDesk",
    "Payment",
    "PrintedDossier",
    "PrintedLetter",
    "PrintedMove",
    "PrintedPaper",
    "PrintedPerson",
    "PrintedUnit",
    "Receipt",
    "Sent",
    "Sentence",
    "State",
    "StepNotAllowed",
    "StepRow",
    "StoreCounts",
    "SuspensionRow",
    "Verb",
    "altered_dossiers",
    "ask_supplement",
    "book_count",
    "book_lines",
    "book_page",
    "citizen_contacts",
    "citizen_proof",
    "find_for_citizen",
    "get_visible",
    "may_store_anywhere",
    "media_type_of",
    "plain_code",
    "printed_dossier",
    "printed_dossiers",
    "printed_unit",
    "receive",
    "require_store",
    "row_digest",
    "state_of",
    "storable_units",
    "store_dossiers",
    "take_file",
    "take_files",
    "visible_to",
]

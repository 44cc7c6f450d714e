"""What other contexts may use of the dossiers (hồ sơ)."""

from congtam.dossiers.applicant.citizen import (
    CitizenDossier,
    CitizenEvent,
    CitizenFiling,
    CitizenLetter,
    citizen_contacts,
    citizen_proof,
    filing_contacts,
    filing_secret,
    find_for_citizen,
    plain_code,
)
from congtam.dossiers.applicant.citizen_form import (
    Handed,
    form_corrected_by_holder,
    form_of_holder,
    form_of_holder_to_correct,
    handed_in_vain,
)
from congtam.dossiers.applicant.citizen_mail import MailFacts, mail_facts
from congtam.dossiers.deadlines.domain.clock import Sentence
from congtam.dossiers.deadlines.ledgers import clock_story, drifted_dossiers
from congtam.dossiers.domain.lifecycle import StepNotAllowed, Verb
from congtam.dossiers.domain.states import (
    NATIONAL_PORTAL,
    OPEN,
    WITH_RESULT,
    Channel,
    Ground,
    Payment,
    State,
    Verdict,
    state_of,
)
from congtam.dossiers.fees.books import dossiers_apart_from_books
from congtam.dossiers.files.take_file import PAPER_KIND, Sent, drop_file, media_type_of, take_file, take_files
from congtam.dossiers.form.answers import FormLine, FormPart
from congtam.dossiers.form.corrections import Correction, FormToCorrect, correction_kept
from congtam.dossiers.handling.assignment import HandledBySame, verbs_for
from congtam.dossiers.handling.bulk import BULK, BulkOutcome, BulkProblem, bulk
from congtam.dossiers.handling.changing import DossierChanged, NotOfTheDesk
from congtam.dossiers.handling.consultations import answer, answer_consultation, consult
from congtam.dossiers.handling.domain.guards import NotYourMove
from congtam.dossiers.handling.endings import apologise, refuse, reopen, stop, withdraw
from congtam.dossiers.handling.hand_overs import accept, assign, hand_over, send_back, take_back
from congtam.dossiers.handling.linked import open_linked
from congtam.dossiers.handling.papers import attach
from congtam.dossiers.handling.payments import ask_payment, confirm_payment, waive_payment
from congtam.dossiers.handling.results import approve, issue_result, return_result
from congtam.dossiers.handling.supplements import ask_supplement, lapse, note_sent, receive_supplement
from congtam.dossiers.intake.agency_codes import agency_codes, set_agency_code, set_number_rule
from congtam.dossiers.intake.filings import FilingAnswered, accept_filing, decline_filing, file_online
from congtam.dossiers.intake.receive import receive
from congtam.dossiers.printing import (
    Book,
    BookLine,
    BookPage,
    PrintedApplication,
    PrintedDossier,
    PrintedLetter,
    PrintedMove,
    PrintedPaper,
    PrintedPerson,
    PrintedUnit,
    book_count,
    book_lines,
    book_page,
    printed_application,
    printed_dossier,
    printed_dossiers,
    printed_receipt,
    printed_unit,
)
from congtam.dossiers.record.domain.receipt import Applicant, Attached, HandedIn, Receipt
from congtam.dossiers.record.domain.rows import DossierRow, StepRow, SuspensionRow, row_digest
from congtam.dossiers.record.integrity import altered_desks, altered_dossiers
from congtam.dossiers.record.labels import GROUNDS as GROUND_LABELS
from congtam.dossiers.record.labels import STATES as STATE_LABELS
from congtam.dossiers.record.permissions import MAY_STORE, may_store_anywhere, require_store, storable_units
from congtam.dossiers.record.visibility import get_visible, visible_to
from congtam.dossiers.storing.store import ReadAhead, StoreCounts, store_dossiers

__all__ = [
    "BULK",
    "GROUND_LABELS",
    "MAY_STORE",
    "NATIONAL_PORTAL",
    "OPEN",
    "PAPER_KIND",
    "STATE_LABELS",
    "WITH_RESULT",
    "Applicant",
    "Attached",
    "Book",
    "BookLine",
    "BookPage",
    "BulkOutcome",
    "BulkProblem",
    "Channel",
    "CitizenDossier",
    "CitizenEvent",
    "CitizenFiling",
    "CitizenLetter",
    "Correction",
    "DossierChanged",
    "DossierRow",
    "FilingAnswered",
    "FormLine",
    "FormPart",
    "FormToCorrect",
    "Ground",
    "Handed",
    "HandedIn",
    "HandledBySame",
    "MailFacts",
    "NotOfTheDesk",
    "NotYourMove",
    "Payment",
    "PrintedApplication",
    "PrintedDossier",
    "PrintedLetter",
    "PrintedMove",
    "PrintedPaper",
    "PrintedPerson",
    "PrintedUnit",
    "ReadAhead",
    "Receipt",
    "Sent",
    "Sentence",
    "State",
    "StepNotAllowed",
    "StepRow",
    "StoreCounts",
    "SuspensionRow",
    "Verb",
    "Verdict",
    "accept",
    "accept_filing",
    "agency_codes",
    "altered_desks",
    "altered_dossiers",
    "answer",
    "answer_consultation",
    "apologise",
    "approve",
    "ask_payment",
    "ask_supplement",
    "assign",
    "attach",
    "book_count",
    "book_lines",
    "book_page",
    "bulk",
    "citizen_contacts",
    "citizen_proof",
    "clock_story",
    "confirm_payment",
    "consult",
    "correction_kept",
    "decline_filing",
    "dossiers_apart_from_books",
    "drifted_dossiers",
    "drop_file",
    "file_online",
    "filing_contacts",
    "filing_secret",
    "find_for_citizen",
    "form_corrected_by_holder",
    "form_of_holder",
    "form_of_holder_to_correct",
    "get_visible",
    "hand_over",
    "handed_in_vain",
    "issue_result",
    "lapse",
    "mail_facts",
    "may_store_anywhere",
    "media_type_of",
    "note_sent",
    "open_linked",
    "plain_code",
    "printed_application",
    "printed_dossier",
    "printed_dossiers",
    "printed_receipt",
    "printed_unit",
    "receive",
    "receive_supplement",
    "refuse",
    "reopen",
    "require_store",
    "return_result",
    "row_digest",
    "send_back",
    "set_agency_code",
    "set_number_rule",
    "state_of",
    "stop",
    "storable_units",
    "store_dossiers",
    "take_back",
    "take_file",
    "take_files",
    "verbs_for",
    "visible_to",
    "waive_payment",
    "withdraw",
]

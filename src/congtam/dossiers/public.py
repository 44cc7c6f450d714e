"""What other contexts may use of the dossiers (hồ sơ)."""

from congtam.dossiers.deadlines.ledgers import drifted_dossiers
from congtam.dossiers.domain.states import (
    OPEN,
    WITH_RESULT,
    Channel,
    PaymentWay,
    State,
    SuspensionGround,
    state_from_dates,
)
from congtam.dossiers.fees.books import dossiers_with_fee_mismatch
from congtam.dossiers.handling.actions import (
    accept,
    apologise,
    approve,
    ask_payment,
    hand_over,
    issue_result,
    receive_supplement,
    refuse,
    request_supplement,
    return_result,
    withdraw,
)
from congtam.dossiers.handling.wording import message_key
from congtam.dossiers.intake.agency_codes import set_agency_code
from congtam.dossiers.intake.receive import receive
from congtam.dossiers.record.domain.receipt import Applicant, HandedInPaper, Receipt
from congtam.dossiers.record.domain.rows import DossierRow, StepRow, SuspensionRow
from congtam.dossiers.record.integrity import altered_desks, altered_dossiers
from congtam.dossiers.record.labels import GROUNDS as GROUND_LABELS
from congtam.dossiers.record.labels import STATES as STATE_LABELS
from congtam.dossiers.record.permissions import may_store_anywhere, require_may_store, storable_units
from congtam.dossiers.record.visibility import get_visible
from congtam.dossiers.storing.store import ReadAhead, StoreCounts, store_dossiers

__all__ = [
    "GROUND_LABELS",
    "OPEN",
    "STATE_LABELS",
    "WITH_RESULT",
    "Applicant",
    "Channel",
    "DossierRow",
    "HandedInPaper",
    "PaymentWay",
    "ReadAhead",
    "Receipt",
    "State",
    "StepRow",
    "StoreCounts",
    "SuspensionGround",
    "SuspensionRow",
    "accept",
    "altered_desks",
    "altered_dossiers",
    "apologise",
    "approve",
    "ask_payment",
    "dossiers_with_fee_mismatch",
    "drifted_dossiers",
    "get_visible",
    "hand_over",
    "issue_result",
    "may_store_anywhere",
    "message_key",
    "receive",
    "receive_supplement",
    "refuse",
    "request_supplement",
    "require_may_store",
    "return_result",
    "set_agency_code",
    "state_from_dates",
    "storable_units",
    "store_dossiers",
    "withdraw",
]

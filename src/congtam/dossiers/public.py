"""What other contexts may use of the dossiers (hồ sơ)."""

from congtam.dossiers.actions.store import StoreCounts, store_dossiers
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
from congtam.dossiers.labels import STATES as STATE_LABELS
from congtam.dossiers.permissions import MAY_STORE, may_store_anywhere, require_store, storable_units
from congtam.dossiers.queries import get_visible, visible_to

__all__ = [
    "MAY_STORE",
    "NATIONAL_PORTAL",
    "OPEN",
    "STATE_LABELS",
    "WITH_RESULT",
    "Channel",
    "DossierRow",
    "Ground",
    "Payment",
    "State",
    "StepRow",
    "StoreCounts",
    "SuspensionRow",
    "altered_dossiers",
    "get_visible",
    "may_store_anywhere",
    "require_store",
    "row_digest",
    "state_of",
    "storable_units",
    "store_dossiers",
    "visible_to",
]

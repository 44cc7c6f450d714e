"""The tables of the dossiers context (hồ sơ)."""

from congtam.dossiers.models.desk import (
    ClockLine,
    DeskRecord,
    Letter,
    LetterKind,
    Paper,
    Party,
)
from congtam.dossiers.models.dossier import (
    Dossier,
    DossierQuerySet,
    Step,
    Subject,
    Suspension,
    stopped_in_time,
)
from congtam.dossiers.models.filing import Filing, SavedView
from congtam.dossiers.models.numbering import AgencyCode, NumberCounter, NumberRule
from congtam.dossiers.models.replaced import ReplacedDossier

__all__ = [
    "AgencyCode",
    "ClockLine",
    "DeskRecord",
    "Dossier",
    "DossierQuerySet",
    "Filing",
    "Letter",
    "LetterKind",
    "NumberCounter",
    "NumberRule",
    "Paper",
    "Party",
    "ReplacedDossier",
    "SavedView",
    "Step",
    "Subject",
    "Suspension",
    "stopped_in_time",
]

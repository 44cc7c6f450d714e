"""What tests of other rooms use of dossiers beyond its door."""

from congtam.dossiers.handling.actions import answer, attach, confirm_payment, consult, open_linked, stop
from congtam.dossiers.handling.machine import available_verbs
from congtam.dossiers.intake.filings import accept_filing, decline_filing
from congtam.dossiers.record.domain.rows import row_digest
from congtam.dossiers.record.visibility import visible_to

__all__ = [
    "accept_filing",
    "answer",
    "attach",
    "available_verbs",
    "confirm_payment",
    "consult",
    "decline_filing",
    "open_linked",
    "row_digest",
    "stop",
    "visible_to",
]

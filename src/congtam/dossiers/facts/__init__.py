"""What this context publishes to the warehouse (dữ liệu hồ sơ): dossiers, their parts, and what is filed online."""

from congtam.dossiers.facts.dossiers import COLUMNS, DOSSIERS, ROWS_SQL, TOPIC
from congtam.dossiers.facts.filings import FILINGS
from congtam.dossiers.facts.step_facts import CLOCK_LINES, STEPS, SUSPENSIONS
from congtam.warehouse.public import register

__all__ = [
    "CLOCK_LINES",
    "COLUMNS",
    "DOSSIERS",
    "FILINGS",
    "ROWS_SQL",
    "STEPS",
    "SUSPENSIONS",
    "TOPIC",
    "register_facts",
]


def register_facts() -> None:
    """Make the facts known to the warehouse."""
    for fact in (DOSSIERS, STEPS, SUSPENSIONS, CLOCK_LINES, FILINGS):
        register(fact)

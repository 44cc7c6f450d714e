"""What the room of reports prints of dossiers: receipts, letters, applications, books (in mẫu, sổ theo dõi)."""

from congtam.dossiers.domain.states import Verdict
from congtam.dossiers.printing.application import PrintedApplication, printed_application
from congtam.dossiers.printing.book import Book, BookLine, book_count, book_lines, book_page
from congtam.dossiers.printing.reading import printed_dossier, printed_dossiers, printed_receipt
from congtam.dossiers.printing.units import printed_unit
from congtam.dossiers.printing.values import (
    PrintedDossier,
    PrintedLetter,
    PrintedPaper,
    PrintedPerson,
    PrintedStep,
    PrintedUnit,
)

__all__ = [
    "Book",
    "BookLine",
    "PrintedApplication",
    "PrintedDossier",
    "PrintedLetter",
    "PrintedPaper",
    "PrintedPerson",
    "PrintedStep",
    "PrintedUnit",
    "Verdict",
    "book_count",
    "book_lines",
    "book_page",
    "printed_application",
    "printed_dossier",
    "printed_dossiers",
    "printed_receipt",
    "printed_unit",
]

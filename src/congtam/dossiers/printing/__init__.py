"""Dossiers as printed forms and books need them (in mẫu, sổ theo dõi)."""

from congtam.dossiers.printing.application import (
    PrintedApplication,
    has_application,
    printed_application,
)
from congtam.dossiers.printing.book import Book, BookLine, BookPage, book_count, book_lines, book_page
from congtam.dossiers.printing.reading import printed_dossier, printed_dossiers, printed_receipt
from congtam.dossiers.printing.units import printed_unit
from congtam.dossiers.printing.values import (
    PrintedDossier,
    PrintedLetter,
    PrintedMove,
    PrintedPaper,
    PrintedPerson,
    PrintedUnit,
)

__all__ = [
    "Book",
    "BookLine",
    "BookPage",
    "PrintedApplication",
    "PrintedDossier",
    "PrintedLetter",
    "PrintedMove",
    "PrintedPaper",
    "PrintedPerson",
    "PrintedUnit",
    "book_count",
    "book_lines",
    "book_page",
    "has_application",
    "printed_application",
    "printed_dossier",
    "printed_dossiers",
    "printed_receipt",
    "printed_unit",
]

"""Take a book or a counted form away as a file (kết xuất sổ, biểu), each time recorded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO, Final

from congtam.dossiers.printing.public import Book, book_count, book_lines
from congtam.foundation.public import Actor, clock, record
from congtam.foundation.web.downloads import written_once
from congtam.kernel.clock import today
from congtam.kernel.errors import NotFound
from congtam.kernel.spreadsheets import XLSX_TYPE
from congtam.reports.actions.forms import PrintedFile
from congtam.reports.actions.rendering import render_with_demo_mark
from congtam.reports.books.document import book_document
from congtam.reports.books.workbook import write_book
from congtam.reports.statistics.counting import StatisticsQuestion, count_form
from congtam.reports.statistics.document import statistics_document
from congtam.reports.statistics.workbook import statistics_workbook
from congtam.typesetting.public import MEDIA_TYPES

EXTENSIONS: Final = ("xlsx", "docx", "pdf")


def print_book(book: Book, extension: str, *, actor: Actor) -> PrintedFile:
    """The book for paper, as .docx or PDF: its first lines only."""
    if extension not in MEDIA_TYPES:
        raise NotFound(kind="document", key=extension)
    lines = book_count(book, to=actor)
    document = book_document(book, book_lines(book, to=actor), count=lines, today=today(clock()))
    content = render_with_demo_mark(document, extension)
    _audit_book(
        actor,
        "report.book",
        unit=book.unit_code,
        data={**_audit_data(book), "extension": extension, "rows": lines},
    )
    return PrintedFile(
        name=book_file_name(book, extension), media_type=MEDIA_TYPES[extension], content=content
    )


def book_workbook(book: Book, *, actor: Actor) -> BinaryIO:
    """The whole book as an open .xlsx file that vanishes when it is closed."""
    lines = book_count(book, to=actor)
    content = written_once(lambda path: write_book(path, book_lines(book, to=actor)))
    _audit_book(
        actor,
        "report.book",
        unit=book.unit_code,
        data={**_audit_data(book), "extension": "xlsx", "rows": lines},
    )
    return content


def book_file_name(book: Book, extension: str) -> str:
    """The name of the file."""
    return f"so-theo-doi_{book.unit_code}_{book.period.text}.{extension}"


def print_statistics(question: StatisticsQuestion, extension: str, *, actor: Actor) -> PrintedFile:
    """A counted form as .xlsx, .docx or PDF."""
    if extension not in EXTENSIONS:
        raise NotFound(kind="document", key=extension)
    counted = count_form(question, to=actor)
    if extension == "xlsx":
        content, media_type = statistics_workbook(counted), XLSX_TYPE
    else:
        content, media_type = (
            render_with_demo_mark(statistics_document(counted), extension),
            MEDIA_TYPES[extension],
        )
    data = {
        "form": question.form.code,
        "version": question.form.version,
        "period": question.period.text,
        "convention": question.convention.value,
        "data_version": counted.data_version,
        "extension": extension,
    }
    _audit_book(actor, "report.statistics", unit=question.unit, data=data)
    name = f"{question.form.key}_{question.unit}_{question.period.text}.{extension}"
    return PrintedFile(name=name, media_type=media_type, content=content)


def _audit_data(book: Book) -> dict[str, Any]:
    return {"period": book.period.text, "with_below": book.with_below}


def _audit_book(actor: Actor, verb: str, *, unit: str, data: Mapping[str, Any]) -> None:
    record(actor, verb, kind="report", key=unit, unit_code=unit, data=data)

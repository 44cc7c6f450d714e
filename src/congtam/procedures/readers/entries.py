"""What every reader of a catalogue yields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from congtam.kernel.errors import DomainError, Problem, msgid
from congtam.procedures.domain.content import Content

COLUMN_CODE = "Mã số"


@dataclass(frozen=True, kw_only=True)
class CatalogueEntry:
    """One procedure as a source tells it, and where in the source."""

    code: str
    content: Content
    is_list: bool
    row: int


Read = Iterator[CatalogueEntry | Problem]


class FileUnreadable(DomainError):
    """The file as a whole cannot be read as a catalogue (không đọc được tệp)."""

    code = "procedures.file_unreadable"
    message = msgid("{file} cannot be read as a catalogue of procedures: {reason}")


class CatalogueHeaderMissing(FileUnreadable):
    """None of the first lines names the columns (thiếu dòng tiêu đề)."""

    message = msgid("{file} has no header row with the columns {columns}.")


class CatalogueNotUtf8(FileUnreadable):
    """The text is in another encoding (sai bảng mã)."""

    message = msgid("{file} is not in UTF-8 (from byte {byte} on). Save the file as UTF-8.")


class CatalogueTooManyRows(FileUnreadable):
    """More than is read at once (quá nhiều dòng)."""

    message = msgid("{file} has more than {maximum} rows.")


def problem(name: str, message: str, *, row: int, column: str, advice: str = "", **data: object) -> Problem:
    """A problem with one line of the source; the file is added by whoever knows it."""
    return Problem(
        code=f"procedures.{name}", message=message, row=row, column=column, advice=advice, data=data
    )

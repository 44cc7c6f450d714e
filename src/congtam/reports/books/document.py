"""The book as an official document (sổ theo dõi hồ sơ), so many lines of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import Final

from congtam.dossiers.printing.public import Book, BookLine, printed_unit
from congtam.reports.books.columns import COLUMNS, printed_cells
from congtam.reports.dossier_forms.lines import SEAL_HERE, make_signer
from congtam.reports.form_catalogue import form_in_force
from congtam.reports.letterheads import desk_issuer, place_of_issue
from congtam.typesetting.public import Block, OfficialDocument, Paragraph, Sheet, Table, Text
from congtam.ui.public import day, number

MOST_PRINTED: Final = 1000
"""Lines a printed book holds; the whole is in .xlsx."""


def book_document(book: Book, lines: Iterable[BookLine], *, count: int, today: date) -> OfficialDocument:
    """The first lines of the book, landscape, saying so when there are more; never dated ahead of ``today``."""
    unit, first = printed_unit(book.unit_code, book.period.start), book.period.start
    form = form_in_force("book", first)
    return OfficialDocument(
        issuer=desk_issuer(unit, first),
        symbol="",
        place=place_of_issue(unit),
        date=min(book.period.last_day, today),
        type_name=form.title,
        abstract=f"Từ ngày {day(first)} đến hết ngày {day(book.period.last_day)}",
        form_mark=form.mark,
        blocks=tuple(_book_blocks(lines, count)),
        cosigners=(make_signer("NGƯỜI LẬP SỔ"),),
        signer=make_signer("NGƯỜI PHỤ TRÁCH", note=SEAL_HERE),
        draft=False,
        sheet=Sheet(landscape=True, scale=0.86, is_narrow=True),
    )


def _book_blocks(lines: Iterable[BookLine], count: int) -> Iterator[Block]:
    printed = islice(lines, MOST_PRINTED)
    rows = tuple(
        tuple((Text(cell),) for cell in printed_cells(position, line))
        for position, line in enumerate(printed, start=1)
    )
    yield Table(columns=COLUMNS, rows=rows, size=10.5)
    note = f"Sổ có {number(count, 'vi')} hồ sơ."
    if count > MOST_PRINTED:
        note += (
            f" Bản in này chỉ gồm {number(MOST_PRINTED, 'vi')} hồ sơ đầu tiên; toàn bộ sổ có trong tệp .xlsx."
        )
    yield Paragraph((Text(note),), note=True)

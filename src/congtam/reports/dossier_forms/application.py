"""The form an applicant filled in online, on paper (tờ khai, bản điện tử): headings, answers, tables, and who signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from congtam.dossiers.printing.public import PrintedApplication
from congtam.forms.public import FormLine, FormPart
from congtam.kernel.clock import local_day
from congtam.reports.dossier_forms.lines import labelled_line, lookup_address, make_signer, plain_paragraph
from congtam.reports.letterheads import body_name, moment, place_of_issue
from congtam.typesetting.public import (
    Block,
    Heading,
    Issuer,
    OfficialDocument,
    Paragraph,
    Runs,
    Sheet,
    Table,
    TableColumn,
    Text,
)

_LONG: Final = 120
"""Characters from which an answer gets a paragraph of its own instead of a row."""
_SHARES: Final = (0.40, 0.60)
_FEW_COLUMNS: Final = 5


def application_document(form: PrintedApplication) -> OfficialDocument:
    """The form as the applicant signs it, with code, QR code and the instant it was filled in."""
    on = local_day(form.filled_at)
    return OfficialDocument(
        issuer=Issuer(body=()),
        symbol="",
        place=place_of_issue(form.unit),
        date=on,
        type_name="TỜ KHAI (BẢN ĐIỆN TỬ)",
        abstract=form.procedure_name,
        addressees=(body_name(form.unit),),
        qr=lookup_address(form.code, form.lookup_secret),
        blocks=tuple(_form_blocks(form)),
        signer=make_signer("NGƯỜI KHAI", form.person.submitter or form.person.name),
        draft=False,
        trace=f"Tờ khai điện tử - mã {form.code}",
        sheet=Sheet(scale=0.93),
    )


def _form_blocks(form: PrintedApplication) -> Iterator[Block]:
    yield labelled_line("Mã hồ sơ", form.code, bold=True)
    if form.filing_code and form.filing_code != form.code:
        yield labelled_line("Mã hồ sơ nộp trực tuyến", form.filing_code)
    yield labelled_line("Người khai", form.person.name, bold=True)
    for part in form.parts:
        yield from _part_blocks(part)
    yield plain_paragraph(
        "Tôi cam đoan những nội dung khai trên đây là đúng sự thật và chịu trách nhiệm trước pháp luật."
    )
    where = (
        "trực tuyến trên cổng thông tin" if form.filing_code else "tại Bộ phận Một cửa khi tiếp nhận hồ sơ"
    )
    note = f"Tờ khai được điền {where} lúc {moment(form.filled_at)}; bản điện tử được lưu kèm hồ sơ."
    yield Paragraph((Text(note),), note=True)


def _part_blocks(part: FormPart) -> Iterator[Block]:
    """A heading, its answers as rows of label and value, and what is a table by itself."""
    if part.title:
        yield Heading(part.title)
    rows: list[tuple[Runs, ...]] = []
    for line in part.lines:
        if line.rows or len(line.text) > _LONG:
            yield from _answers_table(rows)
            rows = []
            yield _rows_table(line) if line.rows else labelled_line(line.label, line.text)
        else:
            rows.append(((Text(line.label),), (Text(line.text, bold=True),)))
    yield from _answers_table(rows)


def _answers_table(rows: list[tuple[Runs, ...]]) -> Iterator[Block]:
    if rows:
        columns = (TableColumn("Nội dung", _SHARES[0]), TableColumn("Thông tin khai", _SHARES[1]))
        yield Table(columns=columns, rows=tuple(rows), size=13)


def _rows_table(line: FormLine) -> Table:
    columns = (TableColumn("TT", 0.35, "center"), *(TableColumn(head) for head in line.head))
    rows = tuple(
        ((Text(str(position)),), *((Text(cell),) for cell in row))
        for position, row in enumerate(line.rows, start=1)
    )
    size = 12.0 if len(line.head) <= _FEW_COLUMNS else 10.5
    return Table(columns=columns, rows=rows, caption=line.label, size=size)

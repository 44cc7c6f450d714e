"""Number the figures of a document and list their sources in an annex (Phụ lục: Nguồn số liệu)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from congtam.reports.domain.document import (
    Annex,
    Block,
    BoundFigure,
    Bullets,
    Column,
    FigureSource,
    OfficialDocument,
    Paragraph,
    Run,
    Runs,
    Table,
    Text,
)

SOURCES_TITLE = "NGUỒN SỐ LIỆU"
SOURCES_NOTE = (
    "Mỗi số trong ngoặc vuông [n] ở phần trên dẫn đến dòng n của bảng này. Mã băm là tóm lược SHA-256 của định nghĩa, "
    "kỳ, đơn vị và tập hồ sơ đã đếm: tính lại trên cùng phiên bản dữ liệu phải ra đúng mã này."
)


@dataclass
class _Register:
    """Sources in the order in which the reader meets them."""

    numbers: dict[FigureSource, int] = field(default_factory=dict)

    def number(self, source: FigureSource) -> int:
        return self.numbers.setdefault(source, len(self.numbers) + 1)


def bind(document: OfficialDocument) -> OfficialDocument:
    """Give each figure its number [n] and append the annex of sources; a document without figures is unchanged."""
    register = _Register()
    blocks = tuple(_numbered(block, register) for block in document.blocks)
    annexes = tuple(
        replace(annex, blocks=tuple(_numbered(block, register) for block in annex.blocks))
        for annex in document.annexes
    )
    if register.numbers:
        annexes = (*annexes, _sources_annex(register))
    return replace(document, blocks=blocks, annexes=annexes)


def _numbered(block: Block, register: _Register) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, runs=_numbered_runs(block.runs, register))
    if isinstance(block, Bullets):
        return replace(block, items=tuple(_numbered_runs(item, register) for item in block.items))
    if isinstance(block, Table):
        rows = tuple(tuple(_numbered_runs(cell, register) for cell in row) for row in block.rows)
        return replace(block, rows=rows)
    return block


def _numbered_runs(runs: Runs, register: _Register) -> Runs:
    return tuple(_numbered_run(run, register) for run in runs)


def _numbered_run(run: Run, register: _Register) -> Run:
    if isinstance(run, BoundFigure):
        return replace(run, number=register.number(run.source))
    return run


def _sources_annex(register: _Register) -> Annex:
    columns = (
        Column("TT", 0.8, "center"),
        Column("Chỉ tiêu", 4.6),
        Column("Đơn vị", 2.6),
        Column("Kỳ số liệu", 2.8),
        Column("Tử số", 1.4, "right"),
        Column("Mẫu số", 1.4, "right"),
        Column("Giá trị", 1.6, "right"),
        Column("Phiên bản định nghĩa / dữ liệu", 1.9, "center"),
        Column("Bản đồ đơn vị", 2.2, "center"),
        Column("Mã băm", 5.7),
    )
    rows = tuple(_source_row(number, source) for source, number in register.numbers.items())
    table = Table(columns=columns, rows=rows, size=9)
    return Annex(
        title=SOURCES_TITLE, blocks=(Paragraph((Text(SOURCES_NOTE),), note=True), table), landscape=True
    )


def _grouped(digest: str) -> str:
    """Half by half: a person can compare them, and the cell can break the line."""
    return " ".join(digest[start : start + 32] for start in range(0, len(digest), 32))


def _source_row(number: int, source: FigureSource) -> tuple[Runs, ...]:
    cells = (
        str(number),
        f"{source.name} ({source.code})",
        source.unit,
        source.period,
        source.numerator,
        source.denominator,
        source.value,
        f"{source.definition_version} / {source.data_version}",
        source.map,
        _grouped(source.digest),
    )
    return tuple((Text(cell),) for cell in cells)

"""Number the figures of a document in the order in which the reader meets them (đánh số số liệu)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from congtam.typesetting.domain.document import (
    Block,
    BoundFigure,
    Bullets,
    OfficialDocument,
    Paragraph,
    Run,
    Runs,
    Table,
)


@dataclass
class _Numbers:
    """The number of each receipt met so far."""

    by_receipt: dict[str, int] = field(default_factory=dict)

    def number_for(self, figure: BoundFigure) -> int:
        key = json.dumps([figure.code, figure.receipt], sort_keys=True)
        return self.by_receipt.setdefault(key, len(self.by_receipt) + 1)


def number_figures(document: OfficialDocument) -> OfficialDocument:
    """Give each figure its number [n], first through the text, then through the annexes.

    Figures with the same code and receipt share one number. Binding a bound document changes nothing.
    """
    numbers = _Numbers()
    blocks = tuple(_number_block(block, numbers) for block in document.blocks)
    annexes = tuple(
        replace(annex, blocks=tuple(_number_block(block, numbers) for block in annex.blocks))
        for annex in document.annexes
    )
    return replace(document, blocks=blocks, annexes=annexes)


def figures(document: OfficialDocument) -> tuple[BoundFigure, ...]:
    """Every figure that is printed, in the order of the reader; one printed twice comes twice."""
    blocks = (*document.blocks, *(block for annex in document.annexes for block in annex.blocks))
    return tuple(run for block in blocks for run in _runs_of_block(block) if isinstance(run, BoundFigure))


def distinct(bound: Iterable[BoundFigure]) -> tuple[BoundFigure, ...]:
    """One figure for each number, in the order of the numbers."""
    first: dict[int, BoundFigure] = {}
    for figure in bound:
        first.setdefault(figure.n, figure)
    return tuple(first[n] for n in sorted(first))


def _runs_of_block(block: Block) -> Iterator[Run]:
    if isinstance(block, Paragraph):
        yield from block.runs
    elif isinstance(block, Bullets):
        for item in block.items:
            yield from item
    elif isinstance(block, Table):
        for row in block.rows:
            for cell in row:
                yield from cell


def _number_block(block: Block, numbers: _Numbers) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, runs=_numbered_runs(block.runs, numbers))
    if isinstance(block, Bullets):
        return replace(block, items=tuple(_numbered_runs(item, numbers) for item in block.items))
    if isinstance(block, Table):
        rows = tuple(tuple(_numbered_runs(cell, numbers) for cell in row) for row in block.rows)
        return replace(block, rows=rows)
    return block


def _numbered_runs(runs: Runs, numbers: _Numbers) -> Runs:
    return tuple(
        replace(run, n=numbers.number_for(run)) if isinstance(run, BoundFigure) else run for run in runs
    )

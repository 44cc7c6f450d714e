from __future__ import annotations

from dataclasses import replace

from congtam.reports.domain.binding import SOURCES_TITLE, bind
from congtam.reports.domain.document import Annex, BoundFigure, OfficialDocument, Paragraph, Table, Text
from congtam.reports.tests.conftest import source


def _numbers(document: OfficialDocument) -> list[int]:
    return [
        run.number
        for block in document.blocks
        if isinstance(block, Paragraph)
        for run in block.runs
        if isinstance(run, BoundFigure)
    ]


def test_a_figure_printed_twice_has_one_number_and_one_row(document: OfficialDocument) -> None:
    bound = bind(document)
    annex = bound.annexes[-1]
    table = annex.blocks[-1]
    assert _numbers(bound) == [1, 1]
    assert annex.title == SOURCES_TITLE
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows] == [(Text("1"),), (Text("2"),)]


def test_numbers_follow_the_reader_through_text_then_annexes(document: OfficialDocument) -> None:
    late = BoundFigure("46", source("dossiers.annex_only"))
    annex = Annex(title="SỐ LIỆU", blocks=(Paragraph((late,)),))
    bound = bind(replace(document, annexes=(annex,)))
    block = bound.annexes[0].blocks[0]
    assert isinstance(block, Paragraph)
    assert block.runs == (replace(late, number=3),)


def test_a_document_without_figures_gets_no_annex_of_sources(document: OfficialDocument) -> None:
    plain = replace(document, blocks=(), annexes=())
    assert bind(plain) == plain


def test_the_digest_can_be_read_back_from_the_annex(document: OfficialDocument) -> None:
    table = bind(document).annexes[-1].blocks[-1]
    assert isinstance(table, Table)
    (digest,) = table.rows[0][-1]
    assert digest.text.replace(" ", "") == source().digest

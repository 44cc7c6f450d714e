from __future__ import annotations

from dataclasses import replace

from congtam.typesetting.domain.binding import distinct, figures, number_figures
from congtam.typesetting.domain.document import Annex, OfficialDocument, Paragraph
from congtam.typesetting.tests.conftest import figure


def test_a_figure_printed_twice_has_one_number(document: OfficialDocument) -> None:
    printed = figures(number_figures(document))
    assert [one.n for one in printed] == [1, 2, 1]
    assert [one.printed for one in distinct(printed)] == ["97,71 %", "46"]


def test_numbers_follow_the_reader_through_text_then_annexes(document: OfficialDocument) -> None:
    late = figure("dossiers.annex_only", "46")
    annex = Annex(title="SỐ LIỆU", blocks=(Paragraph((late,)),))
    bound = number_figures(replace(document, annexes=(annex,)))
    block = bound.annexes[0].blocks[0]
    assert isinstance(block, Paragraph)
    assert block.runs == (replace(late, n=3),)


def test_the_same_text_with_another_receipt_is_another_figure(document: OfficialDocument) -> None:
    runs = (figure(), figure(digest="another"))
    bound = number_figures(replace(document, blocks=(Paragraph(runs),)))
    assert [one.n for one in figures(bound)] == [1, 2]


def test_binding_twice_changes_nothing(document: OfficialDocument) -> None:
    assert number_figures(number_figures(document)) == number_figures(document)


def test_a_document_without_figures_is_unchanged(document: OfficialDocument) -> None:
    plain = replace(document, blocks=(), annexes=())
    assert number_figures(plain) == plain

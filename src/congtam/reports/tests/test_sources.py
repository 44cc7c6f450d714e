"""The annex of sources: one row for each figure, with the receipt it can be counted again by."""

from __future__ import annotations

from datetime import date

from congtam.reports.inspection import inspection_report
from congtam.reports.inspection.sources import SOURCES_TITLE, append_sources_annex
from congtam.reports.samples.pack import sample_on_time_line, sample_pack_content
from congtam.typesetting.public import OfficialDocument, Table, Text, figures


def _report() -> OfficialDocument:
    return inspection_report(sample_pack_content(), key="KT-024-2025-Q3-abc", prepared_on=date(2025, 10, 5))


def _table(document: OfficialDocument) -> Table:
    annex = document.annexes[-1]
    table = annex.blocks[-1]
    assert annex.title == SOURCES_TITLE
    assert isinstance(table, Table)
    return table


def test_each_number_has_one_row_however_often_it_is_printed() -> None:
    report = _report()
    numbers = [one.n for one in figures(report)]
    assert len(numbers) > len(set(numbers))
    assert [row[0] for row in _table(report).rows] == [(Text(str(n)),) for n in sorted(set(numbers))]


def test_the_digest_can_be_read_back_from_the_annex() -> None:
    digests = {row[-1][0].text.replace(" ", "") for row in _table(_report()).rows}
    assert sample_on_time_line().now.digest in digests


def test_a_row_reads_as_a_person_needs_it() -> None:
    row = next(row for row in _table(_report()).rows if "on_time_rate" in row[1][0].text)
    cells = [cell[0].text.replace("\u00a0", " ") for cell in row[1:9]]
    assert cells == [
        "Tỷ lệ hồ sơ giải quyết đúng hạn, trước hạn (dossiers.on_time_rate)",
        "Thành phố Hà Giang (024)",
        "Quý III/2025",
        "1.911",
        "1.998",
        "95,65 %",
        "1 / 7",
        "tại thời điểm phát sinh hồ sơ",
    ]


def test_a_document_without_figures_gets_no_annex_of_sources() -> None:
    bare = OfficialDocument(
        issuer=_report().issuer,
        symbol="",
        place="",
        date=date(2025, 10, 5),
        type_name="",
        abstract="",
        signer=_report().signer,
    )
    assert append_sources_annex(bare) == bare

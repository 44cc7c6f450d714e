"""The report of a pack: its wording, its numbers, its annexes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from congtam.inspections.public import PackContent
from congtam.reports.inspection import inspection_report
from congtam.reports.inspection.letterhead import grounds_for
from congtam.reports.samples.pack import on_time, pack
from congtam.typesetting.public import BoundFigure, OfficialDocument, Table, bind, render


def _report(content: PackContent) -> OfficialDocument:
    return inspection_report(content, key="KT-024-2025-Q3-abc", prepared_on=date(2025, 10, 5))


def _words(content: PackContent) -> str:
    pdf = PdfReader(BytesIO(render(_report(content), "pdf")))
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def test_the_report_reads_as_an_official_document() -> None:
    words = _words(pack())
    for expected in (
        "UBND TỈNH HÀ GIANG",
        "ĐOÀN KIỂM TRA",
        "tại thành phố Hà Giang, quý III/2025",
        "I. KHÁI QUÁT",
        "II. KẾT QUẢ THEO SỐ LIỆU",
        "III. DẤU HIỆU CẦN KIỂM TRA",
        "IV. MẪU HỒ SƠ KIỂM TRA",
        "V. ĐỀ NGHỊ",
        "TRƯỞNG ĐOÀN",
        "Nơi nhận:",
        "NGUỒN SỐ LIỆU",
    ):
        assert expected in words


def test_a_missed_target_is_told_with_its_counts_and_its_distance() -> None:
    words = _words(pack())
    assert "(1.911/1.998 hồ sơ), thấp hơn mục tiêu 98 % là 2,35 điểm phần trăm" in words.replace(
        "\u00a0", " "
    )
    assert "xếp thứ 2 trong 3 đơn vị" in words
    assert "từ 2 đến 3 (độ tin cậy 90 %)" in words.replace("\u00a0", " ")


def test_every_printed_figure_is_bound_to_a_receipt() -> None:
    document = bind(_report(pack()))
    table = document.annexes[-1].blocks[-1]
    assert isinstance(table, Table)
    bound = [
        run
        for block in document.blocks
        if isinstance(block, Table)
        for row in block.rows
        for cell in row
        for run in cell
        if isinstance(run, BoundFigure)
    ]
    digests = {cell[-1][0].text.replace(" ", "") for cell in table.rows}
    assert {run.receipt["digest"] for run in bound} <= digests
    assert all(run.n > 0 for run in bound)
    # Five figures have a value: four of this quarter, one of the quarter before.
    assert len(table.rows) == 5


def test_what_was_not_measured_is_a_dash_not_a_zero() -> None:
    table = next(block for block in _report(pack()).blocks if isinstance(block, Table))
    row = table.rows[2]
    assert [run.text for run in row[5]] == ["—"]


def test_without_peers_there_is_no_rank_and_a_reason() -> None:
    content = replace(pack(), peers_hidden=True, indicators=(replace(on_time(), rank=None, peers=()),))
    assert "không có quyền xem số liệu của đơn vị cùng cấp" in _words(content)


def test_an_empty_pack_still_makes_a_report() -> None:
    bare = replace(
        pack(),
        indicators=(),
        trends=(),
        flags=(),
        sample=replace(pack().sample, rows=(), strata=(), population=0),
    )
    words = _words(bare)
    assert "Không phát hiện hồ sơ nào" in words
    assert "NGUỒN SỐ LIỆU" not in words
    assert "không có hồ sơ nào được tiếp nhận" in words
    assert "Xác nhận bằng văn bản việc không phát sinh hồ sơ" in words
    assert "Danh sách hồ sơ mẫu" not in words


@pytest.mark.parametrize(
    ("last_day", "decree", "absent"),
    [
        pytest.param(
            date(2025, 6, 30), "61/2018/NĐ-CP", "118/2025/NĐ-CP", id="the old decree until 30 June 2025"
        ),
        pytest.param(date(2025, 7, 1), "118/2025/NĐ-CP", "61/2018/NĐ-CP", id="the new one from 1 July 2025"),
        pytest.param(date(2012, 1, 31), "63/2010/NĐ-CP", "766/QĐ-TTg", id="only what was in force"),
    ],
)
def test_the_grounds_are_the_law_in_force(last_day: date, decree: str, absent: str) -> None:
    grounds = " ".join(grounds_for(last_day))
    assert decree in grounds
    assert absent not in grounds


def test_the_pack_of_the_report_can_be_read_from_the_pdf() -> None:
    pdf = PdfReader(BytesIO(render(_report(pack()), "pdf")))
    assert b'"KT' not in pdf.attachments["pack.json"][0]  # the content knows nothing of its key
    assert pack().indicators[2].now.digest.encode() in pdf.attachments["pack.json"][0]

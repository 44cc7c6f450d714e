"""The report of a pack: its wording, its numbers, its annexes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from congtam.inspections.pack_content import Breakdown, BreakdownRow
from congtam.inspections.public import PackContent
from congtam.kernel.periods import Period
from congtam.reports.inspection import inspection_report
from congtam.reports.inspection.letterhead import Offices, grounds_for
from congtam.reports.samples.pack import sample_on_time_line, sample_pack_content
from congtam.typesetting.public import BoundFigure, OfficialDocument, Table, number_figures, render


def _report(content: PackContent) -> OfficialDocument:
    return inspection_report(content, key="KT-024-2025-Q3-abc", prepared_on=date(2025, 10, 5))


def _words(content: PackContent) -> str:
    pdf = PdfReader(BytesIO(render(_report(content), "pdf")))
    return " ".join(" ".join(page.extract_text().split()) for page in pdf.pages)


def test_the_report_reads_as_an_official_document() -> None:
    words = _words(sample_pack_content())
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
    words = _words(sample_pack_content())
    assert "(1.911/1.998 hồ sơ), thấp hơn mục tiêu 98 % là 2,35 điểm phần trăm" in words.replace(
        "\u00a0", " "
    )
    assert "xếp thứ 2 trong 3 đơn vị" in words
    assert "từ 2 đến 3 (độ tin cậy 90 %)" in words.replace("\u00a0", " ")


def test_every_printed_figure_is_bound_to_a_receipt() -> None:
    document = number_figures(_report(sample_pack_content()))
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
    table = next(block for block in _report(sample_pack_content()).blocks if isinstance(block, Table))
    row = table.rows[2]
    assert [run.text for run in row[5]] == ["—"]


def test_without_peers_there_is_no_rank_and_a_reason() -> None:
    content = replace(
        sample_pack_content(),
        peers_hidden=True,
        indicators=(replace(sample_on_time_line(), rank=None, peers=()),),
    )
    assert "không có quyền xem số liệu của đơn vị cùng cấp" in _words(content)


def test_an_empty_pack_still_makes_a_report() -> None:
    bare = replace(
        sample_pack_content(),
        indicators=(),
        trends=(),
        flags=(),
        sample=replace(sample_pack_content().sample, rows=(), strata=(), population=0),
    )
    words = _words(bare)
    assert "Không phát hiện hồ sơ nào" in words
    assert "NGUỒN SỐ LIỆU" not in words
    assert "không có hồ sơ nào được tiếp nhận" in words
    assert "Xác nhận bằng văn bản việc không phát sinh hồ sơ" in words
    assert "Danh sách hồ sơ mẫu" not in words


@pytest.mark.parametrize(
    ("period", "on", "present", "absent"),
    [
        pytest.param(
            "2024-9M", date(2024, 10, 5), ["61/2018"], ["118/2025"], id="the old decree before July 2025"
        ),
        pytest.param("2025-Q3", date(2025, 10, 5), ["118/2025"], ["61/2018"], id="the new one since"),
        pytest.param(
            "2023-9M", date(2026, 3, 1), ["118/2025", "61/2018"], [], id="both: of the day and of the period"
        ),
        pytest.param("2011", date(2012, 1, 31), ["63/2010"], ["766/QĐ-TTg"], id="only what was in force"),
    ],
)
def test_the_grounds_are_the_law_of_the_day_and_of_the_period(
    *, period: str, on: date, present: list[str], absent: list[str]
) -> None:
    grounds = grounds_for(Period.parse(period), on)
    for decree in present:
        assert any(decree in ground for ground in grounds)
    assert not any(decree in ground for ground in grounds for decree in absent)
    former = [ground for ground in grounds if "61/2018" in ground]
    assert all(("áp dụng trong thời kỳ" in ground) == (on >= date(2025, 7, 1)) for ground in former)


def test_sender_and_recipients_are_those_of_the_day_of_the_report() -> None:
    offices = Offices(above="Tỉnh Tuyên Quang", inspected=("Phường Hà Giang 1", "Phường Hà Giang 2"))
    document = inspection_report(
        sample_pack_content(), key="KT", prepared_on=date(2026, 3, 1), offices=offices
    )
    assert document.issuer.parent == ("UBND tỉnh Tuyên Quang",)
    assert document.place == "Tuyên Quang"
    assert document.recipients[:3] == (
        "UBND tỉnh Tuyên Quang (để báo cáo)",
        "UBND phường Hà Giang 1",
        "UBND phường Hà Giang 2",
    )


def test_the_report_counts_by_unit_field_and_officer() -> None:
    rows = (
        BreakdownRow(code="00688", name="Phường Quang Trung", received=120, finished=100, late=7),
        BreakdownRow(code="", name="", received=5, finished=5, late=0),
        BreakdownRow(code="", name="", others=3, received=9, finished=0, late=0),
    )
    content = replace(
        sample_pack_content(),
        breakdowns=tuple(Breakdown(by=by, rows=rows) for by in ("unit", "field", "officer")),
    )
    words = _words(content).replace("\u00a0", " ")
    for expected in (
        "Bảng 2. Kết quả theo đơn vị giải quyết",
        "Bảng 4. Kết quả theo cán bộ, công chức xử lý",
        "Phường Quang Trung 120 100 7 93,00 %",
        "(nguồn không ghi)",
        "3 dòng khác 9 0 0 —",
        "Bảng 5. Dấu hiệu cần kiểm tra",
        "Bảng 6. Phân bổ mẫu theo tầng",
    ):
        assert expected in words


def test_what_was_finished_after_the_period_was_not_finished_at_its_end() -> None:
    line = sample_pack_content().sample.rows[0]
    late = replace(line, dossier=replace(line.dossier, finished_on="2025-10-02"))
    sample = replace(sample_pack_content().sample, rows=(late,))
    assert "đến 30/09/2025 chưa xong; xong 02/10/2025" in _words(
        replace(sample_pack_content(), sample=sample)
    )


def test_how_to_draw_again_names_the_period_as_people_write_it() -> None:
    content = replace(sample_pack_content(), period="2025-07-05..2025-09-20")
    words = _words(content)
    assert '--period "từ 05/07/2025 đến 19/09/2025"' in words
    assert "2025-07-05.." not in words


def test_of_nine_months_the_table_compares_once() -> None:
    once = _words(replace(sample_pack_content(), period="2025-9M"))
    assert "Kỳ trước" not in once
    assert "Cùng kỳ năm trước" in once
    assert "Kỳ trước" in _words(sample_pack_content())


def test_the_pack_of_the_report_can_be_read_from_the_pdf() -> None:
    pdf = PdfReader(BytesIO(render(_report(sample_pack_content()), "pdf")))
    assert b'"KT' not in pdf.attachments["pack.json"][0]  # the content knows nothing of its key
    assert sample_pack_content().indicators[2].now.digest.encode() in pdf.attachments["pack.json"][0]

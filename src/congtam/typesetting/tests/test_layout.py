from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congtam.typesetting.domain.document import OfficialDocument
from congtam.typesetting.domain.slots import punctuated_lines
from congtam.typesetting.layout import annex_label, attached_line, lay_out


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2025, 2, 5), "Hà Giang, ngày 05 tháng 02 năm 2025", id="day and month padded"),
        pytest.param(
            date(2025, 3, 5), "Hà Giang, ngày 05 tháng 3 năm 2025", id="only months 1 and 2 are padded"
        ),
        pytest.param(date(2025, 12, 25), "Hà Giang, ngày 25 tháng 12 năm 2025", id="nothing to pad"),
    ],
)
def test_place_and_date_as_the_decree_writes_them(
    document: OfficialDocument, day: date, expected: str
) -> None:
    assert replace(document, date=day, draft=False).date_line == expected


def test_a_draft_leaves_number_and_day_to_the_clerk(document: OfficialDocument) -> None:
    assert document.number_line.replace("\u00a0", "_") == "Số: ________/BC-SNV"
    assert "ngày \u00a0" in document.date_line


def test_a_number_below_ten_is_padded(document: OfficialDocument) -> None:
    assert replace(document, number="5").number_line == "Số: 05/BC-SNV"


def test_grounds_end_with_semicolons_and_a_full_stop() -> None:
    assert punctuated_lines(("Căn cứ A.", "Căn cứ B;", "Xét đề nghị C")) == [
        "Căn cứ A;",
        "Căn cứ B;",
        "Xét đề nghị C.",
    ]


def test_one_annex_has_no_number_several_have_roman_ones() -> None:
    assert annex_label(0, 1) == "Phụ lục"
    assert [annex_label(index, 4) for index in range(4)][-1] == "Phụ lục IV"


def test_an_annex_names_the_document_it_belongs_to(document: OfficialDocument) -> None:
    final = replace(document, number="7", draft=False)
    assert attached_line(final) == "(Kèm theo Báo cáo số 07/BC-SNV ngày 05 tháng 10 năm 2025 của Sở Nội vụ)"


def test_the_head_is_set_in_capitals(document: OfficialDocument) -> None:
    head = lay_out(document, draw=str)["head"]
    assert head["parent"] == ["UBND TỈNH HÀ GIANG"]
    assert head["body"] == ["SỞ NỘI VỤ"]


def test_an_official_letter_says_below_its_number_what_it_is_about(document: OfficialDocument) -> None:
    letter = replace(document, type_name="", abstract="đôn đốc giải quyết hồ sơ")
    laid_out = lay_out(letter, draw=lambda _spec: "")

    assert laid_out["head"]["subject"] == letter.title == "V/v đôn đốc giải quyết hồ sơ"
    assert (laid_out["type_name"], laid_out["abstract"]) == ("", "")
    assert attached_line(letter).startswith("(Kèm theo Công văn số")
    assert lay_out(document, draw=lambda _spec: "")["head"]["subject"] == ""

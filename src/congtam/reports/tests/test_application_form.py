"""The form an applicant filled in, on paper: everything that was said, by whom, when, and nothing of the office."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import pytest

from congtam.dossiers.printing.public import PrintedApplication, PrintedPerson
from congtam.forms.public import FormLine, FormPart
from congtam.reports.dossier_forms.application import application_document
from congtam.reports.samples.dossier import AUGUST, WARD
from congtam.typesetting.public import Heading, Paragraph, Table, render

LONG = "Đề nghị giải quyết sớm vì cháu phải nhập viện điều trị. " * 4
FORM = PrintedApplication(
    code="H22.24.08-250804-0007",
    filing_code="TT-250801-ABCDEF",
    unit=WARD,
    procedure_code="1.001193",
    procedure_name="Đăng ký khai sinh",
    person=PrintedPerson(name="Giàng Thị Say", kind="citizen"),
    filled_at=AUGUST,
    parts=(
        FormPart(
            title="Người được khai sinh",
            lines=(FormLine(label="Họ và tên", text="Vừ Mí Dế"), FormLine(label="Lý do", text=LONG.strip())),
        ),
        FormPart(
            title="",
            lines=(
                FormLine(
                    label="Anh, chị, em", head=("Họ và tên", "Nơi ở"), rows=(("Vừ Mí Sính", "Mèo Vạc"),)
                ),
            ),
        ),
    ),
    lookup_secret="ABCD2345",
)


def test_answers_stand_in_rows_long_ones_in_paragraphs_tables_as_tables() -> None:
    blocks = application_document(FORM).blocks
    kinds = [type(block) for block in blocks]
    start = kinds.index(Heading)
    assert kinds[start : start + 4] == [Heading, Table, Paragraph, Table]
    table = blocks[start + 3]
    assert isinstance(table, Table)
    assert [column.title for column in table.columns] == ["TT", "Họ và tên", "Nơi ở"]
    assert table.caption == "Anh, chị, em"


def test_it_says_when_it_was_filled_in_and_where() -> None:
    online, at_desk = application_document(FORM), application_document(replace(FORM, filing_code=""))
    assert "trực tuyến trên cổng thông tin lúc 09 giờ 15 phút, ngày 04 tháng 8 năm 2025" in told(
        online.blocks[-1]
    )
    assert "tại Bộ phận Một cửa khi tiếp nhận hồ sơ" in told(at_desk.blocks[-1])
    assert "k=ABCD2345" in online.qr
    assert application_document(replace(FORM, lookup_secret="")).qr == ""


def told(block: object) -> str:
    assert isinstance(block, Paragraph)
    return "".join(run.text for run in block.runs)


@pytest.mark.parametrize("secret", ["ABCD2345", ""])
def test_it_is_a_paper_of_the_applicant_not_of_an_office(secret: str) -> None:
    document = application_document(replace(FORM, lookup_secret=secret))
    assert document.addressees == ("UBND phường Quang Trung",)
    assert render(document, "pdf").startswith(b"%PDF")
    word = docx.Document(BytesIO(render(document, "docx")))
    head = [paragraph.text for cell in word.tables[0].rows[0].cells for paragraph in cell.paragraphs]
    assert head[0] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert not any("UBND" in line for line in head)
    signed = [paragraph.text for paragraph in word.tables[-1].rows[0].cells[-1].paragraphs]
    assert signed[0] == "NGƯỜI KHAI"
    assert signed[-1] == "Giàng Thị Say"

"""The printed forms: which one by date, what stands in them, one page where the paper form has one page."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pypdf
import pytest

from congtam.foundation.public import set_installation_notes
from congtam.reports.actions.rendering import render_form, render_with_demo_mark
from congtam.reports.dossier_forms.documents import FormUnavailable, document_for
from congtam.reports.dossier_forms.handover import handover_slip, results_slip
from congtam.reports.form_catalogue import form_in_force, form_keys
from congtam.reports.samples.dossier import AUGUST, OCTOBER, PAPERS, sample_dossier
from congtam.typesetting.public import render

OF_ONE = ("receipt", "supplement", "refusal", "apology", "stop", "withdrawal", "mistake", "control")


def text_of(content: bytes) -> str:
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(content)).pages)
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("form", "august", "october"),
    [
        ("receipt", "Mẫu số 01 (TT 01/2018/TT-VPCP)", "Mẫu số 01 (TT 03/2025/TT-VPCP)"),
        ("supplement", "Mẫu số 02 (TT 01/2018/TT-VPCP)", "Mẫu số 02 (TT 03/2025/TT-VPCP)"),
        ("refusal", "Mẫu số 03 (TT 01/2018/TT-VPCP)", "Mẫu số 03 (TT 03/2025/TT-VPCP)"),
        ("apology", "Mẫu số 04 (TT 01/2018/TT-VPCP)", "Mẫu số 04 (TT 03/2025/TT-VPCP)"),
        pytest.param("stop", "", "Mẫu số 05 (TT 03/2025/TT-VPCP)", id="new in 2025"),
        pytest.param(
            "control",
            "Mẫu số 05 (TT 01/2018/TT-VPCP)",
            "Mẫu số 06 (TT 03/2025/TT-VPCP)",
            id="moved up by one",
        ),
        ("book", "Mẫu số 06 (TT 01/2018/TT-VPCP)", "Mẫu số 07 (TT 03/2025/TT-VPCP)"),
        ("handover", "", ""),
    ],
)
def test_a_paper_carries_the_number_of_its_day(form: str, august: str, october: str) -> None:
    assert (form_in_force(form, AUGUST.date()).mark, form_in_force(form, OCTOBER.date()).mark) == (
        august,
        october,
    )


def test_the_change_comes_with_the_day_of_the_circular() -> None:
    assert form_in_force("apology", date(2025, 9, 14)).title == "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"
    assert form_in_force("apology", date(2025, 9, 15)).title.startswith("VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN")
    assert {form_in_force(key, date(1999, 1, 1)).key for key in form_keys()} == set(form_keys())


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ("receipt", ["H22.24.08-250804-0007", "Vừ Thị Mỷ", "03 ngày làm việc", "17 giờ 15 phút", "K7M2QXWA"]),
        (
            "supplement",
            ["01/HDHS", "1. Giấy xác nhận tình trạng hôn nhân của bên nữ;", "2. Bản sao hộ chiếu."],
        ),
        ("refusal", ["Không thuộc thẩm quyền.", "NGƯỜI NỘP HỒ SƠ"]),
        ("apology", ["sẽ trả kết quả vào ngày 14 tháng 8 năm 2025", "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ"]),
        ("stop", ["dừng giải quyết hồ sơ nêu trên kể từ ngày 05 tháng 8 năm 2025", "Nơi nhận"]),
        ("withdrawal", ["tự nguyện rút hồ sơ"]),
        ("mistake", ["chọn nhầm thủ tục", "H22.24.08-250804-0011", "xin lỗi"]),
        ("control", ["Công chức Tư pháp - Hộ tịch", "Quá hạn", "Vàng Mí Sính"]),
    ],
)
def test_what_the_form_says_is_in_both_files(form: str, words: list[str]) -> None:
    document = document_for(sample_dossier(), form)
    pdf = text_of(render(document, "pdf"))
    word = docx.Document(BytesIO(render(document, "docx")))
    written = "\n".join(node.text or "" for node in word.element.iter() if node.tag.endswith("}t"))
    joined = written.replace("\n", "")
    for text in words:
        assert text in pdf
        assert text.replace("\n", "") in joined or text in written


@pytest.mark.parametrize("form", OF_ONE)
@pytest.mark.parametrize("at", [AUGUST, OCTOBER], ids=["old", "new"])
def test_a_form_is_one_page_in_the_font_of_the_decree(form: str, at: object) -> None:
    content = render(document_for(sample_dossier(at), form), "pdf")  # type: ignore[arg-type]
    pages = pypdf.PdfReader(BytesIO(content)).pages
    assert len(pages) == 1
    found = pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    assert {str(font.get_object()["/BaseFont"]).split("+")[-1].split("-")[0] for font in found.values()} == {
        "Tinos"
    }


def test_both_copies_of_the_receipt_share_a_sheet_until_the_checklist_is_long() -> None:
    short = render(document_for(sample_dossier(), "receipt"), "pdf")
    long = render(document_for(sample_dossier(papers=PAPERS * 5), "receipt"), "pdf")
    assert text_of(short).count("GIẤY TIẾP NHẬN") == text_of(long).count("GIẤY TIẾP NHẬN") == 2
    assert len(pypdf.PdfReader(BytesIO(long)).pages) == 2


def test_a_paper_that_was_not_handed_in_is_not_on_the_receipt() -> None:
    text = text_of(render(document_for(sample_dossier(), "receipt"), "pdf"))
    assert "Giấy tờ không nộp" not in text
    assert "02 bản sao chứng thực, 01 bản sao" in text


def test_an_apology_of_october_asks_for_the_extension() -> None:
    old, new = (
        text_of(render(document_for(sample_dossier(at), "apology"), "pdf")) for at in (AUGUST, OCTOBER)
    )
    assert "đề nghị gia hạn" not in old
    assert "đề nghị gia hạn thời gian giải quyết hồ sơ đến ngày 14 tháng 8 năm 2025" in new


def test_a_letter_that_was_never_written_cannot_be_printed() -> None:
    with pytest.raises(FormUnavailable):
        document_for(sample_dossier(letters=()), "refusal")
    with pytest.raises(FormUnavailable):
        document_for(sample_dossier(is_of_desk=False), "receipt")


def test_slips_list_every_dossier() -> None:
    dossiers = [sample_dossier(code=f"H22-{number:04}") for number in range(30)]
    for make, word in ((handover_slip, "BÀN GIAO HỒ SƠ"), (results_slip, "BÀN GIAO KẾT QUẢ")):
        text = text_of(render(make(dossiers, on=AUGUST.date()), "pdf"))
        assert word in text
        assert all(one.code in text for one in dossiers)


def test_names_are_text_never_markup() -> None:
    person = sample_dossier().person.__class__(name="#pagebreak() <b>A</b> $x$", address="[link](http://x)")
    text = text_of(render(document_for(sample_dossier(person=person), "receipt"), "pdf"))
    assert "#pagebreak() <b>A</b> $x$" in text


@pytest.mark.django_db
@pytest.mark.parametrize("form", OF_ONE)
def test_every_form_of_a_demonstration_says_that_its_data_are_made_up(form: str) -> None:
    document = document_for(sample_dossier(OCTOBER), form)
    assert "DỮ LIỆU MÔ PHỎNG" not in text_of(render_form(document, form, "pdf"))
    set_installation_notes(synthetic=True)
    assert "DỮ LIỆU MÔ PHỎNG" in text_of(render_form(document, form, "pdf"))
    assert "DỮ LIỆU MÔ PHỎNG" in text_of(
        render_with_demo_mark(handover_slip([sample_dossier(OCTOBER)], on=OCTOBER.date()), "pdf")
    )

"""A province's own .docx: slots are filled wherever Word put them, and the content stands where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from congtam.typesetting.domain.document import Signer
from congtam.typesetting.extraction import extract_figures
from congtam.typesetting.public import (
    OfficialDocument,
    Paragraph,
    Sheet,
    Template,
    Text,
    check_template,
    figures,
    number_figures,
    render,
    required_slots,
    starter_template,
    unused_slots,
)
from congtam.typesetting.tests.conftest import VIETNAMESE, figure


def made(*lines: str, change: Callable[[Document], object] | None = None) -> bytes:
    """A .docx with these paragraphs."""
    word = docx.Document()
    for line in lines:
        word.add_paragraph(line)
    if change is not None:
        change(word)
    target = BytesIO()
    word.save(target)
    return target.getvalue()


def template(*lines: str, change: Callable[[Document], object] | None = None) -> Template:
    return check_template(made(*lines, change=change))


def filled(used: Template, document: OfficialDocument) -> Document:
    return docx.Document(BytesIO(render(document, "docx", template=used)))


def text_of(part: Any) -> str:
    """Everything a part reads, controls too."""
    return "\n".join("".join(node.text or "" for node in one.iter(qn("w:t"))) for one in part.iter(qn("w:p")))


def test_text_slots_are_filled_in_the_words_around_them(document: OfficialDocument) -> None:
    own = template("Kính trình: {{ABSTRACT}} (đợt 1)", "{{ type_name }} - {{date_line}}", "{{ content }}")
    text = text_of(filled(own, document).element.body)
    assert "Kính trình: Kết quả phân tích số liệu (đợt 1)" in text
    assert "BÁO CÁO - Hà Giang, ngày" in text
    assert "{{" not in text


def test_a_slot_that_word_cut_into_runs_is_filled_in_the_style_of_its_beginning(
    document: OfficialDocument,
) -> None:
    def cut(word: Document) -> None:
        paragraph = word.add_paragraph("Về: ")
        for text, bold in (("{{ ab", True), ("str", False), ("act }}", False), (" (hết)", False)):
            paragraph.add_run(text).bold = bold

    word = filled(template("{{ content }}", change=cut), document)
    paragraph = next(one for one in word.paragraphs if one.text.startswith("Về: "))
    assert paragraph.text == "Về: Kết quả phân tích số liệu (hết)"
    assert [run.text for run in paragraph.runs if run.bold] == ["Kết quả phân tích số liệu"]


def test_slots_are_filled_in_tables_headers_footers_and_text_boxes(document: OfficialDocument) -> None:
    box = (
        "<w:r xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:pict><w:txbxContent>"
        "<w:p><w:r><w:t>Hộp {{ symbol }}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>"
    )

    def spread(word: Document) -> None:
        word.add_table(1, 1).cell(0, 0).text = "Ô {{ place }}"
        word.sections[0].header.paragraphs[0].text = "Đầu {{ form_mark }}"
        word.sections[0].footer.paragraphs[0].text = "Chân {{ trace }}"
        word.add_paragraph()._p.append(docx.oxml.parse_xml(box))

    word = filled(template("{{ content }}", change=spread), replace(document, form_mark="Mẫu 1"))
    body = text_of(word.element.body)
    assert "Ô Hà Giang" in body
    assert "Hộp BC-SNV" in body
    assert word.sections[0].header.paragraphs[0].text == "Đầu Mẫu 1"
    assert word.sections[0].footer.paragraphs[0].text == "Chân Gói kiểm tra KT-1"


def test_lines_stay_lines(document: OfficialDocument) -> None:
    word = filled(template("Nơi nhận:", "{{ recipients }}", "{{ content }}"), document)
    assert word.paragraphs[1].text == "- Như trên;\n- Lưu: VT."


def test_the_content_stands_in_its_slot_between_the_words_of_the_template(document: OfficialDocument) -> None:
    text = text_of(filled(template("Trước", "{{ content }}", "Sau"), document).element.body)
    assert text.index("Trước") < text.index("I. KHÁI QUÁT") < text.index(VIETNAMESE) < text.index("Sau")
    assert text.index("Sau") < text.index("DANH SÁCH")


def test_content_may_stand_in_a_table_cell(document: OfficialDocument) -> None:
    def celled(word: Document) -> None:
        word.add_table(1, 2).cell(0, 1).text = "{{ content }}"

    word = filled(template("Đầu", change=celled), document)
    cell = word.tables[0].cell(0, 1)
    assert "I. KHÁI QUÁT" in text_of(cell._tc)
    assert cell._tc[-1].tag == qn("w:p")


def test_the_styles_of_the_template_win_and_missing_ones_are_added(document: OfficialDocument) -> None:
    def styled(word: Document) -> None:
        word.styles["Body Text"].font.size = Pt(30)
        word.styles["Table Grid"].element.getparent().remove(word.styles["Table Grid"].element)

    word = filled(template("{{ content }}", change=styled), document)
    assert word.styles["Body Text"].font.size == Pt(30)
    assert word.styles["Note"].font.name == "Times New Roman"
    assert word.tables[0].style is not None
    assert word.tables[0].style.name == "Table Grid"


def test_what_people_wrote_is_never_a_slot(document: OfficialDocument) -> None:
    sly = replace(
        document,
        abstract="{{ signer_name }} {{ content }} {% x %}",
        blocks=(Paragraph((Text("{{ abstract }}"),)),),
        annexes=(),
    )
    text = text_of(filled(template("{{ abstract }}", "{{ content }}", "{{ signer_name }}"), sly).element.body)
    assert text.splitlines()[:3] == [
        "{{ signer_name }} {{ content }} {% x %}",
        "{{ abstract }}",
        "Nguyễn Văn Ổn",
    ]


def test_figures_are_bound_in_a_template_too(document: OfficialDocument) -> None:
    used = template("{{ content }}")
    assert extract_figures(render(document, "docx", template=used)) == list(figures(number_figures(document)))


def test_made_up_data_are_marked_whatever_the_template_holds(document: OfficialDocument) -> None:
    def with_first_page(word: Document) -> None:
        word.sections[0].different_first_page_header_footer = True
        word.sections[0].footer.paragraphs[0].text = "Trang"

    section = filled(template("{{ content }}", change=with_first_page), document).sections[0]
    assert section.footer.paragraphs[0].text == "Trang"
    for footer in (section.footer, section.first_page_footer):
        assert "DỮ LIỆU MÔ PHỎNG" in text_of(footer._element)


def test_the_page_is_repeated_for_each_copy(document: OfficialDocument) -> None:
    copied = replace(document, sheet=Sheet(copies=("Liên 1", "Liên 2")), annexes=())
    text = text_of(
        filled(template("{{ abstract }}", "{{ content }}", "{{ copy_note }}"), copied).element.body
    )
    assert text.count("Kết quả phân tích số liệu") == text.count("I. KHÁI QUÁT") == 2
    assert text.index("Liên 1") < text.rindex("I. KHÁI QUÁT") < text.index("Liên 2")
    once = text_of(filled(template("{{ abstract }}", "{{ content }}"), copied).element.body)
    assert once.count("I. KHÁI QUÁT") == 1


def test_the_same_document_and_template_give_the_same_bytes(document: OfficialDocument) -> None:
    used = template("{{ abstract }}", "{{ content }}")
    assert render(document, "docx", template=used) == render(document, "docx", template=used)


def test_the_pdf_keeps_the_layout_of_the_decree(document: OfficialDocument) -> None:
    used = template("Khác hẳn", "{{ content }}")
    assert render(document, "pdf", template=used) == render(document, "pdf")


def _with_everything(document: OfficialDocument) -> OfficialDocument:
    return replace(
        document,
        addressees=("Bà A",),
        form_mark="Mẫu số 01",
        qr="https://example.vn/x",
        cosigners=(Signer(capacity=("NGƯỜI NỘP",), name="Bà A"),),
        sheet=Sheet(copies=("Liên 1", "Liên 2")),
    )


@pytest.mark.parametrize(
    "change", [lambda one: one, _with_everything, lambda one: replace(one, symbol="", grounds=())]
)
def test_the_starter_is_a_template_that_loses_nothing(
    document: OfficialDocument, change: Callable[[OfficialDocument], OfficialDocument]
) -> None:
    form = change(document)
    used = check_template(starter_template(form), required=required_slots(form))
    shown = {slot.name for slot in unused_slots(form, used.slots)}
    assert shown <= {"draft_mark", "synthetic_mark", "trace"}
    text = text_of(filled(used, form).element.body)
    for expected in (
        "UBND TỈNH HÀ GIANG",
        "SỞ NỘI VỤ",
        "BÁO CÁO",
        "Nguyễn Văn Ổn",
        "TRƯỞNG ĐOÀN",
        *form.addressees,
    ):
        assert expected in text
    assert "{{" not in text


def test_what_a_document_would_lose_is_named(document: OfficialDocument) -> None:
    used = template("{{ content }}", "{{ number_line }}", "{{ signer_name }}")
    lost = {slot.name for slot in unused_slots(document, used.slots)}
    assert {"abstract", "issuer", "grounds", "recipients", "date_line"} <= lost
    assert not {"content", "number", "symbol", "signer_name", "signatures", "qr", "addressees"} & lost


def test_an_earlier_list_of_figures_is_not_carried_on(document: OfficialDocument) -> None:
    """A province edits one of our documents into its template, as people do."""
    old = docx.Document(BytesIO(render(document, "docx")))
    for run in [
        run for paragraph in old.paragraphs for run in paragraph.runs if run.text in {"97,71 %", "46"}
    ]:
        run.text = ""
    old.add_paragraph("{{ content }}")
    target = BytesIO()
    old.save(target)
    other = replace(document, blocks=(Paragraph((figure("other", "5"),)),), annexes=())
    assert [
        one.printed
        for one in extract_figures(render(other, "docx", template=check_template(target.getvalue())))
    ] == ["5"]

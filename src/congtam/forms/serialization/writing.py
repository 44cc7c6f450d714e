"""Writing an electronic form to a file (xuất tờ khai điện tử): .xlsx with one field a row, or .yaml."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any, Final

import xlsxwriter
import yaml
from django.utils import translation

from congtam.forms.domain.fields import FieldKind, FormField, fields_to_json
from congtam.forms.domain.flattening import MOST_ROWS, to_flat
from congtam.forms.serialization.reading import TITLES
from congtam.forms.wording import KINDS, SOURCES
from congtam.kernel.spreadsheets import INERT_OPTIONS, XLSX_TYPE

MEDIA_TYPES: Final = {
    "xlsx": XLSX_TYPE,
    "yaml": "application/yaml; charset=utf-8",
}
_WIDTHS: Final = {"label": 40, "options": 34, "help": 40, "section": 26, "name": 22, "shown_when": 26}
_NOTES: Final = (
    "Mỗi dòng là một trường của tờ khai, theo đúng thứ tự công dân nhìn thấy.",
    "Tên trường: chữ a–z, chữ số và dấu _; để trống thì lấy theo nhãn.",
    "Cột của bảng nhiều dòng đặt ngay dưới bảng, tên viết “bảng.cột”, ví dụ thanh_vien.ho_ten.",
    "Kiểu: một trong các kiểu liệt kê ở cuối trang này.",
    "Bắt buộc: ghi “có” hoặc để trống.",
    "Phương án (chọn một, chọn nhiều): mỗi phương án một dòng trong ô, viết “giá trị | nhãn”, hoặc chỉ nhãn.",
    "Hỏi khi: viết “tên_trường = giá trị | giá trị”; nêu trường chọn hoặc ô đánh dấu (yes, no) đứng trước.",
    "Nhỏ nhất, lớn nhất: giới hạn của số, số tiền, năm, ngày (2026-03-02 hoặc today); số ký tự; số dòng của bảng.",
    "Trường hợp: mã trường hợp của thủ tục, nếu trường chỉ dành cho trường hợp đó.",
)


def to_yaml(form: Sequence[FormField], **head: str) -> bytes:
    """The form as YAML, which `read_form_file` reads again without loss; ``head`` says first whose form it is."""
    document = {**head, "fields": [_readable_row(row) for row in fields_to_json(form)]}
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=110)
    return text.encode()


def _readable_row(row: dict[str, Any]) -> dict[str, Any]:
    """Options as “value: label”, which is how people write them."""
    plain = dict(row)
    if "options" in plain:
        plain["options"] = {option["value"]: option["label"] for option in plain["options"]}
    if "columns" in plain:
        plain["columns"] = [_readable_row(column) for column in plain["columns"]]
    return plain


def to_xlsx(form: Sequence[FormField]) -> bytes:
    """The form as a workbook, in Vietnamese, with the kinds to choose from."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, **INERT_OPTIONS})
    bold = book.add_format({"bold": True, "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    with translation.override("vi"):
        sheet, notes = book.add_worksheet("Tờ khai"), book.add_worksheet("Hướng dẫn")
        for column, (key, title) in enumerate(TITLES.items()):
            sheet.write_string(0, column, title, bold)
            sheet.set_column(column, column, _WIDTHS.get(key, 14))
        for number, row in enumerate(to_flat(form), 1):
            for column, key in enumerate(TITLES):
                sheet.write_string(number, column, _cell_text(key, row[key]), wrapped)
        sheet.freeze_panes(1, 3)
        _add_kind_dropdown(sheet, notes, wrapped)
    book.close()
    return target.getvalue()


def _add_kind_dropdown(sheet: Any, notes: Any, wrapped: Any) -> None:
    """The kinds stand below the notes, for a list to choose from points there."""
    notes.set_column(0, 0, 110)
    lines = [*_NOTES, "", *(str(name) for name in KINDS.values())]
    for number, text in enumerate(lines):
        notes.write_string(number, 0, text, wrapped)
    column, first = list(TITLES).index("kind"), len(_NOTES) + 2
    source = f"='Hướng dẫn'!$A${first}:$A${len(lines)}"
    sheet.data_validation(1, column, MOST_ROWS, column, {"validate": "list", "source": source})


def _cell_text(key: str, text: str) -> str:
    if key == "kind":
        return str(KINDS[FieldKind(text)])
    if key == "fill_from" and text in SOURCES:
        return str(SOURCES[text]) if text else ""
    return ("có" if text else "") if key == "is_required" else text

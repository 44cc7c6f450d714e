"""A form for tests with one field of every kind, conditions, bounds, a table and a case, and good answers to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from congtam.forms.public import FieldKind, FormField
from congtam.testing.doors.forms import Option, ShownWhen

TODAY = date(2026, 3, 2)
WHY = FormField(
    name="why",
    label="Mục đích",
    kind=FieldKind.CHOICE,
    options=(Option(value="marry", label="Kết hôn"), Option(value="sell", label="Mua bán nhà")),
)
WHO = FormField(name="who", label="Kết hôn với", shown_when=ShownWhen(field="why", values=("marry",)))
WHERE = FormField(
    name="abroad", label="Ở nước ngoài", kind=FieldKind.YES, is_required=False, shown_when=WHO.shown_when
)
COUNTRY = FormField(name="country", label="Nước", shown_when=ShownWhen(field="abroad", values=("yes",)))
MEMBERS = FormField(
    name="members",
    label="Thành viên",
    kind=FieldKind.ROWS,
    minimum="1",
    maximum="3",
    columns=(
        FormField(name="name", label="Họ tên"),
        FormField(name="kin", label="Quan hệ", kind=FieldKind.CHOICE, options=WHY.options, is_required=False),
        FormField(name="other", label="Khác", shown_when=ShownWhen(field="kin", values=("sell",))),
    ),
)
FORM = (
    WHY,
    WHO,
    WHERE,
    COUNTRY,
    MEMBERS,
    FormField(
        name="area", label="Diện tích", kind=FieldKind.NUMBER, minimum="0", maximum="500,5", suffix="m²"
    ),
    FormField(name="capital", label="Vốn", kind=FieldKind.MONEY),
    FormField(name="born_on", label="Ngày sinh", kind=FieldKind.DATE, minimum="1900-01-01", maximum="today"),
    FormField(name="year", label="Năm", kind=FieldKind.YEAR, maximum="today"),
    FormField(name="jobs", label="Ngành nghề", kind=FieldKind.CHOICES, options=WHY.options),
    FormField(name="sure", label="Tôi cam đoan", kind=FieldKind.YES),
    FormField(name="phone", label="Điện thoại", kind=FieldKind.PHONE),
    FormField(name="email", label="Thư điện tử", kind=FieldKind.EMAIL, is_required=False),
    FormField(name="id_number", label="Số định danh", kind=FieldKind.ID_NUMBER),
    FormField(name="late_why", label="Lý do", kind=FieldKind.LONG_TEXT, maximum="20", case_kind="late"),
)
GOOD: dict[str, Any] = {
    "why": "marry",
    "who": "  Vừ  Thị Mỷ ",
    "abroad": "on",
    "country": "Lào",
    "members": [{"name": "Sùng A Páo"}, {"name": "  "}, {"name": "Vừ Mí Sử", "kin": "sell", "other": "cháu"}],
    "area": "120,50",
    "capital": "1.500.000 đồng",
    "born_on": "5/3/1990",
    "year": "2020",
    "jobs": ["sell", "marry"],
    "sure": True,
    "phone": "+84 912 345 678",
    "id_number": "002 089 001234",
}

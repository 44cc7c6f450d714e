"""A form of its own, for tests: every kind of field, conditions over pages and within rows."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from congtam.forms.public import FieldKind, FormField
from congtam.foundation.public import console_actor
from congtam.procedures.public import (
    Amount,
    CataloguePaper,
    ChannelLimit,
    Content,
    TimeLimit,
    TimeUnit,
    enter_procedure_list,
)
from congtam.testing.doors.forms import Option, ShownWhen
from congtam.testing.doors.procedures import ElectronicForm, edit_form

BIRTH: Final = "1.001193"


def options(**labels: str) -> tuple[Option, ...]:
    """What may be chosen."""
    return tuple(Option(value=value, label=label) for value, label in labels.items())


def when(field: str, *values: str) -> ShownWhen:
    """Asked only when an earlier field has one of the values."""
    return ShownWhen(field=field, values=values)


_CHILD: Final = "Thông tin người được khai sinh"
_PARENTS: Final = "Thông tin cha, mẹ"
FORM: Final = (
    FormField(
        name="child_name", label="Họ, chữ đệm, tên của trẻ", label_en="Child's full name", section=_CHILD
    ),
    FormField(
        name="sex",
        label="Giới tính",
        kind=FieldKind.CHOICE,
        options=options(nam="Nam", nu="Nữ"),
        section=_CHILD,
    ),
    FormField(name="born_on", label="Ngày sinh", kind=FieldKind.DATE, maximum="today", section=_CHILD),
    FormField(
        name="born_at",
        label="Nơi sinh",
        kind=FieldKind.CHOICE,
        options=options(co_so="Cơ sở y tế", tai_nha="Tại nhà"),
        section=_CHILD,
    ),
    FormField(
        name="hospital",
        label="Tên cơ sở y tế",
        shown_when=when("born_at", "co_so"),
        section=_CHILD,
        help="Ghi đầy đủ",
    ),
    FormField(name="witness", label="Người làm chứng", shown_when=when("born_at", "tai_nha"), section=_CHILD),
    FormField(
        name="weight", label="Cân nặng", kind=FieldKind.NUMBER, suffix="kg", is_required=False, section=_CHILD
    ),
    FormField(name="mother", label="Họ, chữ đệm, tên người mẹ", fill_from="applicant.name", section=_PARENTS),
    FormField(
        name="mother_year", label="Năm sinh người mẹ", kind=FieldKind.YEAR, maximum="today", section=_PARENTS
    ),
    FormField(
        name="mother_id",
        label="Số định danh người mẹ",
        kind=FieldKind.ID_NUMBER,
        fill_from="applicant.id_number",
        is_required=False,
        section=_PARENTS,
    ),
    FormField(
        name="has_father",
        label="Khai thông tin người cha",
        kind=FieldKind.YES,
        is_required=False,
        section=_PARENTS,
    ),
    FormField(
        name="father",
        label="Họ, chữ đệm, tên người cha",
        shown_when=when("has_father", "yes"),
        section=_PARENTS,
    ),
    FormField(
        name="siblings",
        label="Anh, chị, em ruột",
        kind=FieldKind.ROWS,
        is_required=False,
        maximum="3",
        section=_PARENTS,
        columns=(
            FormField(name="name", label="Họ và tên"),
            FormField(
                name="lives",
                label="Nơi ở",
                kind=FieldKind.CHOICE,
                options=options(day="Cùng nhà", khac="Nơi khác"),
            ),
            FormField(name="where", label="Ở đâu", shown_when=when("lives", "khac")),
        ),
    ),
    FormField(
        name="needs",
        label="Đề nghị kèm theo",
        kind=FieldKind.CHOICES,
        options=options(bhyt="Cấp thẻ bảo hiểm y tế", ban_sao="Cấp bản sao trích lục"),
        is_required=False,
        section="Đề nghị",
    ),
    FormField(
        name="words", label="Nội dung khác", kind=FieldKind.LONG_TEXT, is_required=False, section="Đề nghị"
    ),
)
PAGE_1: Final = {
    "form.child_name": "Vừ Mí Dế",
    "form.sex": "nam",
    "form.born_on": "1/3/2026",
    "form.born_at": "co_so",
    "form.hospital": "Bệnh viện đa khoa tỉnh",
    "form.weight": "3,2",
}
PAGE_2: Final = {
    "form.mother": "Giàng Thị Say",
    "form.mother_year": "1999",
    "form.mother_id": "",
    "form.siblings": "0",
    "form.siblings.0.name": "Vừ Mí Sính",
    "form.siblings.0.lives": "khac",
    "form.siblings.0.where": "Mèo Vạc",
    "form.needs": ["bhyt", "ban_sao"],
    "form.words": "",
}


def content(form: tuple[FormField, ...] = FORM) -> Content:
    """Registering a birth: the form stands for the first of its two papers."""
    limit = TimeLimit("01 ngày làm việc", Amount(Decimal(1), TimeUnit.WORKING_DAYS))
    return Content(
        name="Đăng ký khai sinh",
        field_name="Hộ tịch",
        levels=("commune",),
        limits=tuple(ChannelLimit(channel=channel, limit=limit) for channel in ("desk", "online")),
        papers=(
            CataloguePaper(name="Tờ khai đăng ký khai sinh", originals=1, filled_online=True),
            CataloguePaper(name="Giấy chứng sinh", originals=1),
        ),
        form_fields=form,
    )


def enter_birth() -> None:
    """Bring the procedure into force."""
    enter_procedure_list({BIRTH: content()}, valid_from=None, source="test", actor=console_actor())


def change_birth(form: tuple[FormField, ...], *, valid_from: date) -> None:
    """Let it ask something else from a day on."""
    edit_form(
        BIRTH,
        ElectronicForm(fields=form),
        valid_from=valid_from,
        ground="QĐ 12/QĐ-UBND",
        actor=console_actor(),
    )

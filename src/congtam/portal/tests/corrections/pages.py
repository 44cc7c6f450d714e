"""What the pages of a correction send, and what is kept afterwards; for tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from congtam.dossiers.public import (
    Applicant,
    HandedInPaper,
    Receipt,
    accept,
    hand_over,
    receive,
    request_supplement,
)
from congtam.forms.public import FieldKind, FormField
from congtam.foundation.public import actor_for, clock, console_actor
from congtam.kernel.clock import today
from congtam.portal.tests.one_stop import DeskRecord, Dossier
from congtam.procedures.public import enter_procedure_list
from congtam.testing.birth_form import BIRTH, FORM, change_birth, content
from congtam.testing.cast import Cast

ANSWERS: dict[str, Any] = {
    "child_name": "Vừ Mí Dế",
    "sex": "nam",
    "born_on": "01/03/2026",
    "born_at": "co_so",
    "hospital": "Bệnh viện đa khoa tỉnh",
    "mother": "Giàng Thị Say",
    "mother_year": "1999",
    "siblings": [{"name": "Vừ Mí Sính", "lives": "khac", "where": "Mèo Vạc"}],
    "needs": ["bhyt"],
}


def application(**changes: Any) -> Receipt:
    """A birth handed in with its form."""
    return Receipt(
        procedure_code=BIRTH,
        unit_code=changes.pop("unit_code", "024"),
        applicant=Applicant(name="Giàng Thị Say", phone="0912 345 678"),
        papers=(HandedInPaper(position=1, originals=1),),
        form=ANSWERS,
        **changes,
    )


def asked_to_correct(cast: Cast) -> Any:
    """A birth whose office asks the applicant to correct the day."""
    clerk, officer = actor_for(cast.clerk), actor_for(cast.officer)
    receipt = application(is_duplicate_confirmed=True)
    code = hand_over(receive(receipt, actor=clerk).code, actor=clerk).code
    accept(code, actor=officer)
    return request_supplement(code, missing=["Ngày sinh"], reason="Khai sai ngày", actor=officer)


def posted(**changes: Any) -> dict[str, Any]:
    """The whole form as its page sends it."""
    row = ANSWERS["siblings"][0]
    fields = {f"form.{name}": value for name, value in ANSWERS.items() if name != "siblings"}
    fields |= {"form.siblings": "0", **{f"form.siblings.0.{name}": value for name, value in row.items()}}
    return {**fields, **{f"form.{name}": value for name, value in changes.items()}}


def page_of(asked: Any) -> str:
    return f"/public/dossier/{asked.code}/supplement/"


def kept(asked: Any) -> dict[str, Any]:
    answers: dict[str, Any] = DeskRecord.objects.get(dossier=asked).form["answers"]
    return answers


def received_for_another(cast: Cast) -> str:
    """A dossier of another unit that waits for its applicant, taken in here."""
    anywhere = replace(content(), any_office=True)
    enter_procedure_list({BIRTH: anywhere}, valid_from=None, source="test", actor=console_actor())
    receipt = application(unit_code="026", received_unit_code="024")
    code: str = receive(receipt, actor=actor_for(cast.clerk)).code
    Dossier.objects.update(state="awaiting_supplement")
    return code


TODAY_OR_LATER = FormField(
    name="come_on", label="Ngày nhận kết quả", kind=FieldKind.DATE, minimum="today", is_required=False
)


def kept_with(asked: Any, **answers: Any) -> None:
    """What was answered at first reads so."""
    desk = DeskRecord.objects.get(dossier=asked)
    desk.form["answers"] |= answers
    desk.save()


def ask_also(*fields: FormField, without: str = "") -> None:
    """The version that judges the dossier is rewritten on its own day."""
    form = (*(field for field in FORM if field.name != without), *fields)
    change_birth(form, valid_from=today(clock()))


def rewritten(name: str, **changes: Any) -> None:
    """One field of the version that judges the dossier is asked otherwise."""
    form = tuple(replace(field, **changes) if field.name == name else field for field in FORM)
    change_birth(form, valid_from=today(clock()))

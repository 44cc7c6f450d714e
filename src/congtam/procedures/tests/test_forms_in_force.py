"""The electronic form of a procedure holds from a day on, as the other parts of a version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from congtam.forms.public import FormField
from congtam.foundation.public import actor_for, console_actor
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound
from congtam.procedures.actions.edit_form import ElectronicForm, edit_form
from congtam.procedures.domain.content import CataloguePaper, Content
from congtam.procedures.domain.desk import CaseKind
from congtam.procedures.domain.desk_parts import DeskParts
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.public import (
    desk_procedure,
    edit_desk_parts,
    enter_procedure_list,
    public_procedure_on,
)
from congtam.testing.cast import Cast
from congtam.testing.example_form import FORM

pytestmark = pytest.mark.django_db
CODE, FIRST, SECOND = "1.001193", date(2026, 1, 1), date(2026, 3, 1)
LATE = CaseKind(code="late", name="Quá hạn")
CONTENT = Content(name="Đăng ký khai sinh", papers=(CataloguePaper(name="Tờ khai"),), case_kinds=(LATE,))


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    enter_procedure_list({CODE: CONTENT}, valid_from=FIRST, source="test", actor=console_actor())


def put(*fields: FormField, day: date = SECOND, papers: tuple[int, ...] = (0,)) -> ProcedureVersion:
    form = ElectronicForm(fields=fields, papers=papers)
    return edit_form(CODE, form, valid_from=day, ground="QĐ 12", actor=console_actor())


def test_a_form_holds_from_its_day_for_the_desk_and_for_everybody() -> None:
    put(*FORM)
    before, after = desk_procedure(CODE, date(2026, 2, 28)), desk_procedure(CODE, SECOND)
    public = public_procedure_on(CODE, SECOND)
    assert before is not None
    assert after is not None
    assert public is not None
    assert (before.form_fields, after.form_fields, public.form_fields) == ((), FORM, FORM)
    assert [before.papers[0].filled_online, after.papers[0].filled_online] == [False, True]
    assert public.papers[0].filled_online
    assert [field.name for field in after.form_for("")] == [
        field.name for field in FORM if not field.case_kind
    ]
    assert after.form_for("late") == FORM


def test_a_version_is_corrected_on_its_first_day() -> None:
    first = put(*FORM)
    second = put(FORM[0])
    assert (second.pk, ProcedureVersion.objects.count()) == (first.pk, 2)
    assert desk_procedure(CODE, SECOND).form_fields == FORM[:1]  # type: ignore[union-attr]


def test_the_same_form_again_changes_nothing() -> None:
    first = put(*FORM)
    assert put(*FORM, day=date(2026, 4, 1)).pk == first.pk


def test_the_desk_parts_leave_the_form_alone_and_hold_to_it() -> None:
    known = CONTENT
    put(*FORM)
    content = replace(
        known,
        papers=(CataloguePaper(name="Tờ khai", filled_online=True),),
        form_fields=FORM,
        channels=("online",),
    )
    parts = DeskParts.from_content(content)
    edit_desk_parts(CODE, parts, valid_from=SECOND, ground="QĐ 13", actor=console_actor())
    after = desk_procedure(CODE, SECOND)
    assert after is not None
    assert after.form_fields == FORM
    with pytest.raises(InputRefused) as refused:
        edit_desk_parts(
            CODE, replace(parts, case_kinds=()), valid_from=SECOND, ground="QĐ 14", actor=console_actor()
        )
    assert [problem.column for problem in refused.value.problems] == ["form_fields.14.case_kind"]


def test_a_paper_is_filled_in_online_only_where_there_is_a_form() -> None:
    with pytest.raises(InputRefused) as refused:
        put()
    assert [problem.column for problem in refused.value.problems] == ["papers.0.filled_online"]
    put(papers=())


@pytest.mark.parametrize(
    ("level", "reason", "channels", "expected"),
    [
        ("full", "", ("online",), []),
        ("partial", "Phải đối chiếu bản chính", ("online",), []),
        ("partial", " ", ("online",), ["online_level_reason"]),
        ("partial", "x" * 1001, ("online",), ["online_level_reason"]),
        ("full", "", ("desk",), ["online_level"]),
        ("half", "", ("online",), ["online_level"]),
    ],
)
def test_what_is_online_only_in_part_says_why(
    *, level: str, reason: str, channels: tuple[str, ...], expected: list[str]
) -> None:
    parts = DeskParts(channels=channels, online_level=level, online_level_reason=reason)
    found: list[str | None] = []
    try:
        edit_desk_parts(CODE, parts, valid_from=SECOND, ground="QĐ 12", actor=console_actor())
    except InputRefused as refused:
        found = [problem.column for problem in refused.problems]
    assert found == expected
    page = public_procedure_on(CODE, SECOND)
    assert page is not None
    if not expected:
        assert (page.online_level, page.online_level_reason) == (level, reason)


@pytest.mark.parametrize(
    "part", ["clerk", "officer", "unit_head", "observer", "citizen", "outsider", "inspector"]
)
def test_others_may_not_change_a_form(cast: Cast, part: str) -> None:
    actor = actor_for(getattr(cast, part))
    with pytest.raises(NotAllowed):
        edit_form(CODE, ElectronicForm(fields=FORM), valid_from=SECOND, ground="x", actor=actor)


def test_there_is_no_form_of_a_procedure_that_is_not_there() -> None:
    with pytest.raises(NotFound):
        edit_form("9.9", ElectronicForm(), valid_from=SECOND, ground="x", actor=console_actor())

"""Announcing and making public: due days by the work calendar, over Tết too; what is late shows as late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client

from congtam.foundation.public import Account, actor_for, console_actor
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound
from congtam.kernel.periods import Period
from congtam.kernel.work_calendar import WorkCalendar
from congtam.procedures.announcements.announce import Decision, record_announcement, record_publication
from congtam.procedures.announcements.queries import announced_rows, announcing_figures, terms
from congtam.procedures.domain.announcing import Announced, judge_publication, share_on_time, term_for
from congtam.procedures.domain.completeness import missing_parts
from congtam.procedures.domain.content import Content
from congtam.procedures.models import AnnouncedProcedure
from congtam.procedures.public import enter_procedure_list
from congtam.testing.cast import Cast

SignIn = Callable[[Account], Client]
TET = WorkCalendar({date(2026, 2, day) for day in (16, 17, 18, 19, 20)})
URL = "/procedures/announcements/"
DECISION = Decision(
    number="123/QĐ-UBND",
    title="Công bố danh mục thủ tục hành chính",
    signed_on=date(2026, 2, 13),
    effective_on=date(2026, 3, 5),
    procedures=(("1.001193", "amended"), ("1.000894", "abolished")),
)


@pytest.mark.parametrize(
    ("issuer", "signed", "public", "by", "standing"),
    [
        pytest.param("province", date(2026, 3, 2), None, date(2026, 3, 9), "overdue", id="five working days"),
        pytest.param("province", date(2026, 3, 6), None, date(2026, 3, 13), "due", id="over a weekend"),
        pytest.param(
            "province", date(2026, 2, 13), date(2026, 2, 27), date(2026, 2, 27), "on_time", id="Tết"
        ),
        pytest.param(
            "province", date(2026, 2, 13), date(2026, 2, 28), date(2026, 2, 27), "late", id="a day late"
        ),
        pytest.param(
            "ministry", date(2026, 2, 13), None, date(2026, 3, 6), "overdue", id="a ministry has ten"
        ),
    ],
)
def test_the_last_day_to_make_public(
    *, issuer: str, signed: date, public: date | None, by: date, standing: str
) -> None:
    announced = Announced(
        procedure_code="1", issuer=issuer, signed_on=signed, effective_on=signed, made_public_on=public
    )
    judged = judge_publication(
        announced, term=term_for(terms(), issuer, signed), calendar=TET, today=date(2026, 3, 10)
    )
    assert (judged.publish_by, judged.status) == (by, standing)


@pytest.mark.parametrize(
    ("effective", "signed", "on_time"),
    [
        (date(2026, 2, 27), date(2026, 2, 13), True),
        (date(2026, 2, 27), date(2026, 2, 14), False),
        (date(2026, 3, 9), date(2026, 3, 2), True),
        (date(2026, 3, 9), date(2026, 3, 3), False),
    ],
)
def test_signed_five_working_days_before_the_legal_basis(
    effective: date, signed: date, *, on_time: bool
) -> None:
    announced = Announced(procedure_code="1", issuer="province", signed_on=signed, effective_on=effective)
    term = term_for(terms(), "province", signed)
    judged = judge_publication(announced, term=term, calendar=TET, today=date(2026, 3, 10))
    assert judged.is_announced_on_time is on_time


def test_a_procedure_counts_once_and_one_late_time_makes_it_late() -> None:
    share = share_on_time([("a", True), ("a", False), ("b", True), ("b", True)])
    assert (share.counted, share.out_of, share.rate) == (1, 2, 0.5)
    assert share_on_time([]).rate is None


def test_the_parts_the_law_asks_for() -> None:
    assert missing_parts(Content(name="X", steps="B1", subjects="Công dân")) == (
        *("channels", "papers", "limits", "executing_agency"),
    )


@pytest.fixture
def catalogue(frozen_clock: FixedClock, seeded_calendar: None) -> FixedClock:
    contents = {"1.001193": Content(name="Đăng ký khai sinh"), "1.000894": Content(name="Đăng ký kết hôn")}
    enter_procedure_list(contents, valid_from=date(2026, 1, 1), source="test", actor=console_actor())
    return frozen_clock


def test_from_the_decision_to_the_figures(catalogue: FixedClock, small_tree: None) -> None:
    announcement = record_announcement(DECISION, actor=console_actor())
    assert record_publication(announcement.code, ["1.001193"], actor=console_actor()) == 1
    assert record_publication(announcement.code, ["1.001193"], actor=console_actor()) == 0
    rows = announced_rows(Period.parse("2026"))
    assert [(row.procedure_code, str(row.judged.status)) for row in rows] == [
        ("1.000894", "overdue"),
        ("1.001193", "late"),
    ]
    assert AnnouncedProcedure.objects.get(procedure_code="1.001193").made_public_on == date(2026, 3, 2)
    figures = announcing_figures(rows)
    assert (figures.made_public.counted, figures.made_public.out_of) == (0, 2)
    assert (figures.complete.counted, figures.complete.out_of) == (0, 2)


def test_everything_that_is_wrong_is_told_at_once(catalogue: FixedClock, small_tree: None) -> None:
    wrong = replace(
        DECISION,
        number=" ",
        issuer="village",
        signed_on=date(2026, 3, 3),
        effective_on=date(2026, 1, 1),
        procedures=(("9.9", "amended"), ("1.001193", "x"), ("1.001193", "new")),
    )
    with pytest.raises(InputRefused) as refused:
        record_announcement(wrong, actor=console_actor())
    assert {problem.column for problem in refused.value.problems} == {
        *("number", "issuer", "signed_on", "effective_on"),
        *("procedures.0.code", "procedures.1.kind", "procedures.2.code"),
    }


def test_a_decision_is_recorded_once(catalogue: FixedClock, small_tree: None) -> None:
    record_announcement(DECISION, actor=console_actor())
    with pytest.raises(InputRefused):
        record_announcement(DECISION, actor=console_actor())


@pytest.mark.parametrize("part", ["clerk", "unit_head", "observer", "outsider"])
def test_others_may_neither_announce_nor_publish(
    *, catalogue: FixedClock, small_tree: None, cast: Cast, part: str
) -> None:
    actor = actor_for(getattr(cast, part))
    code = record_announcement(DECISION, actor=console_actor()).code
    with pytest.raises(NotAllowed):
        record_announcement(replace(DECISION, number="2"), actor=actor)
    with pytest.raises(NotAllowed):
        record_publication(code, ["1.001193"], actor=actor)


def test_unknown_decisions_are_not_found(catalogue: FixedClock) -> None:
    with pytest.raises(NotFound):
        record_publication("nothing", ["1.001193"], actor=console_actor())


def typed(**more: Any) -> dict[str, Any]:
    return {
        "number": "123/QĐ-UBND",
        "title": "Công bố",
        "issuer": "province",
        "signed_on": "2026-02-13",
        "effective_on": "2026-03-05",
        "procedures-0-code": "1.001193",
        "procedures-0-kind": "amended",
        **more,
    }


def test_the_pages_from_entering_to_public(
    *, catalogue: FixedClock, small_tree: None, cast: Cast, client_for: SignIn
) -> None:
    client = client_for(cast.reform_officer)
    answer = client.post(URL + "new/", typed())
    address = answer.headers["Location"]
    assert address == "/procedures/announcements/20260213-123-qd-ubnd/"
    assert client.get(URL).context["waiting"][0]["code"] == "1.001193"
    client.post(address + "publish/", {"procedures": ["1.001193"]})
    page = client.get(URL)
    assert page.context["waiting"] == []
    assert page.context["rows"][0]["tone"] == "bad"
    assert client.get(address).status_code == 200


def test_a_refused_decision_comes_back_as_typed(
    *, catalogue: FixedClock, small_tree: None, cast: Cast, client_for: SignIn
) -> None:
    answer = client_for(cast.reform_officer).post(
        URL + "new/", typed(signed_on="hôm qua", **{"procedures-0-code": "9.9"})
    )
    assert answer.status_code == 422
    assert answer.context["form_values"]["signed_on"] == "hôm qua"
    assert "signed_on" in answer.context["problems"]["fields"]
    assert answer.context["rows"].rows[0].values["code"] == "9.9"


@pytest.mark.parametrize("part", ["clerk", "citizen", "outsider"])
def test_everybody_reads_and_only_keepers_write(
    *, catalogue: FixedClock, small_tree: None, cast: Cast, client_for: SignIn, part: str
) -> None:
    code = record_announcement(DECISION, actor=console_actor()).code
    client = client_for(cast.everyone()[part])
    assert client.get(URL).status_code == client.get(f"{URL}{code}/").status_code == 200
    assert client.get(URL + "new/").status_code == 403
    assert client.post(f"{URL}{code}/publish/", {"procedures": ["1.001193"]}).status_code == 403
    assert client.get(f"{URL}{code}/publish/").status_code == 405
    assert client.post(URL).status_code == 405
    assert client.get(f"{URL}nothing/").status_code == 404
    assert Client().get(URL).status_code == 302

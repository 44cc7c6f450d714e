"""An apology while the clock stands still: the term ends as the clock runs, not on the day first written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from congtam.dossiers.deadlines.domain import ExtendedTooLate
from congtam.dossiers.deadlines.ledgers import drifted_dossiers
from congtam.dossiers.handling import verbs
from congtam.dossiers.handling.actions import answer, consult
from congtam.dossiers.handling.machine import available_verbs
from congtam.dossiers.models import Dossier
from congtam.dossiers.public import apologise
from congtam.dossiers.record.integrity import altered_desks
from congtam.dossiers.tests import desk
from congtam.kernel.clock import LOCAL, FixedClock
from congtam.kernel.errors import InputRefused
from congtam.testing.api_client import Api
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warehouse_dir")]


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> None: ...


def at(day: int, hour: int = 17) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=LOCAL)


def waiting(cast: Cast, clock: FixedClock, *, since: datetime, now: datetime) -> Dossier:
    """Due on Thursday 5 March; another office has been asked, and the clock stands still."""
    dossier = desk.handled(cast)
    clock.instant = since
    officer = desk.part(cast, "officer")
    consult(
        dossier.code, to_unit="H22.09", question="?", answer_within_hours=8, actor=officer, stops_clock=True
    )
    clock.instant = now
    dossier.refresh_from_db()
    assert dossier.due_at == at(5)
    return dossier


def test_the_term_has_not_passed_while_the_clock_stands_still(cast: Cast, frozen_clock: FixedClock) -> None:
    """A day was left on Wednesday: on Tuesday after, the date would be Wednesday 11, so 12 March is a later one."""
    dossier = waiting(cast, frozen_clock, since=at(4, 10), now=at(10, 10))
    officer = desk.part(cast, "officer")
    assert verbs.APOLOGISE in available_verbs(dossier, actor=officer)
    moved = apologise(dossier.code, reason="Chờ trả lời", new_due_on=date(2026, 3, 12), actor=officer)
    assert moved.due_at == at(12)
    frozen_clock.advance(timedelta(days=1))
    answered = answer(dossier.code, letter=1, text="Đúng", actor=officer)
    assert answered.due_at == at(13)
    assert (list(drifted_dossiers()), list(altered_desks())) == ([], [])


def test_the_new_date_lies_after_the_one_the_pause_gives(cast: Cast, frozen_clock: FixedClock) -> None:
    dossier = waiting(cast, frozen_clock, since=at(4, 10), now=at(10, 10))
    with pytest.raises(InputRefused) as refused:
        apologise(dossier.code, reason="Chờ", new_due_on=date(2026, 3, 11), actor=desk.part(cast, "officer"))
    (problem,) = refused.value.problems
    assert (problem.code, problem.column) == ("deadlines.new_date_not_later", "new_due_on")
    assert problem.data["due"] == at(11)


def test_who_was_late_before_the_clock_stopped_is_too_late(cast: Cast, frozen_clock: FixedClock) -> None:
    dossier = waiting(cast, frozen_clock, since=at(6, 10), now=at(10, 10))
    officer = desk.part(cast, "officer")
    assert verbs.APOLOGISE not in available_verbs(dossier, actor=officer)
    with pytest.raises(ExtendedTooLate):
        apologise(dossier.code, reason="Chờ", new_due_on=date(2026, 3, 20), actor=officer)


def test_the_page_offers_a_date_after_the_pause(
    cast: Cast, client_for: Callable[[object], Client], frozen_clock: FixedClock
) -> None:
    dossier = waiting(cast, frozen_clock, since=at(4, 10), now=at(10, 10))
    page = client_for(cast.officer).get(reverse("dossiers:verb", args=[dossier.code, "apologise"]))
    text = page.content.decode()
    assert page.status_code == 200
    assert 'min="2026-03-12"' in text
    assert 'value="2026-03-18"' in text


def test_the_api_offers_it_and_takes_it(cast: Cast, frozen_clock: FixedClock) -> None:
    dossier, api = waiting(cast, frozen_clock, since=at(4, 10), now=at(10, 10)), Api(cast.officer)
    assert "apologise" in api.get(f"/dossiers/{dossier.code}").json()["verbs"]
    body = {"reason": "Chờ trả lời", "new_due_on": "2026-03-13"}
    assert api.post(f"/dossiers/{dossier.code}/apologise", body).status_code == 200

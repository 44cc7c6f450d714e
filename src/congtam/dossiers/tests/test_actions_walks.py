"""Random walks through the verbs: whatever people do, in whatever order, the books agree afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from congtam.dossiers.deadlines.domain.spans import seconds_covered
from congtam.dossiers.domain.states import OPEN
from congtam.dossiers.handling import verbs
from congtam.dossiers.handling.change import due_dates_of
from congtam.dossiers.handling.machine import available_verbs
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier, Letter
from congtam.dossiers.public import altered_desks, altered_dossiers, get_visible
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.desk_verbs import CASES
from congtam.foundation.public import find_breaks
from congtam.kernel.clock import FixedClock, local_day
from congtam.kernel.errors import InputRefused
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared
from congtam.work_calendar.public import working_calendar

pytestmark = pytest.mark.django_db
STEPS = 24


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> None: ...


def fields_of(verb: DeskVerb, dossier: Dossier, draw: Random) -> dict[str, Any]:
    """Plausible fields; a date that is really later, a question that is really open."""
    fields = dict(CASES[verb].fields)
    if verb is verbs.APOLOGISE and dossier.due_at:
        day = local_day(dossier.due_at)
        fields["new_due_on"] = working_calendar().add_working_days(day, draw.randint(1, 9))
    if verb is verbs.ANSWER:
        asked = Letter.objects.filter(dossier=dossier, kind="consultation", answered_at__isnull=True)
        fields["letter"] = draw.choice(list(asked.values_list("sequence", flat=True)))
    if verb in {verbs.CONSULT, verbs.OPEN_LINKED}:
        fields["stops_clock"] = draw.random() < 0.6
    if verb is verbs.ASSIGN:
        fields["officer"] = draw.choice(["officer", "unit_head", "clerk"])
    return fields


MAY_BE_REFUSED = {verbs.ASSIGN, verbs.ATTACH, verbs.CONFIRM_PAYMENT}
"""An assignment to somebody of another role; a scan of something else than the result; a payment of no open fee."""


def act(verb: DeskVerb, dossier: Dossier, *, part: str, cast: Cast, draw: Random) -> None:
    do: Callable[..., Any] = CASES[verb].act
    try:
        do(dossier.code, actor=desk.part(cast, part), **fields_of(verb, dossier, draw))
    except InputRefused:
        assert verb in MAY_BE_REFUSED


def assert_books_agree(code: str) -> None:
    dossier = Dossier.objects.get(code=code)
    held, lines = DeskRecord.objects.get(dossier=dossier), list(ClockLine.objects.filter(dossier=dossier))
    computed = due_dates_of(held, lines)
    pauses = list(dossier.suspensions.all())
    assert dossier.due_at == computed.due_at == lines[-1].due_at
    assert held.due_at == (dossier.due_at if dossier.state in OPEN else None)
    assert (computed.stopped_since is not None) == any(pause.ended_at is None for pause in pauses)
    ended = [(pause.started_at, pause.ended_at) for pause in pauses if pause.ended_at]
    assert dossier.suspended_seconds == seconds_covered(ended)
    running = [step for step in dossier.steps.all() if step.finished_at is None]
    assert len(running) == (1 if held.role else 0)
    assert (dossier.state in {*OPEN, "finished"}) == bool(held.role)
    for step in running:
        assert held.step_due_at == (step.due_at or step.planned_at)
        assert (step.started_at is None) == held.is_offered
        assert not held.holder or step.officer == held.holder


@pytest.mark.parametrize("seed", range(8))
def test_a_walk(seed: int, cast: Cast, frozen_clock: FixedClock) -> None:
    draw = Random(seed)  # noqa: S311 - a walk, not a secret
    code = desk.received(cast).code
    done = []
    for _ in range(STEPS):
        dossier = get_visible(code, to=desk.part(cast, "clerk"))
        part = draw.choice(["clerk", "officer", "unit_head"])
        offered = available_verbs(dossier, actor=desk.part(cast, part))
        endings = {verbs.STOP, verbs.WITHDRAW, verbs.REFUSE, verbs.LAPSE, verbs.ATTACH}
        chosen = [verb for verb in offered if verb not in endings or draw.random() < 0.12]
        if not chosen:
            frozen_clock.advance(timedelta(hours=draw.randint(1, 200)))
            continue
        verb = draw.choice(chosen)
        act(verb, dossier, part=part, cast=cast, draw=draw)
        done.append(verb)
        assert_books_agree(code)
        frozen_clock.advance(timedelta(minutes=draw.choice([0, 1, 90, 600, 3000])))
    assert len(done) > STEPS // 4
    assert list(altered_dossiers()) == []
    assert list(altered_desks()) == []
    assert list(find_breaks()) == []
    refusable = sum(verb in MAY_BE_REFUSED for verb in done)
    assert DeskRecord.objects.get(dossier__code=code).version >= len(done) - refusable

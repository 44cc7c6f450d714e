"""Random walks: the page of staff, the page of the citizen, the API and the lists tell one clock, whatever happened."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.test import Client

from congtam.dossiers.domain.states import Verdict
from congtam.dossiers.handling import verbs
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.dossiers.public import get_visible
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.test_actions_walks import act
from congtam.foundation.public import clock
from congtam.kernel.clock import FixedClock
from congtam.testing.api_client import Api
from congtam.testing.cast import Cast
from congtam.testing.doors.dossiers import available_verbs
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
STEPS = 8
ENDINGS = {verbs.STOP, verbs.WITHDRAW, verbs.REFUSE, verbs.LAPSE, verbs.ATTACH, verbs.TAKE_BACK, verbs.ASSIGN}
MOMENT = re.compile(r"\d{2}/\d{2}/\d{4} \d{2}:\d{2}|\d{2}:\d{2} ngày \d{2}/\d{2}/\d{4}")
DAY = re.compile(r"\d{2}/\d{2}/\d{4}")


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, *, warehouse_dir: object, cast: Cast) -> None: ...


def staff(cast: Cast, code: str) -> str:
    return _plain(_reader(cast.clerk).get(f"/dossiers/{code}/").content.decode())


def citizen(code: str) -> str:
    client, secret = Client(), DeskRecord.objects.get(dossier__code=code).lookup_secret
    client.cookies["django_language"] = "vi"
    client.post("/public/lookup/", {"code": code, "secret": secret})
    return _plain(client.get(f"/public/dossier/{code}/").content.decode())


def _reader(account: Any) -> Client:
    client = Client()
    client.force_login(account)
    client.cookies["django_language"] = "vi"
    return client


def _plain(page: str) -> str:
    """The text of a page, blanks and marks left out."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


def assert_told_alike(code: str, cast: Cast) -> None:
    told = Api(cast.clerk).get(f"/dossiers/{code}").json()
    explanation, dossier = told["clock"]["explanation"], Dossier.objects.get(code=code)
    assert explanation in staff(cast, code)
    page = citizen(code)
    assert set(DAY.findall(explanation)) <= set(DAY.findall(page))
    reasons = [
        part for part in explanation.split(". ") if "(" in part and not re.search(r"\d (ngày|giờ|phút)", part)
    ]
    assert [part for part in reasons if part.rstrip(".") not in page] == []
    due = None if dossier.due_at is None else told["due_at"]
    lines = told["clock"]["lines"]
    assert due == lines[-1]["due_at"]
    is_overdue = Dossier.objects.overdue(at=clock().now()).filter(code=code).exists()
    assert (told["clock"]["by_instant"] == Verdict.OVERDUE) == is_overdue
    listed = Api(cast.clerk).get(f"/dossiers?q={code}").json()["items"]
    assert [(row["code"], row["due_at"], row["verdict"]) for row in listed] == [
        (code, told["due_at"], told["verdict"])
    ]


@pytest.mark.parametrize("seed", range(4))
def test_a_walk_is_told_alike(seed: int, cast: Cast, frozen_clock: FixedClock) -> None:
    draw = Random(seed)  # noqa: S311 - a walk, not a secret
    code = desk.received(cast).code
    for _ in range(STEPS):
        dossier = get_visible(code, to=desk.part(cast, "clerk"))
        part = draw.choice(["clerk", "officer", "unit_head"])
        offered = available_verbs(dossier, actor=desk.part(cast, part))
        chosen = [verb for verb in offered if verb not in ENDINGS or draw.random() < 0.12]
        if chosen:
            act(draw.choice(chosen), dossier, part=part, cast=cast, draw=draw)
        frozen_clock.advance(timedelta(minutes=draw.choice([1, 90, 600, 3000, 12000])))
        assert_told_alike(code, cast)

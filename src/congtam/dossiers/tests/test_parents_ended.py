"""A dossier whose parent ended without a result: its office is told, once, and decides itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from congtam.dossiers.handling.actions import open_linked, reopen, stop
from congtam.dossiers.handling.forms import PARENT_GONE
from congtam.dossiers.handling.parents_ended import announce_parent_state
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.dossiers.public import receive, refuse, withdraw
from congtam.dossiers.record.integrity import altered_desks, altered_dossiers
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor, drain_outbox, system_actor
from congtam.kernel.clock import FixedClock
from congtam.testing.api_client import Api
from congtam.testing.cast import Cast
from congtam.testing.ledger import audit_lines, outbox_payloads
from congtam.testing.prepared import FROZEN, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("warehouse_dir")]
NOTE = "The parent dossier, for which this one was opened, ended without a result."
BADGE = "parent dossier ended without a result"
Page = Callable[[str, str], str]


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> None: ...


@pytest.fixture
def page(cast: Cast, client_for: Callable[[object], Client]) -> Page:
    """What a person reads at an address, in English."""

    def read(who: str, url: str) -> str:
        client = client_for(getattr(cast, who))
        client.post(reverse("set_language"), {"language": "en"})
        return client.get(url).content.decode()

    return read


def linked(cast: Cast) -> tuple[Dossier, Dossier]:
    """A dossier of 024 and the one it opened in 026, where nobody sees the first."""
    parent, officer = desk.handled(cast), desk.part(cast, "officer")
    child = open_linked(parent.code, procedure_code=desk.REGISTER, unit_code="026", actor=officer)
    return parent, child


def verbs(code: str) -> list[str]:
    told = [line.verb.removeprefix("dossier.") for line in audit_lines(kind="dossier") if line.key == code]
    return [verb for verb in told if verb.startswith("parent")]


def end(parent: Dossier, cast: Cast) -> None:
    withdraw(parent.code, reason="Bí mật của người nộp", request=desk.REQUEST, actor=desk.part(cast, "clerk"))


def test_the_page_tells_it_before_any_worker_comes(cast: Cast, page: Page) -> None:
    """And nothing of the parent but that: its office is another one."""
    parent, child = linked(cast)
    url = reverse("dossiers:detail", args=[child.code])
    assert NOTE not in page("outsider", url)
    end(parent, cast)
    text = page("outsider", url)
    assert NOTE in text
    assert parent.code not in text
    assert "Bí mật" not in text
    assert BADGE in page("outsider", reverse("dossiers:list"))
    assert parent.code in page("administrator", url)


def test_the_work_list_shows_a_badge(cast: Cast, page: Page) -> None:
    parent, _child = linked(cast)
    url = reverse("dossiers:work") + "?list=due_soon&days=10"
    assert BADGE not in page("outsider", url)
    end(parent, cast)
    assert BADGE in page("outsider", url)


def test_ledger_and_outbox_tell_it_once(cast: Cast) -> None:
    parent, child = linked(cast)
    end(parent, cast)
    drain_outbox()
    drain_outbox()
    assert not announce_parent_state(child.code, actor=system_actor("linked"))
    assert verbs(child.code) == ["parent_ended"]
    told = outbox_payloads("dossiers.changed")[-1]
    assert told == {"codes": [child.code], "verb": "parent_ended", "state": "received", "unit": "026"}
    assert DeskRecord.objects.get(dossier=child).version == 2
    assert (list(altered_desks()), list(altered_dossiers())) == ([], [])


@pytest.mark.parametrize("how", ["stopped", "refused"])
def test_however_it_ended(cast: Cast, how: str) -> None:
    parent, child = linked(cast)
    officer = desk.part(cast, "officer")
    if how == "stopped":
        stop(parent.code, reason="Thôi", request=desk.REQUEST, actor=officer)
    else:
        refuse(parent.code, ground="Điều 7", reason="Sai", actor=officer)
    drain_outbox()
    assert verbs(child.code) == ["parent_ended"]
    child.refresh_from_db()
    assert child.state == "received"


def test_a_parent_opened_again_is_told_too(cast: Cast, page: Page) -> None:
    parent, child = linked(cast)
    end(parent, cast)
    drain_outbox()
    reopen(parent.code, reason="Nhầm", actor=console_actor())
    drain_outbox()
    assert verbs(child.code) == ["parent_ended", "parent_goes_on"]
    assert NOTE not in page("outsider", reverse("dossiers:detail", args=[child.code]))


def test_a_turn_that_was_over_before_the_worker_came_is_not_told(cast: Cast) -> None:
    parent, child = linked(cast)
    end(parent, cast)
    reopen(parent.code, reason="Nhầm", actor=console_actor())
    drain_outbox()
    assert verbs(child.code) == []


def test_a_child_that_ended_is_left_alone_until_it_is_opened_again(cast: Cast) -> None:
    parent, child = linked(cast)
    withdraw(child.code, reason="Thôi", request=desk.REQUEST, actor=desk.part(cast, "outsider"))
    end(parent, cast)
    drain_outbox()
    assert verbs(child.code) == []
    reopen(child.code, reason="Nhầm", actor=console_actor())
    drain_outbox()
    assert verbs(child.code) == ["parent_ended"]


@pytest.mark.parametrize("verb", ["stop", "withdraw"])
def test_the_reason_is_filled_in_ahead(cast: Cast, page: Page, verb: str) -> None:
    parent, child = linked(cast)
    other = receive(desk.application(), actor=desk.part(cast, "clerk"))
    end(parent, cast)
    url = reverse("dossiers:verb", args=[child.code, verb])
    assert PARENT_GONE in page("outsider", url)
    assert PARENT_GONE not in page("clerk", reverse("dossiers:verb", args=[other.code, verb]))


def test_the_api_tells_it_and_no_more(cast: Cast) -> None:
    parent, child = linked(cast)
    api = Api(cast.outsider)
    before = api.get(f"/dossiers/{child.code}")
    assert before.json()["parent_ended"] is False
    end(parent, cast)
    after = api.get(f"/dossiers/{child.code}", headers={"If-None-Match": before.headers["ETag"]})
    links = api.get(f"/dossiers/{child.code}/linked").json()
    assert (after.status_code, after.json()["parent_ended"], links["parent_ended"]) == (200, True, True)
    assert (links["parent"], parent.code in after.content.decode()) == (None, False)

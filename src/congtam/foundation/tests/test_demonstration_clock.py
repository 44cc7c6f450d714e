"""The clock of a demonstration: only beside synthetic data, fixed at loading, and only for the work of offices."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from congtam.foundation.demonstration_clock import DemonstrationClockFixed, NoDemonstration
from congtam.foundation.installation import set_installation_notes
from congtam.foundation.ledger_search import LedgerQuery, find_lines
from congtam.foundation.models import AuditEntry, OutboxMessage
from congtam.foundation.public import (
    clock,
    console_actor,
    find_breaks,
    lines_about,
    publish,
    real_clock,
    record,
    set_demonstration_clock,
)
from congtam.foundation.tokens import authenticate_token, issue_token
from congtam.kernel.clock import LOCAL, FixedClock, today
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN

pytestmark = pytest.mark.django_db
STORY = datetime(2023, 10, 5, 7, 30, tzinfo=LOCAL)
DAY = date(2023, 10, 5)
NOTE = '{"starts_at": "2023-10-05T09:00:00+07:00", "loaded_at": "2026-03-02T02:00:00+00:00"}'


@pytest.fixture
def story(frozen_clock: FixedClock) -> FixedClock:
    """A demonstration that was loaded this moment; the real clock, to be moved."""
    set_installation_notes(synthetic=True)
    set_demonstration_clock(STORY)
    return frozen_clock


def test_a_real_installation_has_no_clock_of_its_own(frozen_clock: FixedClock) -> None:
    with pytest.raises(NoDemonstration):
        set_demonstration_clock(STORY)
    assert clock() is real_clock() is frozen_clock


@pytest.mark.parametrize("synthetic", [None, False, "true"])
def test_the_database_refuses_one_too(synthetic: Any) -> None:
    if synthetic is not None:
        set_installation_notes(synthetic=synthetic)
    with pytest.raises(DatabaseError, match="only a demonstration"), transaction.atomic():
        run("INSERT INTO foundation_installationnote (key, value) VALUES ('demonstration_clock', %s)", NOTE)


@pytest.mark.parametrize(
    "statement",
    [
        """UPDATE foundation_installationnote SET value = value || '{"loaded_at": "2026-03-01T02:00:00+00:00"}'
        WHERE key = 'demonstration_clock'""",
        "DELETE FROM foundation_installationnote WHERE key = 'demonstration_clock'",
        "UPDATE foundation_installationnote SET value = 'false' WHERE key = 'synthetic'",
        "DELETE FROM foundation_installationnote WHERE key = 'synthetic'",
    ],
)
def test_a_demonstration_with_a_clock_stays_one_and_its_clock_is_fixed(
    story: FixedClock, statement: str
) -> None:
    with pytest.raises(DatabaseError, match="demonstration"), transaction.atomic():
        run(statement)


def test_the_same_instant_again_changes_nothing_and_another_one_is_refused(story: FixedClock) -> None:
    story.advance(timedelta(hours=1))
    set_demonstration_clock(STORY)
    assert clock().now() == STORY + timedelta(hours=1)
    with pytest.raises(DemonstrationClockFixed):
        set_demonstration_clock(STORY + timedelta(days=1))


def test_it_runs_like_a_clock_and_never_leaves_its_day(story: FixedClock) -> None:
    instants = []
    for hours in (0, 1, 6, 12, 24, 24 * 7, 24 * 365, 24 * 3650):
        story.instant = FROZEN + timedelta(hours=hours)
        instants.append(clock().now())
    assert instants[:3] == [STORY, STORY + timedelta(hours=1), STORY + timedelta(hours=6)]
    assert instants == sorted(set(instants))
    assert instants[-1] < STORY + timedelta(hours=8)
    assert today(clock()) == DAY
    assert clock().now().tzinfo is UTC


def test_the_ledger_keeps_both_instants_and_the_outbox_the_real_one(story: FixedClock) -> None:
    record(console_actor(), "tested", kind="thing", key="1", unit_code="024")
    publish("tested", "1")
    entry = AuditEntry.objects.get(kind="thing")
    sealed = json.loads(entry.text)
    assert datetime.fromisoformat(sealed["at"]) == entry.at == FROZEN
    assert datetime.fromisoformat(sealed["domain_at"]) == STORY
    (line,), (found,) = lines_about("thing", "1"), find_lines(LedgerQuery(kind="thing"), limit=5)
    assert (line.at, line.domain_at) == (found.at, found.domain_at) == (FROZEN, STORY)
    assert OutboxMessage.objects.get(topic="tested").available_at == FROZEN
    assert list(find_breaks()) == []


def test_a_real_installation_writes_one_instant(frozen_clock: FixedClock) -> None:
    record(console_actor(), "tested", kind="thing", key="1")
    assert "domain_at" not in json.loads(AuditEntry.objects.get(kind="thing").text)
    (line,) = lines_about("thing", "1")
    assert line.at == line.domain_at == FROZEN


def test_tokens_end_in_real_time(story: FixedClock, cast: Cast) -> None:
    run("UPDATE foundation_rolegrant SET valid = '[2023-01-01,)'")
    token = issue_token("clerk", name="Phần mềm", days=2, actor=console_actor())
    story.advance(timedelta(days=1))
    assert authenticate_token(token) is not None
    story.advance(timedelta(days=2))
    assert authenticate_token(token) is None


def test_every_page_says_what_day_it_is_with_sign_in_and_without(story: FixedClock, cast: Cast) -> None:
    signed_in = Client()
    signed_in.force_login(cast.inspector)
    for client, address in ((signed_in, "/"), (signed_in, "/dossiers/"), (Client(), "/public/")):
        page = client.get(address).content.decode()
        assert "Đồng hồ trình diễn đang là <b>Thứ 5, 05/10/2023</b>." in page


def test_the_ledger_page_and_its_file_show_both_instants(story: FixedClock, cast: Cast) -> None:
    run("UPDATE foundation_rolegrant SET valid = '[2023-01-01,)'")
    record(console_actor(), "tested", kind="thing", key="1")
    administrator = Client()
    administrator.force_login(cast.administrator)
    page = administrator.get("/administration/ledger/?kind=thing").content.decode()
    assert "theo đồng hồ trình diễn: 05/10/2023 07:30" in page
    assert "02/03/2026 09:00" in page
    answer = administrator.get("/administration/ledger/csv/?kind=thing")
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]
    assert lines[1].startswith("02/03/2026 09:00:00,")
    assert lines[1].endswith(",05/10/2023 07:30:00")


def test_a_page_of_a_real_installation_says_nothing_and_goes_by_real_time(
    frozen_clock: FixedClock, cast: Cast
) -> None:
    assert "Đồng hồ trình diễn" not in Client().get("/public/").content.decode()
    assert clock() is frozen_clock


def run(statement: str, *values: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)

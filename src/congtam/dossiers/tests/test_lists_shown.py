"""Rows read by their keys are the dossiers themselves, with the desk record and what the instant makes of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from congtam.dossiers.lists.queries import COUNTED_TO, CountTakesTooLong, Filters, count_all, list_dossiers
from congtam.dossiers.lists.queries.expressions import is_stopped, verdict
from congtam.dossiers.lists.queries.page_rows import read_dossiers_by_keys
from congtam.dossiers.models import Dossier
from congtam.dossiers.public import DossierRow, SuspensionRow, store_dossiers
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "small_tree")]
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ATTRIBUTES = (*(field.attname for field in Dossier._meta.concrete_fields), "verdict", "is_stopped")


def row(number: int) -> DossierRow:
    pause = SuspensionRow(ground="supplement", started_at=NOW - 9 * DAY)
    return DossierRow(
        code=f"D-{number:04}",
        unit_code="024",
        procedure_name="Đăng ký khai sinh",
        received_at=NOW - (20 + number % 7) * DAY,
        due_at=NOW + (number % 5 - 2) * DAY if number % 3 else None,
        state="awaiting_supplement" if number % 4 == 0 else "in_progress",
        suspensions=(pause,) if number % 4 == 0 else (),
    )


def told(dossier: Dossier) -> dict[str, Any]:
    return {name: getattr(dossier, name) for name in ATTRIBUTES}


def test_a_shown_dossier_is_what_the_table_holds(cast: Cast) -> None:
    desk.enter_procedures()
    held = desk.handled(cast)
    store_dossiers(
        map(row, range(40)), unit_code="02", actor=console_actor(), import_key="one", source="test"
    )
    keys = list(Dossier.objects.order_by("-code").values_list("pk", flat=True))
    shown = read_dossiers_by_keys([*keys, -1], now=NOW)
    assert [each.pk for each in shown] == keys
    stored = Dossier.objects.annotate(verdict=verdict(NOW), is_stopped=is_stopped()).in_bulk(keys)
    for each in shown:
        assert told(each) == told(stored[each.pk])
        assert hasattr(each, "desk") == (each.pk == held.pk)
    assert {told(each)["verdict"] for each in shown} >= {"running", "overdue", "no_limit"}
    (at_desk,) = [each for each in shown if each.pk == held.pk]
    held.refresh_from_db()
    assert (at_desk.desk.office, at_desk.desk.version) == (held.desk.office, held.desk.version)
    assert at_desk.desk.dossier is at_desk


def test_what_a_page_shows_is_read_at_once(cast: Cast) -> None:
    store_dossiers(
        map(row, range(30)), unit_code="02", actor=console_actor(), import_key="one", source="test"
    )
    with CaptureQueriesContext(connection) as asked:
        page = list_dossiers(Filters(), to=console_actor(), now=NOW)
        shown = [(each.code, each.applicant, hasattr(each, "desk")) for each in page.rows]
    assert len(shown) == page.count == 30
    assert len(asked) <= 2


def test_many_are_counted_no_further_than_pages_tell_and_to_the_end_on_request(
    cast: Cast, client_for: Callable[[object], Client]
) -> None:
    many = COUNTED_TO + 20
    store_dossiers(
        map(row, range(many)), unit_code="02", actor=console_actor(), import_key="one", source="test"
    )
    for part, sort in product(["clerk", "inspector"], ["", "due", "-received", "code"]):
        page = list_dossiers(Filters(sort=sort), to=desk.part(cast, part), now=NOW)
        assert page.count == COUNTED_TO + 1
        assert len(page.rows) == 50
        following = list_dossiers(
            Filters(sort=sort), to=desk.part(cast, part), now=NOW, after=page.next_after
        )
        assert not {each.code for each in page.rows} & {each.code for each in following.rows}
    client = client_for(cast.inspector)
    assert reverse("dossiers:count") in client.get(reverse("dossiers:list")).content.decode()
    counted = client.get(reverse("dossiers:count")).content.decode()
    assert "10.020" in counted
    assert "10.020" not in client_for(cast.outsider).get(reverse("dossiers:count")).content.decode()


def test_counting_ends_after_some_seconds(cast: Cast) -> None:
    store_dossiers(map(row, range(3)), unit_code="02", actor=console_actor(), import_key="one", source="test")
    slow = Dossier.objects.extra(where=["pg_sleep(5) IS NOT NULL"])
    with pytest.raises(CountTakesTooLong):
        count_all(slow, seconds=0.05)
    assert count_all(Dossier.objects.all(), seconds=5) == 3


def test_short_lists_are_counted_by_the_page(cast: Cast, client_for: Callable[[object], Client]) -> None:
    store_dossiers(map(row, range(3)), unit_code="02", actor=console_actor(), import_key="one", source="test")
    page = client_for(cast.inspector).get(reverse("dossiers:list")).content.decode()
    assert reverse("dossiers:count") not in page

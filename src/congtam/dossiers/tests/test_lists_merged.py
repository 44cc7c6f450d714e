"""Lists read unit by unit are the lists read in one: every order, every page size, from every place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from congtam.dossiers.lists.queries import Filters, filtered_visible_dossiers, list_dossiers, list_rows
from congtam.dossiers.models import Dossier
from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.dossiers.record.visibility import visible_to
from congtam.foundation.public import Actor, Grant, Role, console_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "small_tree")]
NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
CITY = Actor(username="c", name="", grants=(Grant(role=Role.CLERK, unit_code="024"),))
BOTH = Actor(username="b", name="", grants=(*CITY.grants, Grant(role=Role.OBSERVER, unit_code="026")))
NOBODY = Actor(username="n", name="", grants=(Grant(role=Role.CLERK, unit_code="999"),))


@pytest.fixture(autouse=True)
def dossiers(small_tree: None) -> None:
    """Sixty dossiers over all units; many share an instant, and codes do not follow the days."""
    draw = Random(3)  # noqa: S311 - test data
    units = sorted({"024", "026", "02", *_wards()})
    rows = [
        DossierRow(
            code=f"{draw.choice('ABÂ')}-{number:03d}",
            unit_code=draw.choice(units),
            procedure_name="Đăng ký khai sinh",
            channel=draw.choice(["desk", "online"]),
            received_at=NOW - timedelta(days=draw.randrange(1, 6)),
            due_at=draw.choice([None, NOW + timedelta(days=draw.randrange(-3, 3))]),
        )
        for number in range(60)
    ]
    store_dossiers(rows, unit_code="02", actor=console_actor(), import_key="one", source="test")


def _wards() -> set[str]:
    from congtam.org_units.public import visible_units

    return set(visible_units(BOTH).codes)


def walked(filters: Filters, actor: Actor, size: int) -> list[str]:
    codes: list[str] = []
    after: str | None = None
    while True:
        page = list_dossiers(filters, to=actor, now=NOW, after=after, limit=size)
        codes += [each.code for each in page.rows]
        assert [
            row["code"] for row in list_rows(filters, to=actor, now=NOW, after=after, limit=size).rows
        ] == [each.code for each in page.rows]
        after = page.next_after
        if after is None:
            return codes


@pytest.mark.parametrize("sort", ["received", "-received", "code", "-code", "due", "-due", ""])
@pytest.mark.parametrize(
    "actor", [CITY, BOTH, NOBODY, console_actor()], ids=["city", "both", "nobody", "all"]
)
def test_pages_of_any_size_are_the_whole_list_in_order(sort: str, actor: Actor) -> None:
    filters = Filters(sort=sort)
    seen = walked(filters, actor, 100)
    assert set(seen) == set(visible_to(actor).values_list("code", flat=True))
    assert walked(filters, actor, 2) == seen
    facts = {each.code: each for each in Dossier.objects.all()}
    if sort.endswith("code"):
        assert seen == sorted(seen, reverse=sort.startswith("-"))
    elif not sort.endswith("due"):
        keys = [(facts[code].received_at, facts[code].pk) for code in seen]
        assert keys == sorted(keys, reverse=sort != "received")


@pytest.mark.parametrize("sort", ["code", "-code", "received", "-received"])
def test_filters_narrow_a_merged_list_as_any_other(sort: str) -> None:
    for filters in (
        Filters(sort=sort, unit_code="024", channel="online"),
        Filters(sort=sort, received_from=(NOW - timedelta(days=3)).date()),
        Filters(sort=sort, state="returned"),
    ):
        found = filtered_visible_dossiers(filters, to=BOTH, now=NOW)
        assert sorted(walked(filters, BOTH, 3)) == sorted(found.values_list("code", flat=True))


def test_a_unit_with_the_first_codes_does_not_hide_the_others() -> None:
    assert walked(Filters(sort="code"), BOTH, 1) == sorted(visible_to(BOTH).values_list("code", flat=True))

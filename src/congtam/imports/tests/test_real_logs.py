"""The logs of real offices come in whole, with the counts others have published of them."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from congtam.foundation.public import console_actor
from congtam.imports.actions.reading import ImportOrder, ImportOutcome
from congtam.imports.actions.run_import import run_import
from congtam.imports.shipped import get_mapping
from congtam.imports.tests.files import dossiers

pytestmark = [pytest.mark.django_db, pytest.mark.real_data, pytest.mark.usefixtures("small_tree")]
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def load(real_data: Path, name: str, mapping: str, *, folder: Path) -> ImportOutcome:
    order = ImportOrder(
        path=real_data / "eventlogs" / name,
        name=name,
        mapping=get_mapping(mapping),
        unit_code="024",
        actor=console_actor(),
        import_key=f"test-{name}",
    )
    return run_import(order, refused_to=folder / "refused.csv")


def counts(outcome: ImportOutcome) -> tuple[int, ...]:
    return outcome.cases, outcome.events, outcome.new, outcome.changed, outcome.unchanged, outcome.refused


def _day(instant: datetime) -> date:
    return instant.astimezone(AMSTERDAM).date()


@pytest.mark.parametrize("name", ["receipt.csv", "receipt.xes.gz"])
def test_the_receipt_log(real_data: Path, tmp_path: Path, name: str) -> None:
    assert counts(load(real_data, name, "wabo-receipt", folder=tmp_path)) == (1434, 8577, 1434, 0, 0, 0)
    assert counts(load(real_data, name, "wabo-receipt", folder=tmp_path)) == (1434, 8577, 0, 0, 1434, 0)
    ended: list[Any] = list(dossiers().filter(finished_at__isnull=False).values_list("finished_at", "due_at"))
    assert len(ended) == 1329
    assert dossiers().finished_late().count() == 377
    assert sum(_day(finished) > _day(due) for finished, due in ended) == 309
    channels = dict.fromkeys(("online", "desk", "post", "email", "internal"), 0)
    for channel in dossiers().values_list("channel", flat=True):
        channels[channel] += 1
    assert list(channels.values()) == [1250, 109, 53, 21, 1]


def test_the_building_permits(real_data: Path, tmp_path: Path) -> None:
    outcome = load(real_data, "BPIC15_1.xes.gz", "bpic2015", folder=tmp_path)
    assert counts(outcome) == (1199, 52217, 1199, 0, 0, 0)
    assert outcome.problem_counts == {"due_before_received": 1}
    assert dossiers().filter(finished_at__isnull=False).count() == 956
    planned, due = _late("steps__planned_at"), _late("steps__due_at")
    assert (len(planned), sum(planned)) == (46204, 6297)
    assert (len(due), sum(due)) == (3340, 621)
    assert dossiers().filter(suspensions__isnull=False).exists()


def _late(limit: str) -> list[bool]:
    """For every step with such a limit, whether it was finished after it."""
    pairs = dossiers().filter(**{f"{limit}__isnull": False}).values_list("steps__finished_at", limit)
    return [finished > due for finished, due in pairs]


def test_the_travel_permits(real_data: Path, tmp_path: Path) -> None:
    outcome = load(real_data, "bpic2020_PermitLog.xes.gz", "bpic2020-permit", folder=tmp_path)
    assert counts(outcome) == (6426, 81092, 6426, 0, 0, 0)
    assert outcome.problem_counts == {}

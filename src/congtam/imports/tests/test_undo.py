"""An import leads to what came of it, and can be undone as a whole; figures published before stay readable."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from congtam.config.verify import verify
from congtam.dossiers.storing.public import UNDO_TIME
from congtam.foundation.public import clock, console_actor, drain_outbox
from congtam.imports.models import Import, ImportState
from congtam.imports.runs_cli import imports_command
from congtam.imports.tests.files import BY_EVENT, dossiers, trace, written, xes
from congtam.imports.tests.test_import import GOOD, HEADER, run
from congtam.indicators.public import figures, recount
from congtam.indicators.public import store as publish_figure
from congtam.kernel.periods import Period
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_tree", "warehouse_dir")]
CODE = "dossiers.received"
SignIn = Callable[[object], Client]


def store(folder: Path, name: str, rows: str) -> str:
    return str(run(folder, written(folder, name, HEADER + rows))[1]["import_key"])


def undo(key: str) -> tuple[int, str]:
    result = CliRunner().invoke(imports_command, ["undo", key, "--yes"])
    return result.exit_code, result.stderr


def test_new_dossiers_go_and_changed_ones_are_as_before(tmp_path: Path) -> None:
    first = store(tmp_path, "a.csv", GOOD + GOOD.replace("A,", "B,"))
    before = dossiers().get(code="A").row_digest
    second = store(tmp_path, "b.csv", GOOD.replace("2024-01-06", "2024-01-07") + GOOD.replace("A,", "C,"))
    code, said = undo(first)
    assert (code, second in said) == (1, True), "a later import changed one of its dossiers"
    assert undo(second)[0] == 0
    assert list(dossiers().order_by("code").values_list("code", "import_key")) == [("A", first), ("B", first)]
    assert dossiers().get(code="A").row_digest == before
    assert undo(first)[0] == 0
    assert not dossiers().exists()
    assert undo(first)[0] == 1, "once is enough"
    assert Import.objects.get(key=first).state == ImportState.UNDONE


def test_steps_come_back_in_their_order(tmp_path: Path) -> None:
    def log(*events: tuple[str, str]) -> Path:
        return written(tmp_path, "a.xes", xes(trace("A", *events)))

    run(tmp_path, log(("x", "2024-01-05"), ("y", "2024-01-06")), BY_EVENT)
    steps = list(dossiers().get().steps.values_list("sequence", "name", "finished_at"))
    changed = run(tmp_path, log(("z", "2024-01-05")), BY_EVENT)[1]
    assert dossiers().get().steps.count() == 1
    assert undo(changed["import_key"])[0] == 0
    assert list(dossiers().get().steps.values_list("sequence", "name", "finished_at")) == steps


def test_a_published_figure_stays_readable_and_counts_differently_from_now_on(tmp_path: Path) -> None:
    key = store(tmp_path, "a.csv", GOOD + GOOD.replace("A,", "B,"))
    drain_outbox()
    figure = figures([CODE], unit="024", period=Period.parse("2024-01"), to=console_actor())[CODE]
    assert figure.value == 2
    receipt = publish_figure(figure, actor=console_actor())
    assert undo(key)[0] == 0
    drain_outbox()
    again = recount(receipt, to=console_actor())
    assert (again.stored["numerator"], again.now.value) == (2, 0)
    assert again.changes is not None
    assert [code for change in again.changes.values() for code in change.removed][:2] == ["A", "B"]
    faults = verify()
    assert not any(faults.values()), faults


def test_the_page_leads_to_dossiers_and_figures_and_undoes(
    tmp_path: Path, cast: Cast, client_for: SignIn
) -> None:
    key = store(tmp_path, "a.csv", GOOD)
    other = store(tmp_path, "b.csv", GOOD.replace("A,", "Other-one,"))
    client, address = client_for(cast.clerk), reverse("imports:import_detail", args=[key])
    page = client.get(address).content.decode()
    listed = f"{reverse('dossiers:list')}?import_key={key}"
    assert listed in page
    assert f"{reverse('indicators:unit', args=['024'])}?period=2024-01" in page
    found = client.get(listed).content.decode()
    assert reverse("dossiers:detail", args=["A"]) in found
    assert reverse("dossiers:detail", args=["Other-one"]) not in found
    undo_address = reverse("imports:undo", args=[key])
    assert client_for(cast.outsider).post(undo_address).status_code == 404
    assert client_for(cast.observer).post(undo_address).status_code == 403
    assert client.get(undo_address).status_code == 405
    assert client.post(undo_address).status_code == 302
    assert list(dossiers().values_list("import_key", flat=True)) == [other]
    page = client.get(address).content.decode()
    assert undo_address not in page
    assert listed not in page


def test_what_later_imports_changed_is_named_on_the_page(
    tmp_path: Path, cast: Cast, client_for: SignIn
) -> None:
    first = store(tmp_path, "a.csv", GOOD)
    second = store(tmp_path, "b.csv", GOOD.replace("2024-01-06", "2024-01-07"))
    answer = client_for(cast.clerk).post(reverse("imports:undo", args=[first]))
    assert answer.status_code == 409
    assert second in answer.content.decode()
    assert dossiers().count() == 1


def test_an_old_import_can_no_longer_be_undone(tmp_path: Path) -> None:
    key = store(tmp_path, "a.csv", GOOD)
    Import.objects.update(finished_at=clock().now() - UNDO_TIME)
    assert undo(key)[0] == 1
    assert dossiers().exists()

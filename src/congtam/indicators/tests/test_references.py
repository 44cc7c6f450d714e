"""A reference to a figure resolves only for a unit and an indicator that exist, and that the reader may see."""

from __future__ import annotations

import pytest

from congtam.foundation.public import Actor, Grant, Role, console_actor
from congtam.foundation.references import Ref, resolve, resolve_many
from congtam.indicators.public import figure_ref

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_tree", "frozen_clock")]

EVERYWHERE = Actor(username="reader", name="R", grants=(Grant(role=Role.OBSERVER, unit_code="*"),))
OF_NOBODY = Actor(username="clerk", name="C", grants=(Grant(role=Role.CLERK, unit_code="X99"),))
FIGURE = figure_ref("dossiers.on_time_rate", "024", "2025-Q3")


def test_a_figure_resolves_to_its_page() -> None:
    resolved = resolve(FIGURE, to=console_actor())
    assert resolved is not None
    assert resolved.url == "/figures/dossiers.on_time_rate/024/?period=2025-Q3"
    assert resolved.label.count(" · ") == 2


@pytest.mark.parametrize(
    "reader", [console_actor(), EVERYWHERE, OF_NOBODY], ids=["console", "all", "its own"]
)
def test_a_figure_of_an_unregistered_unit_does_not_resolve(reader: Actor) -> None:
    assert resolve(figure_ref("dossiers.on_time_rate", "X99", "2025-Q3"), to=reader) is None


def test_what_names_no_figure_does_not_resolve() -> None:
    refs = [
        figure_ref("dossiers.no_such_indicator", "024", "2025-Q3"),
        figure_ref("dossiers.on_time_rate", "024", "2025-Q9"),
        figure_ref("dossiers.on_time_rate", "", "2025-Q3"),
        Ref("figure", "dossiers.on_time_rate@024"),
    ]
    assert resolve_many([*refs, FIGURE], to=console_actor()).keys() == {FIGURE}

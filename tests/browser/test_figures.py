"""The pages of figures on the demonstration province, as an inspector sees them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from congtam.foundation.public import Account
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.demonstration]
LOOKS = pytest.mark.parametrize(("width", "language"), [(390, "vi"), (1440, "en")], ids=["narrow", "english"])


@LOOKS
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("home", "/"),
        ("indicators", "/figures/"),
        ("unit-province", "/figures/unit/02/"),
        ("unit-city", "/figures/unit/024/?period=2024-Q3"),
        ("figure", "/figures/dossiers.on_time_rate/02/?period=2024"),
        ("unit-on-the-new-map", "/figures/unit/024/?period=2024&map=2025-07-01"),
        ("figure-of-others", "/figures/dossiers.finished_to_received/02/?period=2024"),
        ("figure-median", "/figures/dossiers.working_days_median/024/?period=2024-H1"),
    ],
)
def test_pages_of_figures(
    people: dict[str, Account],
    visit: Callable[..., Visitor],
    *,
    name: str,
    path: str,
    width: int,
    language: str,
) -> None:
    visitor = visit(people["kiemtra"], width=width, language=language)

    visitor.open(path)

    visitor.check_widths(name)

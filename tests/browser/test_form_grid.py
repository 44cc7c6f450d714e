"""A table of a form: a grid where there is room, cards where there is not, filled in from the keyboard alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from congtam.foundation.public import console_actor
from congtam.testing.birth_form import BIRTH, enter_birth
from congtam.testing.cast import Cast
from congtam.testing.units import enter_small_tree
from congtam.work_calendar.public import seed_calendar
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.needs("chromium")
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def desk(site: Site) -> Cast:
    """A small tree of units and registering a birth."""
    seed_calendar(console_actor())
    enter_small_tree()
    enter_birth()
    return site.cast


def open_table(visitor: Visitor) -> Page:
    """The receiving page with its form unfolded."""
    page = visitor.open(f"/dossiers/receive/?procedure_code={BIRTH}")
    page.keyboard.press("Alt+KeyT")
    expect(page.locator('[name="form.child_name"]')).to_be_focused()
    return page


def test_a_wide_page_shows_a_grid(desk: Cast, visit: Visit) -> None:
    visitor = visit(desk.clerk, width=1440)
    page = open_table(visitor)
    table = page.get_by_role("table").filter(has=page.locator(".ct-form-row"))
    for head in ("Họ và tên", "Nơi ở", "Ở đâu"):
        expect(table.get_by_role("columnheader", name=head)).to_be_visible()
    first = page.get_by_label("Họ và tên – Dòng 1")
    first.focus()
    page.get_by_role("button", name="Thêm dòng").press("Enter")
    second = page.get_by_label("Họ và tên – Dòng 2")
    expect(second).to_be_focused()
    page.keyboard.type("Vừ Thị Pà")
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(first).to_be_focused()
    page.keyboard.type("Vừ Mí Sính")
    page.keyboard.press("ArrowDown")
    expect(second).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("N")
    expect(page.get_by_label("Ở đâu – Dòng 2")).to_be_visible()
    expect(page.get_by_label("Ở đâu – Dòng 1")).to_be_hidden()
    top, below = first.bounding_box(), second.bounding_box()
    assert top
    assert below
    assert (top["x"], top["y"] + top["height"] <= below["y"]) == (below["x"], True)
    visitor.picture("form-grid")
    visitor.must_be_usable_by_all()
    page.get_by_role("button", name="Bỏ dòng 1").press("Enter")
    expect(page.locator(".ct-form-row")).to_have_count(1)
    expect(page.get_by_label("Họ và tên – Dòng 1")).to_have_value("Vừ Thị Pà")


def test_a_narrow_page_shows_a_card_for_each_row(desk: Cast, visit: Visit) -> None:
    visitor = visit(desk.clerk, width=390)
    page = open_table(visitor)
    expect(page.locator(".ct-grid > thead")).to_be_hidden()
    label = page.locator("label", has_text="Họ và tên – Dòng 1")
    expect(label).to_be_visible()
    box = label.bounding_box()
    assert box
    assert box["width"] > 40
    visitor.picture("form-cards")
    visitor.must_be_usable_by_all()

"""A clerk receives a second application of one person, and ends a dossier that was entered by mistake."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from congtam.dossiers.public import request_supplement
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor
from congtam.testing.units import enter_small_tree
from congtam.work_calendar.public import seed_calendar
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.timeout(240)]
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def open_code(site: Site) -> str:
    """An open dossier of a marriage, at the clerk's desk."""
    seed_calendar(console_actor())
    enter_small_tree()
    desk.enter_procedures()
    return desk.received(site.cast).code


@pytest.mark.parametrize(("width", "language"), [(390, "vi"), (1440, "en")])
def test_the_open_one_is_named_and_confirmed(
    *, open_code: str, site: Site, visit: Visit, width: int, language: str
) -> None:
    clerk = visit(site.cast.clerk, width=width, language=language)
    page = clerk.open(f"/dossiers/receive/?procedure_code={desk.MARRIAGE}", status=400)
    page.locator("#name").fill("Vừ Thị Mỷ")
    for position in (0, 1):
        page.locator(f"#tick-{position}").check()
    page.locator("button[value=receive]").click()
    expect(page.locator("#refused")).to_contain_text(open_code[:6])
    expect(page.locator("#duplicate")).to_be_visible()
    clerk.check_widths("second-application")
    page.locator("#duplicate").check()
    page.locator("button[value=receive]").click()
    expect(page.locator(".ct-slip-code")).to_be_visible()


def test_what_the_forms_ask_for(open_code: str, site: Site, visit: Visit) -> None:
    handled = desk.handled(site.cast)
    request_supplement(
        handled.code, missing=["Giấy xác nhận"], reason="Thiếu", actor=desk.part(site.cast, "officer")
    )
    clerk = visit(site.cast.clerk, width=390)
    for code, verb in (
        (open_code, "withdraw"),
        (open_code, "cancel_receipt"),
        (open_code, "attach"),
        (handled.code, "receive_supplement"),
    ):
        page = clerk.open(f"/dossiers/{code}/verbs/{verb}/")
        expect(page.locator("form.ct-act")).to_be_visible()
        clerk.check_widths(f"form-{verb}")
    expect(page.locator("input[name=ticked][value='1']")).to_be_checked()
    head = visit(site.cast.unit_head, width=390)
    head.open(f"/dossiers/{desk.at_approval(site.cast).code}/verbs/approve/")
    head.check_widths("form-approve")

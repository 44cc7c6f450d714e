"""A form that was filled in wrongly is corrected with a supplement: by the applicant's phone, or by the clerk."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from congtam.foundation.public import console_actor
from congtam.portal.tests.corrections.pages import asked_to_correct
from congtam.portal.tests.one_stop import Dossier, secret_of
from congtam.testing.birth_form import enter_birth
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


@pytest.fixture
def asked(desk: Cast) -> str:
    """A birth whose day is wrong; the applicant has been asked to correct it."""
    return str(asked_to_correct(desk).code)


def correct(page: Page, day: str) -> None:
    """Open the form, write another day, and a place that asks for more."""
    page.locator("details.ct-fold > summary").click()
    expect(page.get_by_label("Ngày sinh")).to_have_value("01/03/2026")
    page.get_by_label("Ngày sinh").fill(day)
    page.get_by_label("Tại nhà").check()
    expect(page.get_by_label("Người làm chứng")).to_be_visible()
    expect(page.get_by_label("Tên cơ sở y tế")).to_be_hidden()
    page.get_by_label("Người làm chứng").fill("Sùng Mí Pó")


def look_up(visitor: Visitor, code: str) -> Page:
    page = visitor.open("/public/lookup/")
    page.fill("input[name=code]", code)
    page.fill("input[name=secret]", secret_of(Dossier.objects.get(code=code)))
    with page.expect_navigation():
        page.locator("main button[type=submit]").click()
    return visitor.open(f"/public/dossier/{code}/supplement/", status=422)


def test_from_the_phone_to_the_desk(desk: Cast, visit: Visit, asked: str) -> None:
    visitor = visit(width=390)
    page = look_up(visitor, asked)
    correct(page, "30/2/2026")
    visitor.check_widths("portal-correct-form")
    page.get_by_role("button", name="Gửi", exact=True).last.click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Ngày sinh")).to_be_visible()
    visitor.check_widths("portal-correct-form-wrong")
    page.get_by_label("Ngày sinh").fill("28/2/2026")
    page.get_by_label("Ngày sinh").press("Enter")
    page.wait_for_url(f"**/public/dossier/{asked}/")
    staff = visit(desk.clerk)
    inbox = staff.open("/public/desk/supplements/")
    card = inbox.locator("section.ct-card", has=inbox.get_by_role("link", name=asked))
    for words in ("01/03/2026", "28/02/2026", "Sùng Mí Pó"):
        expect(card.get_by_text(words)).to_be_visible()
    staff.check_widths("desk-correction")
    with inbox.expect_navigation():
        card.get_by_role("button", name="Nhận vào hồ sơ").click()
    told = staff.open(f"/dossiers/{asked}/")
    expect(told.locator("del", has_text="01/03/2026")).to_be_visible()
    staff.check_widths("desk-corrected")


def test_the_clerk_corrects_it_at_the_counter(desk: Cast, visit: Visit, asked: str) -> None:
    staff = visit(desk.clerk)
    page = staff.open(f"/dossiers/{asked}/")
    page.locator('[hx-get$="/verbs/receive_supplement/"]').first.click()
    expect(page.locator("#act-place details.ct-fold")).to_be_visible()
    correct(page, "28/2/2026")
    staff.check_widths("desk-correct-form")
    page.get_by_label("Ngày sinh").press("Enter")
    expect(page.locator("ins", has_text="28/02/2026")).to_be_visible()
    expect(page.locator("del", has_text="Bệnh viện đa khoa tỉnh")).to_be_visible()

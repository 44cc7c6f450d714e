"""Money in a real browser: a fee is asked for, waived, taken at another counter; the till is compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from congtam.dossiers.public import accept, ask_payment, receive, withdraw
from congtam.dossiers.tests import desk
from congtam.foundation.public import actor_for, console_actor
from congtam.payments.public import enter_bank_account, fee_requests
from congtam.testing.doors.dossiers import confirm_payment
from congtam.testing.units import enter_small_tree
from congtam.work_calendar.public import seed_calendar
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.timeout(180)]
Visit = Callable[..., Visitor]
LOOKS = pytest.mark.parametrize(("width", "language"), [(390, "vi"), (1440, "en")])


@pytest.fixture(scope="module")
def waiting(site: Site) -> str:
    """A dossier that waits for a payment, others that paid in cash here for this unit and another."""
    seed_calendar(console_actor())
    enter_small_tree()
    desk.enter_procedures()
    enter_bank_account("024", bank_bin="970415", number="1133", holder="UBND", actor=console_actor())
    clerk = actor_for(site.cast.clerk)
    for unit in ("024", "024", "026"):
        asked = replace(desk.application(unit, procedure=desk.COPY), received_unit_code="024")
        confirm_payment(receive(asked, actor=clerk).code, way="cash", actor=clerk)
    gone = receive(desk.application(procedure=desk.COPY), actor=clerk).code
    withdraw(gone, reason="Không cần nữa", request=desk.REQUEST, actor=clerk)
    elsewhere = replace(desk.application("026", procedure=desk.COPY), received_unit_code="024")
    code = receive(elsewhere, actor=clerk).code
    accept(code, actor=console_actor())
    ask_payment(code, amount_dong=20_000, reason="Phí thẩm định", actor=console_actor())
    code = desk.handled(site.cast).code
    ask_payment(code, amount_dong=50_000, reason="Phí thẩm định", actor=actor_for(site.cast.officer))
    return code


@LOOKS
def test_the_pages_of_money(*, site: Site, waiting: str, visit: Visit, width: int, language: str) -> None:
    (fee,) = fee_requests([waiting], to=console_actor())
    visitor = visit(site.cast.clerk, width=width, language=language)
    for path, name in (
        ("/payments/", "payments"),
        (f"/payments/{fee.code}/", "payment"),
        ("/payments/cash/?counter=024", "cash"),
    ):
        visitor.open(path)
        visitor.check_widths(name)


@LOOKS
def test_a_wrong_number_is_told_and_confirmed(
    *, site: Site, waiting: str, visit: Visit, width: int, language: str
) -> None:
    visitor = visit(site.cast.clerk, width=width, language=language)
    page = visitor.open(f"/dossiers/receive/?procedure_code={desk.REGISTER}")
    page.fill("#name", f"Vừ Thị Mỷ {language} {width}")
    page.fill("#id-number", f"00219{width:04}{0 if language == 'vi' else 1}")
    visitor.expected_status = (200, 400)
    page.locator("button[value=receive]").click()
    box = page.locator("input[name=id_number_confirmed]")
    expect(box).to_be_visible()
    visitor.check_widths("identity-number")
    box.check()
    page.locator("button[value=receive]").click()
    page.wait_for_url("**/slip/**")


def test_who_asked_asks_no_longer(site: Site, waiting: str, visit: Visit) -> None:
    visitor = visit(site.cast.officer)
    page = visitor.open(f"/dossiers/{waiting}/")
    visitor.check_widths("awaiting-payment")
    page.get_by_role("link", name="Thôi yêu cầu nghĩa vụ tài chính").click()
    page.fill("#id_reason", "Hộ nghèo được miễn")
    visitor.picture("waive")
    visitor.must_be_usable_by_all()
    page.get_by_role("button", name="Thôi yêu cầu nghĩa vụ tài chính").click()
    expect(page.get_by_text("cơ quan thôi yêu cầu nghĩa vụ tài chính", exact=False).first).to_be_visible()
    visitor.picture("waived")
    visitor.must_be_usable_by_all()

"""A dossier's whole life in real browsers: clerk, officer, head of the unit, and the applicant with a telephone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import expect

from congtam.dossiers.tests import desk
from congtam.foundation.public import drain_outbox
from congtam.portal.tests.visitor import PDF
from congtam.testing.units import enter_small_tree
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.timeout(300)]
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def office(site: Site) -> Site:
    """A city with two procedures."""
    enter_small_tree()
    desk.enter_procedures()
    return site


@dataclass(frozen=True)
class Received:
    """What the slip tells."""

    code: str
    secret: str


def receive(clerk: Visitor) -> Received:
    page = clerk.open("/dossiers/receive/")
    clerk.must_be_usable_by_all()
    page.keyboard.type("ket hon", delay=15)
    expect(page.locator("#procedure-options [role=option]").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator(".ct-papers li")).to_have_count(2)
    page.locator("#name").fill("Vừ Thị Mỷ")
    page.locator("#phone").fill("0912345678")
    page.keyboard.press("Alt+a")
    clerk.picture("desk-receive")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/slip/")
    clerk.must_be_usable_by_all()
    clerk.picture("desk-slip")
    code = page.url.rstrip("/").split("/")[-2]
    secret = re.search(r"\b[2-9A-HJKMNP-TV-Z]{8}\b", page.locator("main").inner_text())
    assert secret
    return Received(code, secret.group())


def act(who: Visitor, code: str, verb: str, *, button: str, **fields: str) -> None:
    """Open the dossier, press the button of the verb, fill the form that opens in place, send it."""
    page = who.open(f"/dossiers/{code}/")
    link = page.get_by_role("link", name=button, exact=True)
    expect(link).to_have_attribute("href", re.compile(f"/verbs/{verb}/$"))
    link.click()
    form = page.locator("#act-place form")
    expect(form).to_be_visible()
    for name, value in fields.items():
        field = form.locator(f"[name={name}]").first
        if field.get_attribute("type") == "checkbox":
            field.check()
        elif field.get_attribute("type") == "file":
            field.set_input_files({"name": value, "mimeType": "application/pdf", "buffer": PDF})
        else:
            field.fill(value)
    who.picture(f"desk-{verb}")
    with page.expect_navigation():
        form.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".ct-message")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text(code)
    who.must_be_usable_by_all()


def test_from_receipt_to_rating(visit: Visit, office: Site) -> None:
    """The clerk works in Vietnamese, the officer and the head of the unit in English."""
    clerk = visit(office.cast.clerk)
    officer, head = (visit(one, language="en") for one in (office.cast.officer, office.cast.unit_head))
    received = receive(clerk)
    code = received.code
    act(clerk, code, "hand_over", button="Chuyển bước tiếp", note="gấp")
    act(officer, code, "accept", button="Accept")
    reason = "Giấy xác nhận đã quá 06 tháng"
    act(
        officer,
        code,
        "ask_supplement",
        button="Request a supplement",
        missing="",
        others="Căn cước",
        reason=reason,
    )
    citizen_sees(visit(width=390), received, reason)
    act(clerk, code, "receive_supplement", button="Nhận hồ sơ bổ sung")
    act(officer, code, "hand_over", button="Hand over")
    act(head, code, "accept", button="Accept")
    act(head, code, "approve", button="Approve", file="ket qua.pdf")
    act(head, code, "issue_result", button="Issue the result", summary="Trích lục kết hôn", number="12/TLKH")
    act(clerk, code, "return_result", button="Trả kết quả")
    expect(clerk.page.get_by_text("Hồ sơ đã kết thúc")).to_be_visible()
    clerk.picture("desk-dossier-returned")
    drain_outbox()
    rate(visit(width=390), received)


def citizen_sees(citizen: Visitor, received: Received, words: str) -> None:
    page = citizen.open("/public/lookup/")
    citizen.must_be_usable_by_all()
    page.locator("#code").fill(received.code)
    page.locator("#secret").fill(received.secret.lower())
    page.locator("main button[type=submit]").click()
    expect(page.locator("main")).to_contain_text(words)
    assert received.secret not in page.url
    citizen.must_be_usable_by_all()
    citizen.picture("portal-dossier")


def rate(citizen: Visitor, received: Received) -> None:
    citizen_sees(citizen, received, "12/TLKH")
    page = citizen.open(f"/public/dossier/{received.code}/rate/")
    citizen.must_be_usable_by_all()
    page.locator("input[name=overall][value=very_satisfied]").check()
    citizen.picture("portal-rate")
    page.locator("main form button[type=submit]").last.click()
    expect(page.get_by_role("status").first).to_be_visible()

"""A dossier whose parent ended without a result: its office reads so, and finds the reason filled in ahead."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from congtam.dossiers.handling.forms import PARENT_GONE
from congtam.dossiers.public import withdraw
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor, drain_outbox
from congtam.testing.doors.dossiers import open_linked
from congtam.testing.units import enter_small_tree
from congtam.work_calendar.public import seed_calendar
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.timeout(180)]
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def child(site: Site) -> str:
    """Opened in unit 026 for a dossier of unit 024 that was then withdrawn."""
    seed_calendar(console_actor())
    enter_small_tree()
    desk.enter_procedures()
    parent, officer = desk.handled(site.cast), desk.part(site.cast, "officer")
    code = open_linked(parent.code, procedure_code=desk.REGISTER, unit_code="026", actor=officer).code
    withdraw(parent.code, reason="Thôi", request=desk.REQUEST, actor=desk.part(site.cast, "clerk"))
    drain_outbox()
    return code


@pytest.mark.parametrize(("width", "language"), [(390, "vi"), (1440, "en")])
def test_its_office_reads_it_and_may_withdraw_it(
    *, child: str, site: Site, visit: Visit, width: int, language: str
) -> None:
    person = visit(site.cast.outsider, width=width, language=language)
    page = person.open("/dossiers/")
    expect(page.locator(".ct-badge-bad").first).to_be_visible()
    person.check_widths("linked-list")
    page = person.open(f"/dossiers/{child}/")
    expect(page.locator(".ct-move .ct-note.warn")).to_be_visible()
    person.check_widths("linked")
    page.locator(f'.ct-verbs a[href$="/{child}/verbs/withdraw/"]').click()
    expect(page.locator("#act-place textarea")).to_have_value(PARENT_GONE)

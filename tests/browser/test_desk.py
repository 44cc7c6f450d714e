"""A clerk at the desk, without the mouse; then the dossier goes from hand to hand through its pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from playwright.sync_api import Page, Route, expect

from congtam.dossiers.applicant.public import AttachedFile, file_online
from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor
from congtam.testing.units import enter_small_tree
from congtam.work_calendar.public import seed_calendar
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.timeout(180)]
KEYSTROKE_SECONDS = 0.2
"""A slow typist: five keys a second, Vietnamese tones and marks counted below."""
LOOK_SECONDS = 3.0
"""To look at the page and think, once for each field that is filled in."""
SCANS = tuple(
    AttachedFile(
        digest=str(position) * 64,
        name=f"{position}.pdf",
        media_type="application/pdf",
        size=9,
        position=position,
    )
    for position in (0, 1)
)
LATE_MILLISECONDS = 300
"""A list of procedures takes longer to come than the keys after it take to be typed."""
Visit = Callable[..., Visitor]
OPTIONS = "#procedure-options [role=option]"


@pytest.fixture(scope="module")
def place(site: Site) -> Site:
    """The small tree of units, two procedures, the cast."""
    seed_calendar(console_actor())
    enter_small_tree()
    desk.enter_procedures()
    return site


@dataclass
class Hands:
    """What a person types, counted as keys of a Telex keyboard: a mark or a tone is a key of its own."""

    page: Page
    keys: int = 0
    fields: int = field(default=0)

    def type(self, text: str) -> None:
        self.fields += 1
        self.keys += sum(1 + _marks(letter) for letter in text)
        self.page.keyboard.type(text, delay=15)

    def press(self, key: str) -> None:
        self.keys += 1 + key.count("+")
        self.page.keyboard.press(key)

    @property
    def seconds(self) -> float:
        return self.keys * KEYSTROKE_SECONDS + self.fields * LOOK_SECONDS


def _marks(letter: str) -> int:
    import unicodedata

    shift = letter.isupper()
    extra = sum(unicodedata.combining(part) > 0 for part in unicodedata.normalize("NFD", letter))
    return shift + extra + (letter in "đĐ")


def received(page: Page, hands: Hands, name: str = "Lầu Thị Mỷ") -> str:
    """Receive a simple dossier by keyboard; its code."""
    expect(page.locator("#procedure")).to_be_focused()
    hands.type("ket hon")
    expect(page.locator(OPTIONS).first).to_be_visible()
    hands.press("Enter")
    expect(page.locator("#name")).to_be_focused()
    hands.type(name)
    hands.press("Enter")
    hands.press("Enter")
    hands.type("0912345678")
    hands.press("Alt+a")
    hands.press("Control+Enter")
    page.wait_for_url("**/slip/")
    return page.locator(".ct-slip-code").inner_text()


def test_a_simple_dossier_is_received_without_the_mouse_in_under_forty_seconds(
    place: Site, visit: Visit
) -> None:
    visitor = visit(place.cast.clerk)
    page = visitor.open("/dossiers/receive/")
    box = page.locator("#procedure").bounding_box()
    assert box is not None
    assert box["width"] > 500, "headings stand above the fields, not beside them"
    hands = Hands(page)

    first = received(page, hands)

    assert hands.seconds < 40, f"{hands.keys} keys and {hands.fields} fields: {hands.seconds:.0f} s"
    visitor.picture("desk-slip")
    visitor.must_be_usable_by_all()
    page.keyboard.press("Enter")
    page.wait_for_url("**/receive/")
    assert received(page, Hands(page), "Giàng Thị Say") != first


def test_due_date_papers_and_fee_follow_the_procedure(place: Site, visit: Visit) -> None:
    visitor = visit(place.cast.clerk, language="en")
    page = visitor.open("/dossiers/receive/")
    page.keyboard.type("dang ky", delay=15)
    expect(page.locator(OPTIONS)).to_have_count(2)
    page.keyboard.press("ArrowDown")
    expect(page.locator(OPTIONS).nth(1)).to_have_attribute("aria-selected", "true")
    chosen = page.locator(OPTIONS).nth(1).inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".ct-due-at")).to_contain_text(":")
    expect(page.locator("#procedure")).to_have_value(chosen.split("\n")[1])
    visitor.picture("desk-receive")
    visitor.must_be_usable_by_all()


def test_what_is_refused_stays_on_the_page(place: Site, visit: Visit) -> None:
    visitor = visit(place.cast.clerk)
    page = visitor.open("/dossiers/receive/")
    visitor.expected_status = (200, 400)
    page.keyboard.type("ket hon", delay=15)
    page.keyboard.press("Enter")
    expect(page.locator(".ct-papers li")).to_have_count(2)
    page.keyboard.type("Lý A", delay=15)
    page.locator(".ct-papers input[type=file]").first.set_input_files(
        {"name": "to khai.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%\xe2\xe3\n"}
    )
    expect(page.locator(".ct-papers input[name=ticked]").first).to_be_checked()
    page.keyboard.press("Control+Enter")
    expect(page.locator("#refused")).to_be_focused()
    expect(page).to_have_title("Lỗi: Tiếp nhận hồ sơ · Công Tâm")
    expect(page.locator("#name")).to_have_value("Lý A")
    expect(page.get_by_label("to khai.pdf")).to_be_checked()
    visitor.picture("desk-refused")
    visitor.must_be_usable_by_all()
    page.keyboard.press("Alt+a")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/slip/")


def test_who_types_ahead_of_the_list_loses_no_letter(place: Site, visit: Visit) -> None:
    page = visit(place.cast.clerk).open("/dossiers/receive/")

    def slowly(route: Route) -> None:
        page.wait_for_timeout(LATE_MILLISECONDS)
        route.continue_()

    page.route("**/receive/procedures/**", slowly)
    for text, key in (
        ("ket hon", "Enter"),
        ("Sùng Thị Máy", "Enter"),
        ("", "Enter"),
        ("0912345678", "Alt+a"),
    ):
        page.keyboard.type(text, delay=5)
        page.keyboard.press(key)
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/slip/")
    expect(page.locator("main")).to_contain_text("Sùng Thị Máy")
    expect(page.locator("main")).to_contain_text("Đăng ký kết hôn")


def test_a_list_of_fewer_letters_chooses_nothing(place: Site, visit: Visit) -> None:
    visitor = visit(place.cast.clerk)
    page = visitor.open("/dossiers/receive/")
    page.keyboard.type("dang ky")
    expect(page.locator(OPTIONS)).to_have_count(2)
    page.keyboard.type(" qqq")
    page.keyboard.press("Enter")
    page.keyboard.type("Lý A")
    expect(page.locator("#procedure")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("#procedure")).to_have_value("dang ky qqq")
    expect(page.locator("#name")).to_have_value("Lý A")


def test_what_was_typed_is_not_left_without_a_question(place: Site, visit: Visit) -> None:
    visitor = visit(place.cast.clerk)
    page = visitor.open("/dossiers/receive/")
    page.locator("#name").press_sequentially("Lý A")
    visitor.open("/dossiers/work/")
    assert visitor.dialogs == ["beforeunload"]
    visitor.open("/dossiers/receive/")
    visitor.open("/dossiers/work/")
    assert visitor.dialogs == ["beforeunload"]


@pytest.mark.parametrize(("width", "language"), [(390, "vi"), (1440, "en")])
def test_every_page_of_the_desk(place: Site, visit: Visit, *, width: int, language: str) -> None:
    code = desk.handled(place.cast).code
    waiting = file_online(replace(desk.application(), channel="online", files=SCANS, papers=()))
    clerk = visit(place.cast.clerk, width=width, language=language)
    officer = visit(place.cast.officer, width=width, language=language)
    pages = {
        "desk-receive-chosen": (clerk, f"/dossiers/receive/?procedure_code={desk.MARRIAGE}"),
        "desk-filings": (clerk, "/dossiers/filings/"),
        "desk-filing": (clerk, f"/dossiers/filings/{waiting.code}/"),
        "desk-work": (clerk, "/dossiers/work/"),
        "desk-elsewhere": (clerk, "/dossiers/elsewhere/"),
        "desk-consultations": (officer, "/dossiers/consultations/"),
        "desk-dossier": (officer, f"/dossiers/{code}/"),
        "desk-slip-later": (clerk, f"/dossiers/{code}/slip/"),
        **{
            f"desk-{verb}": (officer, f"/dossiers/{code}/verbs/{verb}/")
            for verb in (
                "ask_supplement",
                "consult",
                "apologise",
                "refuse",
                "attach",
                "ask_payment",
                "hand_over",
            )
        },
    }
    for name, (visitor, path) in pages.items():
        visitor.open(path)
        visitor.check_widths(name)

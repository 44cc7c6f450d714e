"""The form of a procedure filled in with a phone, with scripts and without, and then read by the clerk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from congtam.foundation.public import console_actor
from congtam.portal.tests.visitor import PDF, WARD
from congtam.testing.birth_form import BIRTH, enter_birth
from congtam.testing.cast import Cast
from congtam.testing.units import enter_small_tree
from congtam.work_calendar.public import seed_calendar
from tests.browser.conftest import Site
from tests.browser.filing import begin, press, send
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


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scans") / "giay-chung-sinh.pdf"
    path.write_bytes(PDF)
    return path


def field(page: Page, name: str) -> None:
    """Bring a field into sight by its name in the form."""
    expect(page.locator(f'[name="form.{name}"]').first).to_be_visible()


def come_to_the_form(page: Page) -> float:
    """Through the office and the person; the moment it was begun."""
    begun = begin(page)
    page.get_by_label("Cơ quan giải quyết").select_option(WARD)
    press(page, "Tiếp tục")
    page.get_by_label("Họ và tên", exact=True).fill("Giàng Thị Say")
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    press(page, "Tiếp tục")
    return begun


def write_child(page: Page) -> None:
    """The first page of the form but for where the child was born."""
    page.get_by_label("Họ, chữ đệm, tên của trẻ").fill("Vừ Mí Dế")
    page.get_by_label("Nam", exact=True).check()
    page.get_by_label("Ngày sinh").fill("1/3/2026")


def write_parents(page: Page) -> None:
    """The second page: filled in ahead, a father once he is told of, two rows of which one goes again."""
    expect(page.get_by_label("Họ, chữ đệm, tên người mẹ")).to_have_value("Giàng Thị Say")
    page.get_by_label("Năm sinh người mẹ").fill("1999")
    page.get_by_label("Khai thông tin người cha").check()
    page.get_by_label("Họ, chữ đệm, tên người cha").fill("Vừ Mí Chá")
    rows = page.locator(".ct-form-row")
    rows.nth(0).get_by_label("Họ và tên").fill("Vừ Mí Sính")
    rows.nth(0).get_by_label("Nơi ở").select_option("khac")
    rows.nth(0).get_by_label("Ở đâu").fill("Mèo Vạc")


def finish(visitor: Visitor, scan: Path, begun: float) -> str:
    """From the papers to the code of the filing."""
    page = visitor.page
    expect(page.get_by_text("Điền trực tuyến")).to_be_visible()
    page.get_by_label("Giấy chứng sinh").set_input_files(scan)
    visitor.picture("portal-form-papers")
    press(page, "Tiếp tục")
    page.get_by_label("Nhận tệp trên trang này").check()
    press(page, "Tiếp tục")
    visitor.picture("portal-form-check")
    visitor.must_be_usable_by_all()
    send(page, begun)
    visitor.must_be_usable_by_all()
    return page.locator(".pt-code").first.inner_text()


def write_first_page(visitor: Visitor) -> None:
    """What an answer asks for comes and goes at once; what is missing is told, with the way to it."""
    page = visitor.page
    write_child(page)
    expect(page.get_by_label("Tên cơ sở y tế")).to_be_hidden()
    page.get_by_label("Tại nhà").check()
    field(page, "witness")
    expect(page.locator("[data-form-status]")).to_contain_text("Người làm chứng")
    page.get_by_label("Cơ sở y tế", exact=True).check()
    expect(page.get_by_label("Người làm chứng")).to_be_hidden()
    visitor.picture("portal-form-1")
    visitor.must_be_usable_by_all()
    press(page, "Tiếp tục")
    expect(page.locator("[data-form-wrong]")).to_be_focused()
    visitor.picture("portal-form-wrong")
    visitor.must_be_usable_by_all()
    page.get_by_role("link", name="Tên cơ sở y tế").click()
    page.keyboard.type("Bệnh viện đa khoa tỉnh")
    press(page, "Tiếp tục")


def add_and_drop_a_row(page: Page) -> None:
    """Rows come and go without a new page, and the focus goes with them."""
    rows = page.locator(".ct-form-row")
    page.get_by_role("button", name="Thêm dòng").click()
    expect(rows.nth(1).get_by_label("Họ và tên")).to_be_focused()
    rows.nth(1).get_by_role("button", name="Bỏ dòng").click()
    expect(rows).to_have_count(1)


def test_a_birth_from_the_phone_to_the_desk(desk: Cast, visit: Visit, scan: Path) -> None:
    visitor = visit(width=390)
    page = visitor.open(f"/public/file/{BIRTH}/", status=422)
    begun = come_to_the_form(page)
    write_first_page(visitor)
    write_parents(page)
    add_and_drop_a_row(page)
    visitor.picture("portal-form-2")
    visitor.must_be_usable_by_all()
    press(page, "Tiếp tục")
    code = finish(visitor, scan, begun)
    take_in(visit(desk.clerk), code)
    visitor.open(f"/public/dossier/{code}/")
    page.get_by_text("Nội dung ông/bà đã khai").click()
    expect(page.get_by_text("Mèo Vạc")).to_be_visible()
    visitor.picture("portal-form-own-answers")


def take_in(staff: Visitor, code: str) -> None:
    """The clerk reads it by heading, takes it in and prints it."""
    page = staff.open(f"/dossiers/filings/{code}/")
    for words in ("Thông tin cha, mẹ", "Bệnh viện đa khoa tỉnh", "01/03/2026", "Mèo Vạc", "điền trực tuyến"):
        expect(page.get_by_text(words).first).to_be_visible()
    staff.picture("desk-filing-form")
    staff.must_be_usable_by_all()
    press(page, "Tiếp nhận và cấp mã hồ sơ")
    dossier = page.url.rstrip("/").split("/")[-2]
    page = staff.open(f"/dossiers/{dossier}/")
    expect(page.get_by_text("Bệnh viện đa khoa tỉnh")).to_be_visible()
    staff.picture("desk-detail-form")
    staff.must_be_usable_by_all()
    for extension in ("pdf", "docx"):
        answer = page.request.get(f"{staff.address}/reports/dossiers/{dossier}/application.{extension}")
        assert answer.status == 200


def test_without_scripts_the_page_comes_back_with_more(desk: Cast, chromium: Browser, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(f"{site.address}/public/file/{BIRTH}/")
    come_to_the_form(page)
    write_child(page)
    page.get_by_label("Cơ sở y tế", exact=True).check()
    press(page, "Tiếp tục")
    expect(page.get_by_role("alert")).to_contain_text("cần khai thêm trên trang này: Tên cơ sở y tế")
    page.get_by_label("Tên cơ sở y tế").fill("Bệnh viện đa khoa tỉnh")
    press(page, "Tiếp tục")
    rows = page.locator(".ct-form-row")
    rows.nth(0).get_by_label("Họ và tên").fill("Vừ Mí Sính")
    page.get_by_role("button", name="Thêm dòng").click()
    rows.nth(1).get_by_label("Họ và tên").fill("Vừ Thị Pà")
    page.get_by_label("Năm sinh người mẹ").fill("1999")
    rows.nth(0).get_by_role("button", name="Bỏ dòng").click()
    expect(rows).to_have_count(1)
    expect(rows.nth(0).get_by_label("Họ và tên")).to_have_value("Vừ Thị Pà")
    expect(page.get_by_label("Năm sinh người mẹ")).to_have_value("1999")
    context.close()


@pytest.mark.parametrize(("width", "language"), [(390, "vi"), (1440, "en")])
def test_the_clerk_fills_the_form_in_at_the_desk(
    desk: Cast, visit: Visit, *, width: int, language: str
) -> None:
    staff = visit(desk.clerk, width=width, language=language)
    page = staff.open(f"/dossiers/receive/?procedure_code={BIRTH}")
    fold = page.locator("#form-fold")
    assert fold.get_attribute("open") is None
    page.locator("#name").fill("Giàng Thị Say")
    page.keyboard.press("Alt+KeyT")
    expect(page.locator('[name="form.child_name"]')).to_be_focused()
    page.locator('[name="form.born_at"][value="tai_nha"]').check()
    expect(page.locator('[name="form.witness"]')).to_be_visible()
    staff.check_widths("desk-receive-form")

"""The portal as a person without an account meets it: files online with a phone, looks up, sends papers in, rates."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from congtam.dossiers.public import (
    accept,
    approve,
    hand_over,
    issue_result,
    request_supplement,
    return_result,
)
from congtam.dossiers.tests.desk import RESULT
from congtam.foundation.public import actor_for, console_actor
from congtam.portal.tests import one_stop
from congtam.portal.tests.visitor import PDF, WARD
from congtam.testing.cast import Cast
from congtam.testing.doors.dossiers import accept_filing
from congtam.testing.units import enter_small_tree
from congtam.work_calendar.public import seed_calendar
from tests.browser.conftest import Site
from tests.browser.filing import begin, press, send
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.needs("chromium")
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def desk(site: Site) -> Cast:
    """A small tree of units and one procedure."""
    seed_calendar(console_actor())
    enter_small_tree()
    one_stop.enter_procedures()
    return site.cast


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scans") / "to-khai.pdf"
    path.write_bytes(PDF)
    return path


@pytest.mark.parametrize(("width", "language"), [(390, "vi"), (1440, "en")])
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("portal-home", "/public/"),
        ("portal-lookup", "/public/lookup/"),
        ("portal-procedures", "/public/procedures/?q=ket+hon"),
        ("portal-procedure", f"/public/procedures/{one_stop.MARRIAGE}/"),
        ("portal-file", f"/public/file/{one_stop.MARRIAGE}/"),
    ],
)
def test_page(desk: Cast, visit: Visit, *, name: str, path: str, width: int, language: str) -> None:
    visitor = visit(width=width, language=language)
    visitor.open(path)
    visitor.check_widths(name)


def file_online(visitor: Visitor, scan: Path) -> tuple[str, str]:
    """Go through all six pages; the codes on the last one."""
    page = visitor.open(f"/public/file/{one_stop.MARRIAGE}/")
    begun = begin(page)
    visitor.must_be_usable_by_all()
    page.get_by_label("Cơ quan giải quyết").select_option(WARD)
    press(page, "Tiếp tục")
    page.get_by_label("Họ và tên", exact=True).fill("Giàng Thị Say")
    page.get_by_label("Số điện thoại").fill("0912 345 678")
    visitor.must_be_usable_by_all()
    press(page, "Tiếp tục")
    page.get_by_label("Nội dung đề nghị giải quyết").fill("Xin đăng ký kết hôn")
    press(page, "Tiếp tục")
    for paper in ("Tờ khai", "Giấy xác nhận"):
        page.get_by_label(paper).set_input_files(scan)
    press(page, "Tải lên")
    visitor.picture("portal-papers")
    visitor.must_be_usable_by_all()
    press(page, "Tiếp tục")
    page.get_by_label("Nhận tệp trên trang này").check()
    press(page, "Tiếp tục")
    visitor.picture("portal-check")
    visitor.must_be_usable_by_all()
    send(page, begun)
    visitor.picture("portal-sent")
    visitor.must_be_usable_by_all()
    codes = page.locator(".pt-code").all_inner_texts()
    return codes[0], codes[1]


def look_up(visitor: Visitor, code: str, secret: str) -> Page:
    page = visitor.open("/public/lookup/")
    page.get_by_label("Mã hồ sơ").fill(code)
    page.get_by_label("Mã tra cứu").fill(secret)
    press(page, "Tra cứu")
    return page


def send_in(visitor: Visitor, scan: Path) -> None:
    """From the page of the dossier to the papers that were asked for."""
    page = visitor.page
    page.get_by_role("link", name="Gửi giấy tờ tại đây").click()
    page.get_by_label("Tệp của ông/bà").set_input_files(scan)
    visitor.must_be_usable_by_all()
    press(page, "Gửi")
    expect(page.get_by_text("cơ quan đang xem xét").first).to_be_visible()


def rate(visitor: Visitor) -> None:
    """From the page of the dossier to the thanks."""
    page = visitor.page
    page.get_by_role("link", name="Đánh giá").click()
    page.get_by_label("rất hài lòng").check()
    visitor.picture("portal-rate")
    visitor.must_be_usable_by_all()
    press(page, "Gửi")
    expect(page.get_by_text("Xin cảm ơn")).to_be_visible()


def finish(code: str, desk: Cast) -> None:
    """What the office does from the supplement to the return."""
    clerk, officer, head = (actor_for(each) for each in (desk.clerk, desk.officer, desk.unit_head))
    hand_over(code, actor=officer)
    accept(code, actor=head)
    approve(code, file=RESULT, actor=head)
    issue_result(code, summary="Giấy chứng nhận kết hôn", number="12/2026", actor=head)
    return_result(code, way="desk", receiver="Giàng Thị Say", actor=clerk)


def test_from_a_phone_to_the_result(desk: Cast, visit: Visit, scan: Path) -> None:
    clerk, officer = actor_for(desk.clerk), actor_for(desk.officer)
    visitor = visit(width=390)
    filing, secret = file_online(visitor, scan)
    code = accept_filing(filing, actor=clerk).code
    hand_over(code, actor=clerk)
    accept(code, actor=officer)
    request_supplement(code, missing=["Căn cước của hai bên"], reason="Ảnh mờ", actor=officer)
    look_up(visitor, code, secret)
    visitor.picture("portal-supplement-asked")
    visitor.must_be_usable_by_all()
    send_in(visitor, scan)

    staff = visit(desk.clerk)
    staff.open("/public/desk/supplements/")
    staff.picture("portal-supplements")
    staff.must_be_usable_by_all()
    press(staff.page, "Nhận vào hồ sơ")
    finish(code, desk)

    visitor.open(f"/public/dossier/{code}/")
    visitor.picture("portal-returned")
    visitor.must_be_usable_by_all()
    rate(visitor)
    staff.open("/public/desk/ratings/")
    staff.picture("portal-ratings")
    staff.must_be_usable_by_all()


def test_a_wrong_secret_is_told_without_a_hint(desk: Cast, visit: Visit) -> None:
    visitor = visit(width=390)
    visitor.open("/public/lookup/", status=422)
    visitor.page.get_by_label("Mã hồ sơ").fill("024-260302-0001")
    visitor.page.get_by_label("Mã tra cứu").fill("SAISAISA")
    press(visitor.page, "Tra cứu")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Không có hồ sơ nào khớp")
    visitor.picture("portal-lookup-wrong")
    visitor.must_be_usable_by_all()

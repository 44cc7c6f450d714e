"""The main way through the product, by mouse and keyboard: sign in, unit, figure, rows, dossier, inspection, report."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Download, Page, expect

from congtam.demonstration.public import accounts
from congtam.foundation.public import Account
from congtam.testing.doors.demonstration import SignIn
from tests.browser.visitor import Visitor

pytestmark = [pytest.mark.needs("chromium"), pytest.mark.demonstration, pytest.mark.timeout(300)]


@pytest.fixture
def inspector(people: dict[str, Account]) -> SignIn:
    return next(each for each in accounts() if each.username == "kiemtra")


def sign_in(page: Page, who: SignIn) -> None:
    page.get_by_label("Tên đăng nhập").fill(who.username)
    page.get_by_label("Mật khẩu").fill(who.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Trang chủ")).to_be_visible()


def download(page: Page, link: str) -> Path:
    with page.expect_download(timeout=120_000) as waiting:
        page.get_by_role("link", name=link).click()
    got: Download = waiting.value
    return Path(got.path())


def test_a_figure_opens_down_to_the_dossier(visit: Callable[..., Visitor], inspector: SignIn) -> None:
    visitor = visit()
    page = visitor.open("/")
    sign_in(page, inspector)

    page.get_by_role("link", name="Tỉnh Hà Giang", exact=True).first.click()
    page.get_by_role("link", name="Tỷ lệ hồ sơ giải quyết đúng hạn, trước hạn").first.click()
    visitor.wait_for_charts()
    parts = page.locator("#figure-rows .ct-tabs")
    expect(parts.get_by_role("link", name="Quá hạn")).to_have_attribute("aria-current", "true")
    late = page.locator("#figure-rows tbody a").first
    code = late.inner_text()
    late.click()

    expect(page.get_by_role("heading", level=1)).to_contain_text(code)
    expect(page.get_by_text("Quá hạn").first).to_be_visible()


def test_an_inspection_ends_in_a_report(visit: Callable[..., Visitor], people: dict[str, Account]) -> None:
    visitor = visit(people["kiemtra"])
    page = visitor.open("/figures/unit/024/?period=2024")

    page.get_by_role("link", name="Chuẩn bị kiểm tra").click()
    page.get_by_role("button", name="Chuẩn bị").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Thành phố Hà Giang", timeout=60_000)
    visitor.wait_for_charts()
    visitor.picture("inspection-pack")
    visitor.must_be_usable_by_all()

    assert zipfile.ZipFile(download(page, "Báo cáo (.docx)")).testzip() is None
    assert download(page, "Báo cáo (PDF)").read_bytes().startswith(b"%PDF-")


def test_period_and_map_stay_chosen_from_page_to_page(
    visit: Callable[..., Visitor], people: dict[str, Account]
) -> None:
    visitor = visit(people["kiemtra"])
    page = visitor.open("/figures/unit/02/")

    page.get_by_label("Kỳ", exact=True).select_option("2024-Q2")
    page.wait_for_url("**period=2024-Q2**")
    page.get_by_role("link", name="Huyện Mèo Vạc").first.click()

    assert "period=2024-Q2" in page.url
    expect(page.get_by_label("Kỳ", exact=True)).to_have_value("2024-Q2")

"""A passkey and an app on the phone, in a real browser with a virtual authenticator, under the content policy."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from congtam.sign_in.tests.conftest import totp
from congtam.testing.cast import PASSWORD
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.needs("chromium")
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_in(visitor: Visitor, username: str) -> None:
    page = visitor.open("/accounts/login/")
    page.get_by_label("Tên đăng nhập").fill(username)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập", exact=True).click()


def test_a_passkey_is_made_and_signs_in_without_a_password(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit()
    page, tools = visitor.page, visitor.window.tools
    tools.send("WebAuthn.enable")
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    sign_in(visitor, "clerk")
    visitor.open("/accounts/second-step/")
    visitor.check_widths("second-step")
    page.get_by_role("link", name="Thêm khóa truy cập").click()
    visitor.check_widths("passkey-add")
    page.get_by_label("Tên khóa truy cập").fill("Máy tính cơ quan")
    page.get_by_role("button", name="Tạo khóa truy cập").click()
    expect(page.get_by_role("heading", name="Mã khôi phục")).to_be_visible()
    visitor.check_widths("recovery-codes")
    visitor.open("/accounts/sign-ins/")
    visitor.check_widths("my-sign-ins")
    page.context.clear_cookies(name="sessionid")

    visitor.open("/accounts/login/")
    visitor.check_widths("sign-in-with-passkey")
    page.get_by_role("button", name="Đăng nhập bằng khóa truy cập").click()
    expect(page.locator(".ct-header")).to_contain_text("Clerk")
    tools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": made["authenticatorId"]})
    tools.send("WebAuthn.disable")


def test_who_decides_sets_up_an_app_before_anything_else(site: Site, visit: Callable[..., Visitor]) -> None:
    visitor = visit(width=390)
    page = visitor.page
    sign_in(visitor, "administrator")
    expect(page.get_by_role("heading", name="Bước xác thực thứ hai", level=1)).to_be_visible()
    page.get_by_role("link", name="Thiết lập ứng dụng").click()
    visitor.check_widths("app-set-up")
    page.get_by_text("Không quét được?").click()
    key = page.locator(".si-key").inner_text()
    page.get_by_label("Mã trong ứng dụng").fill(totp(key))
    page.get_by_role("button", name="Hoàn tất thiết lập").click()
    expect(page.locator(".si-codes li")).to_have_count(10)
    codes = page.locator(".si-codes li").all_inner_texts()
    visitor.open("/administration/sign-ins/?account=administrator")
    visitor.check_widths("sign-ins")
    visitor.open("/administration/sign-in-rules/")
    visitor.check_widths("sign-in-rules")
    page.context.clear_cookies(name="sessionid")

    sign_in(visitor, "administrator")
    expect(page).to_have_url(re.compile("/accounts/second-step/authenticate/"))
    visitor.check_widths("second-step-code")
    page.get_by_label("Mã trong ứng dụng, hoặc mã khôi phục").fill(codes[0])
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    expect(page.locator(".ct-header")).to_contain_text("Administrator")

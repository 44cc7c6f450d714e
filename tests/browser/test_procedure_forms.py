"""An electronic form made in a browser, tried as the citizen meets it, and put into force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from playwright.sync_api import expect

from congtam.foundation.public import console_actor
from congtam.procedures.public import CataloguePaper, Content, desk_procedure, enter_procedure_list
from congtam.testing.cast import Cast
from congtam.testing.units import enter_small_tree
from tests.browser.conftest import Site
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.needs("chromium")
CODE = "1.001193"


@pytest.fixture(scope="module")
def cast(site: Site) -> Cast:
    """A procedure without a form."""
    enter_small_tree()
    content = Content(name="Đăng ký khai sinh", papers=(CataloguePaper(name="Tờ khai", originals=1),))
    enter_procedure_list(
        {CODE: content},
        valid_from=date(2025, 1, 1),
        source="test",
        actor=console_actor(),
    )
    return site.cast


def _add(visitor: Visitor, button: str, **typed: str) -> None:
    visitor.page.get_by_role("button", name=button, exact=True).click()
    for name, text in typed.items():
        box = visitor.page.locator(f"#field-{name}")
        if name == "kind":
            box.select_option(text)
        else:
            box.fill(text)


def test_a_form_is_made_tried_and_put_into_force(cast: Cast, visit: Callable[..., Visitor]) -> None:
    visitor = visit(cast.reform_officer)
    page = visitor.open(f"/procedures/{CODE}/edit/form/")
    _add(
        visitor,
        "Thêm trường",
        label="Sinh ra ở đâu",
        kind="choice",
        options="co_so | Tại cơ sở y tế\ntai_nha | Tại nhà",
    )
    _add(visitor, "Thêm trường sau trường này", label="Tên cơ sở y tế", shown_when="sinh_ra_o_dau = co_so")
    visitor.check_widths("procedure-form-open")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Điền thử như người nộp").click()
    trial = opened.value
    expect(trial.get_by_label("Tên cơ sở y tế")).to_be_hidden()
    trial.get_by_label("Tại cơ sở y tế").check()
    expect(trial.get_by_label("Tên cơ sở y tế")).to_be_visible()
    trial.get_by_role("button", name="Kiểm tra nội dung khai").click()
    expect(trial.get_by_role("alert")).to_contain_text("Hãy điền “Tên cơ sở y tế”.")
    trial.get_by_label("Tên cơ sở y tế").fill("Bệnh viện Đa khoa")
    trial.get_by_role("button", name="Kiểm tra nội dung khai").click()
    expect(trial.get_by_text("Nội dung khai đã đầy đủ")).to_be_visible()
    trial.close()
    page.get_by_label("Tờ khai", exact=True).check()
    page.get_by_label("Căn cứ (quyết định, văn bản)").fill("QĐ 12/QĐ-UBND")
    page.get_by_role("button", name="Lưu thành phiên bản mới").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Đăng ký khai sinh")
    found = desk_procedure(CODE, date(2100, 1, 1))
    assert found is not None
    assert [field.name for field in found.form_fields] == ["sinh_ra_o_dau", "ten_co_so_y_te"]
    assert found.papers[0].filled_online

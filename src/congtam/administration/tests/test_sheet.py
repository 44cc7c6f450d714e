"""Many accounts from a file: problems by row, refused rows to mend, nothing before the confirmation."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from congtam.foundation.public import Account
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
SHEET = "/administration/accounts/sheet/"
HEADER = ["Tên đăng nhập", "Họ và tên", "Chức vụ", "Thư điện tử", "Vai trò", "Đơn vị", "Từ ngày", "Đến ngày"]
LAN = [
    "lan.nt",
    "Nguyễn Thị Lan",
    "Công chức",
    "lan@example.vn",
    "Công chức bộ phận một cửa",
    "00691",
    "",
    "",
]


def workbook(*rows: list[Any], header: list[str] = HEADER) -> SimpleUploadedFile:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content)
    sheet = book.add_worksheet()
    for at, row in enumerate([header, *rows]):
        sheet.write_row(at, 0, row)
    book.close()
    return SimpleUploadedFile("danh-sach.xlsx", content.getvalue())


def send(client: Client, file: SimpleUploadedFile) -> Any:
    return client.post(SHEET, {"file": file})


def confirm(client: Client, checked: Any) -> Any:
    digest = re.search(r'name="digest" value="([0-9a-f]{64})"', checked.content.decode())
    assert digest
    return client.post(f"{SHEET}confirm/", {"digest": digest[1]})


def clerk_row(**changes: str) -> list[str]:
    """The row of Lan, and what a test changes."""
    return list((dict(zip(HEADER, LAN, strict=True)) | changes).values())


def test_good_rows_are_opened_when_confirmed(administrator: Client) -> None:
    second = clerk_row(**{"Vai trò": "officer", "Đơn vị": "Phường Trần Phú"})
    mai = clerk_row(**{"Tên đăng nhập": "mai.lt", "Họ và tên": "Lê Thị Mai", "Thư điện tử": ""})
    checked = send(administrator, workbook(clerk_row(), second, mai))
    assert "2 accounts can be opened" in checked.content.decode()
    assert not Account.objects.filter(username="lan.nt").exists()

    opened = confirm(administrator, checked)
    passwords = re.findall(r'class="ad-password">([^<]+)<', opened.content.decode())
    assert len(passwords) == 2
    assert Client().login(username="lan.nt", password=passwords[0])
    held = Account.objects.get(username="lan.nt").role_grants.values_list("role", "unit_code")
    assert sorted(held) == [("clerk", "00691"), ("officer", "00691")]
    again = confirm(administrator, checked)
    assert again.status_code == 404


def test_each_problem_is_told_with_its_row_and_column(administrator: Client) -> None:
    checked = send(
        administrator,
        workbook(
            clerk_row(),
            clerk_row(**{"Tên đăng nhập": "clerk"}),
            clerk_row(
                **{"Tên đăng nhập": "hoa.tt", "Vai trò": "thủ kho", "Thư điện tử": "hoa@", "Đơn vị": "691"}
            ),
            clerk_row(**{"Tên đăng nhập": "minh.vv", "Từ ngày": "30/02/2026"}),
        ),
    ).content.decode()
    assert "1 account can be opened" in checked
    assert "3 rows refused" in checked
    for text in (
        "There already is an account",
        "is not a role",
        "is not an e-mail",
        "There is no unit",
        "not a date",
    ):
        assert text in checked
    places = re.findall(r"row (\d+)\s*· column ([^<]+)<", checked)
    assert ("3", "Tên đăng nhập") in places
    assert {("4", "Vai trò"), ("4", "Thư điện tử"), ("4", "Đơn vị"), ("5", "Từ ngày")} <= set(places)


def test_refused_rows_come_back_as_a_file_to_mend(administrator: Client) -> None:
    checked = send(
        administrator, workbook(clerk_row(), clerk_row(**{"Tên đăng nhập": "hoa.tt", "Đơn vị": "691"}))
    )
    url = re.search(r'href="([^"]+/refused/[^"]+)"', checked.content.decode())
    assert url
    refused = b"".join(administrator.get(url[1]).streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert refused.splitlines()[0].endswith("Problem (Công Tâm)")
    assert "hoa.tt" in refused
    assert "lan.nt" not in refused

    mended = SimpleUploadedFile("mended.csv", refused.replace(",691,", ",00691,").encode())
    opened = confirm(administrator, send(administrator, mended))
    assert opened.status_code == 200
    assert Account.objects.filter(username="hoa.tt").exists()


def test_one_refused_row_takes_the_other_rows_of_the_account_with_it(administrator: Client) -> None:
    checked = send(administrator, workbook(clerk_row(), clerk_row(**{"Vai trò": "thủ kho"}))).content.decode()
    assert "can be opened" not in checked
    assert "Another row of “lan.nt” has a problem" in checked


def test_a_head_gives_no_more_by_a_file_than_by_the_page(head: Client) -> None:
    inspector = clerk_row(**{"Tên đăng nhập": "hoa.tt", "Vai trò": "inspector"})
    elsewhere = clerk_row(**{"Tên đăng nhập": "minh.vv", "Đơn vị": "026"})
    checked = send(head, workbook(clerk_row(), inspector, elsewhere))
    assert "2 rows refused" in checked.content.decode()
    confirm(head, checked)
    assert set(
        Account.objects.filter(username__in=["lan.nt", "hoa.tt", "minh.vv"]).values_list("username")
    ) == {("lan.nt",)}


def test_a_file_is_confirmed_and_read_by_its_sender_only(administrator: Client, head: Client) -> None:
    checked = send(
        administrator, workbook(clerk_row(), clerk_row(**{"Tên đăng nhập": "hoa.tt", "Đơn vị": "691"}))
    )
    assert confirm(head, checked).status_code == 404
    url = re.search(r'href="([^"]+/refused/[^"]+)"', checked.content.decode())
    assert url
    assert head.get(url[1]).status_code == 404


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (workbook(["a"], header=["Họ và tên"]), "lacks these columns"),
        (workbook(), "no rows"),
        (SimpleUploadedFile("a.xlsx", b"not a workbook"), "does not match"),
        (SimpleUploadedFile("a.pdf", b"%PDF"), "only these file types"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(
    administrator: Client, file: SimpleUploadedFile, says: str
) -> None:
    file.seek(0)
    page = send(administrator, file)
    assert (page.status_code, says in page.content.decode()) == (400, True)


def test_the_template_is_read_back(administrator: Client, cast: Cast, tmp_path: Path) -> None:
    template = administrator.get(f"{SHEET}template/")
    content = b"".join(template.streaming_content)  # type: ignore[attr-defined]
    path = tmp_path / "template.xlsx"
    path.write_bytes(content)
    assert CalamineWorkbook.from_path(path).sheet_names == ["Accounts", "Roles"]
    checked = send(administrator, SimpleUploadedFile("template.xlsx", content))
    assert "1 account can be opened" in checked.content.decode()

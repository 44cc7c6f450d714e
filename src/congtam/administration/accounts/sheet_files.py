"""The file of many accounts between check and confirmation (tệp danh sách tài khoản)."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from congtam.administration.accounts.opening import OpenedAccount, open_accounts
from congtam.administration.accounts.sheet import COLUMNS, MOST_BYTES, CheckedSheet, check_sheet
from congtam.foundation.files import (
    FileLimits,
    declare_file_kind,
    forget_file,
    own_file_name,
    store_file,
    stored_path,
)
from congtam.foundation.public import Actor, declare_references
from congtam.foundation.role_names import ROLES
from congtam.kernel.spreadsheets import INERT_OPTIONS
from congtam.tabular.refused_rows import refusals

SHEET_KIND: Final = "accounts_sheet"
REFUSED_KIND: Final = "accounts_refused"
_NOTHING_REFERS: Final = "SELECT NULL::text WHERE false"
_EXAMPLE: Final = (
    "lan.nt",
    "Nguyễn Thị Lan",
    "Công chức một cửa",
    "lan.nt@example.vn",
    "",
    "00691",
    "01/01/2026",
)


@dataclass(frozen=True, kw_only=True)
class SentSheet:
    """A file that was checked, and where its refused rows can be read."""

    digest: str
    checked: CheckedSheet
    refused_digest: str = ""


def declare_sheet_files() -> None:
    """Say what such files are; nothing refers to them, so the night removes what was never confirmed."""
    declare_file_kind(SHEET_KIND, FileLimits(size=MOST_BYTES, endings=(".xlsx", ".csv")))
    declare_file_kind(REFUSED_KIND, FileLimits(size=4 * MOST_BYTES, endings=(".csv",), is_uploaded=False))
    for kind in (SHEET_KIND, REFUSED_KIND):
        declare_references(kind, _NOTHING_REFERS)


def send_sheet(content: BinaryIO, *, name: str, actor: Actor) -> SentSheet:
    """Keep a file and check it; raises InputRefused for a fault of the whole file, FileRefused for its kind."""
    stored = store_file(
        content, name=name, media_type="application/octet-stream", kind=SHEET_KIND, actor=actor
    )
    return _check_sent_sheet(stored.digest, name=name, actor=actor)


def confirm_sheet(digest: str, *, actor: Actor) -> tuple[list[OpenedAccount], SentSheet]:
    """Open the accounts of a file that the actor sent; it is checked once more, and forgotten then."""
    name = own_file_name(digest, kind=SHEET_KIND, stored_by=actor.username)
    sent = _check_sent_sheet(digest, name=name, actor=actor)
    opened = open_accounts(sent.checked.orders, actor=actor)
    forget_file(digest, kind=SHEET_KIND, stored_by=actor.username)
    return opened, sent


def refused_rows_path(digest: str, *, actor: Actor) -> Path:
    """Where the refused rows of a file that the actor sent lie, as .csv in the columns of the file."""
    own_file_name(digest, kind=REFUSED_KIND, stored_by=actor.username)
    return stored_path(digest)


def write_template(path: Path) -> None:
    """An empty file with the headings in the reader's language, one example, and the roles on a second sheet."""
    book = xlsxwriter.Workbook(str(path), {"tmpdir": str(path.parent), **INERT_OPTIONS})
    bold, plain = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    sheet, roles = book.add_worksheet(_("Accounts")), book.add_worksheet(_("Roles"))
    is_vietnamese = (get_language() or "vi").startswith("vi")
    for at, (vietnamese, english) in enumerate(COLUMNS.values()):
        sheet.set_column(at, at, 22, plain)
        sheet.write_string(0, at, vietnamese if is_vietnamese else english, bold)
    first_role = str(next(iter(ROLES.values())))
    for at, text in enumerate(_EXAMPLE):
        sheet.write_string(1, at, text or first_role, plain)
    roles.set_column(0, 1, 28)
    for row, (role, name) in enumerate(ROLES.items()):
        roles.write_string(row, 0, str(name))
        roles.write_string(row, 1, role.value)
    book.close()


def _check_sent_sheet(digest: str, *, name: str, actor: Actor) -> SentSheet:
    with refusals() as refused:
        checked = check_sheet(stored_path(digest), name=name, actor=actor, refusals=refused)
        if not checked.refused:
            return SentSheet(digest=digest, checked=checked)
        with tempfile.TemporaryDirectory(prefix="congtam-accounts-") as folder:
            path = Path(folder) / "refused.csv"
            refused.write(path, columns=checked.columns, delimiter=checked.delimiter)
            stored = store_file(
                path.read_bytes(), name="refused.csv", media_type="text/csv", kind=REFUSED_KIND, actor=actor
            )
    return SentSheet(digest=digest, checked=checked, refused_digest=stored.digest)

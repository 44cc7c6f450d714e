"""`congtam verify` finds what was changed behind the program, says so in words, and ends with exit code 1."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection
from django.utils import translation

from congtam.config.tests.installation import code_at_desk, enter_received, enter_steps, enter_stored
from congtam.config.verify import verify_command
from congtam.foundation.public import Account, console_actor, record
from congtam.payments.public import request_fee
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, copy_folder, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
@prepared(enter_stored, at=FROZEN)
def stored(small_tree: None, django_db_setup: Path, warehouse_dir: Path) -> Path:
    """What `enter_stored` enters, and the folder of its files."""
    copy_folder(django_db_setup, warehouse_dir)
    return warehouse_dir


def change(statement: str) -> None:
    """Do what only somebody with the database in hand can do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")


def found(part: str, *also: str) -> list[dict[str, Any]]:
    """The faults of one part; there are none in others than those named."""
    answer = CliRunner().invoke(verify_command, ["--json"])
    faults = json.loads(answer.stdout)
    assert answer.exit_code == (1 if any(faults.values()) else 0)
    assert not [other for other, listed in faults.items() if listed and other not in {part, *also}]
    return list(faults[part])


def test_an_untouched_installation_holds(stored: Path) -> None:
    assert found("dossiers") == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_dossier SET finished_at = received_at, state = 'finished' WHERE code = 'H-1'",
        "UPDATE dossiers_dossier SET applicant = 'Ai Khác' WHERE code = 'H-1'",
        "UPDATE dossiers_step SET name = 'x' FROM dossiers_dossier d WHERE d.id = dossier_id AND d.code = 'H-1'",
        "DELETE FROM dossiers_suspension USING dossiers_dossier d WHERE d.id = dossier_id AND d.code = 'H-1'",
    ],
)
def test_a_dossier_changed_behind_the_program(stored: Path, statement: str) -> None:
    change(statement)
    assert [fault["subject"] for fault in found("dossiers", "warehouse")] == ["H-1"]


def test_a_line_that_nobody_can_read_hides_nothing_else(stored: Path) -> None:
    Account.objects.create(username="lan")
    change("UPDATE dossiers_dossier SET applicant = 'Ai Khác' WHERE code = 'H-1'")
    change("UPDATE foundation_auditentry SET text = 'x' WHERE key LIKE 'foundation_account/%'")
    faults = found("rows", "ledger", "dossiers", "warehouse")
    assert [fault["fault"].split(":")[0] for fault in faults] == ["it could not be checked to its end"]
    assert [fault["subject"] for fault in found("dossiers", "rows", "ledger", "warehouse")] == ["H-1"]


@pytest.mark.parametrize(
    ("change_of", "fault"),
    [
        ("key = 'x'", "the ledger has no record"),
        ("content = content || '{\"value\": 1}'", "its content differs"),
        ("unit_code = '026'", "its content differs"),
    ],
)
def test_a_receipt_changed_behind_the_program(stored: Path, change_of: str, fault: str) -> None:
    one = "WHERE id = (SELECT min(id) FROM indicators_storedreceipt)"
    assert found("receipts") == []
    change(f"UPDATE indicators_storedreceipt SET {change_of} {one}")  # noqa: S608 - constants
    (only,) = found("receipts")
    assert only["fault"].startswith(fault)


def test_a_dossier_removed_behind_the_program(stored: Path) -> None:
    change("DELETE FROM dossiers_dossier WHERE code = 'H-2'")
    faults = {(fault["subject"], fault["fault"]) for fault in found("warehouse")}
    gone = ("dossiers H-2", "dossier_steps H-2#1", "suspensions H-2#1")
    assert faults == {(f"{subject} (2025-03)", "not in the database") for subject in gone}


@pytest.mark.parametrize(
    ("column", "fault"),
    [
        ("actor = 'nobody'", "its columns differ from the sealed text"),
        ("text = replace(text, 'console', 'nobody')", "content changed after it was written"),
    ],
)
def test_a_line_of_the_ledger_changed_behind_the_program(stored: Path, column: str, fault: str) -> None:
    change(f"UPDATE foundation_auditentry SET {column} WHERE verb = 'dossiers.stored'")  # noqa: S608
    assert fault in {one["fault"] for one in found("ledger")}


def test_a_stored_file_that_changed(stored: Path) -> None:
    (path,) = [
        path for path in (stored / "files").rglob("*") if path.is_file() and path.read_bytes() == b"a,b"
    ]
    path.write_bytes(b"a,c")
    assert [one["fault"] for one in found("files")] == ["content changed"]


def test_people_read_their_language_and_programs_english(stored: Path) -> None:
    change("UPDATE foundation_auditentry SET actor = 'nobody' WHERE verb = 'dossiers.stored'")
    with translation.override("vi"):
        printed = CliRunner().invoke(verify_command).output
        assert "its columns differ from the sealed text" in {one["fault"] for one in found("ledger")}
    assert "Nhật ký                  1 lỗi" in printed
    assert "các cột khác với nội dung đã niêm phong. Nhật ký đã bị sửa ngoài chương trình" in printed
    assert "Kho dữ liệu              đạt" in printed


def test_a_pack_changed_behind_the_program(stored: Path) -> None:
    change("UPDATE inspections_inspectionpack SET content = jsonb_set(content, '{synthetic}', 'true')")
    assert len(found("packs")) == 1


@pytest.mark.parametrize("damage", ["lost", "cut"])
def test_a_file_of_the_warehouse_that_is_lost_or_damaged(stored: Path, damage: str) -> None:
    for path in (stored / "warehouse" / "dossiers").rglob("*.parquet"):
        path.unlink() if damage == "lost" else path.write_bytes(path.read_bytes()[:40])
    (fault,) = found("warehouse")
    assert "congtam warehouse rebuild --fact dossiers" in fault["advice"]


@pytest.fixture
@prepared(enter_received, at=FROZEN)
def received(stored: Path) -> str:
    """The dossier of `enter_received`."""
    return code_at_desk()


def test_a_clock_line_that_was_changed_is_found(received: str) -> None:
    change("UPDATE dossiers_clockline SET at = at - interval '9 days'")
    (fault,) = found("clock", "desks", "warehouse")
    assert fault["subject"] == received


@pytest.fixture
@prepared(enter_steps, at=FROZEN)
def on_its_way(received: str) -> str:
    """The dossier after the steps of `enter_steps`."""
    assert found("desks") == []
    return received


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dossiers_clockline SET note = 'x' WHERE sequence = 1",
        "UPDATE dossiers_clockline SET actor = 'nobody' WHERE sequence = 2",
        "UPDATE dossiers_clockline SET recorded_at = recorded_at - interval '1 day' WHERE sequence = 2",
        'UPDATE dossiers_letter SET content = content || \'{"reason": "khác"}\'',
        "UPDATE dossiers_letter SET issued_at = issued_at - interval '1 day'",
        'UPDATE dossiers_letter SET answer = \'{"text": "Sai"}\' WHERE sequence = 2',
        "DELETE FROM dossiers_letter WHERE sequence = 2",
        "UPDATE dossiers_paper SET digest = repeat('1', 64)",
        "UPDATE dossiers_paper SET name = 'khác.pdf'",
        "DELETE FROM dossiers_paper",
        "UPDATE dossiers_paper SET dossier_id = (SELECT id FROM dossiers_dossier WHERE code = 'H-1')",
        "UPDATE dossiers_party SET name = 'Ai Khác', name_key = 'ai khac'",
        "UPDATE dossiers_deskrecord SET holder = 'nobody'",
        "UPDATE dossiers_deskrecord SET decided_at = now(), decided_by = 'nobody'",
        'UPDATE dossiers_deskrecord SET result = \'{"number": "1"}\'',
        "UPDATE dossiers_deskrecord SET lookup_secret = 'AAAAAAAA'",
        "UPDATE dossiers_deskrecord SET limit_value = 30, legal = '[]'",
    ],
)
def test_what_the_desk_keeps_is_sealed(on_its_way: str, statement: str) -> None:
    change(statement)
    assert [fault["subject"] for fault in found("desks", "clock", "warehouse")] == [on_its_way]


def test_a_digest_that_was_changed_with_the_dossier_is_not_the_one_in_the_ledger(on_its_way: str) -> None:
    """Who knows how the digest is made can make a new one; the ledger keeps the one before."""
    change("UPDATE dossiers_dossier SET row_digest = repeat('0', 64) WHERE source = 'desk'")
    (fault,) = found("desks", "dossiers", "warehouse")
    assert fault["fault"] == "its content differs from the last ledger entry"


def test_a_line_of_the_ledger_cut_off_at_its_end_is_found(on_its_way: str) -> None:
    newest = "SELECT max(id) FROM foundation_auditentry WHERE kind = 'dossier'"
    change(f"DELETE FROM foundation_auditentry WHERE id = ({newest})")  # noqa: S608
    assert [fault["subject"] for fault in found("desks", "ledger")] == [on_its_way]


def test_a_dossier_put_in_or_taken_out_behind_the_program(on_its_way: str) -> None:
    change(f"UPDATE dossiers_dossier SET code = 'H-9' WHERE code = '{on_its_way}'")  # noqa: S608
    subjects = {fault["subject"] for fault in found("desks", "dossiers", "warehouse")}
    assert subjects == {"H-9", on_its_way}


def test_a_fee_that_was_made_paid_is_found(received: str, cast: Cast) -> None:
    asked = request_fee(
        dossier_code=received, unit_code="024", amount_dong=5, reason="", actor=console_actor()
    )
    change("UPDATE payments_feerequest SET state = 'paid', settled_at = now()")
    assert {fault["subject"] for fault in found("payments")} == {asked, received}


@pytest.mark.parametrize(
    ("statement", "subject", "fault"),
    [
        (
            "DELETE FROM foundation_auditentry WHERE stream = 'thing@024'",
            "thing@024",
            "the whole stream is gone",
        ),
        (
            "DELETE FROM foundation_auditentry WHERE stream = 'thing@024' AND position > 1",
            "thing@024",
            "lines 2 to 3 were cut off",
        ),
        (
            """UPDATE foundation_auditentry SET text = replace(text, 'tested', 'denied'), verb = 'denied',
            hash = encode(sha256(convert_to(previous_hash || chr(10) || replace(text, 'tested', 'denied'), 'UTF8')),
            'hex') WHERE stream = 'thing@024' AND position = 3""",
            "thing@024",
            "lines among 1 to 3 were rewritten",
        ),
    ],
    ids=["a stream deleted", "its end cut off", "lines rewritten and rehashed"],
)
@pytest.mark.usefixtures("small_tree", "warehouse_dir")
def test_a_ledger_that_holds_together_but_is_another_one(statement: str, subject: str, fault: str) -> None:
    for number in range(3):
        record(console_actor(), "tested", kind="thing", key=str(number), unit_code="024")
    assert found("ledger") == []
    change(statement)
    (only,) = found("ledger")
    assert (only["subject"], only["fault"][: len(fault)]) == (subject, fault)


@pytest.mark.usefixtures("small_tree", "warehouse_dir")
def test_an_administrator_made_by_one_insert(cast: Cast) -> None:
    assert found("rows") == []
    change(
        "INSERT INTO foundation_rolegrant (account_id, role, unit_code, valid, note)"
        " SELECT id, 'administrator', '*', '[2020-01-01,)', '' FROM foundation_account WHERE username = 'clerk'"
    )
    (only,) = found("rows")
    assert f"administrator@* of {cast.clerk.username}" in only["subject"]

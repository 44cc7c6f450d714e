"""Anchors: the four ways to rewrite a ledger that holds together, each found and named."""

from __future__ import annotations

import base64
import hashlib
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import connection

from congtam.foundation import audit
from congtam.foundation.anchors import anchor_ledger, read_anchors
from congtam.foundation.ledger_cli import ledger_command
from congtam.foundation.models import AuditEntry
from congtam.foundation.public import console_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anchored(warehouse_dir: Path) -> Path:
    """Two streams with three and two lines, anchored twice; the anchor file."""
    write("thing", "024", 2)
    assert anchor_ledger() == []
    write("thing", "024", 1)
    write("other", "", 2)
    assert anchor_ledger() == []
    return warehouse_dir / "anchors" / "ledger.txt"


def write(kind: str, unit: str, count: int) -> None:
    for number in range(count):
        audit.record(console_actor(), "tested", kind=kind, key=str(number), unit_code=unit)


def tamper(*statements: str) -> dict[str, str]:
    """Do what only somebody with the database in hand can do; what is found then, by stream."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE foundation_auditentry DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("ALTER TABLE foundation_auditentry ENABLE TRIGGER USER")
    size = read_anchors()[-1].size
    faults = {fault.code: fault.fault for fault in anchor_ledger()}
    assert read_anchors()[-1].size == size, "what does not agree is not anchored"
    return faults


def rehash(stream: str) -> None:
    """Chain a stream anew, as the program would have."""
    previous = "0" * 64
    for row in AuditEntry.objects.filter(stream=stream).order_by("position"):
        sealed = hashlib.sha256(f"{previous}\n{row.text}".encode()).hexdigest()
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE foundation_auditentry SET previous_hash = %s, hash = %s WHERE id = %s",
                [previous, sealed, row.pk],
            )
        previous = sealed


def test_a_whole_stream_is_deleted() -> None:
    faults = tamper("DELETE FROM foundation_auditentry WHERE stream = 'other'")
    assert list(audit.find_breaks()) == [], "the chains alone do not show it"
    assert list(faults) == ["other"]
    assert "the whole stream is gone: 2 lines" in faults["other"]


def test_the_last_lines_are_cut_off() -> None:
    faults = tamper("DELETE FROM foundation_auditentry WHERE stream = 'thing@024' AND position >= 2")
    assert list(audit.find_breaks()) == []
    assert list(faults) == ["thing@024"]
    assert "lines 2 to 2 were cut off" in faults["thing@024"]


def test_lines_are_rewritten_and_rehashed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE foundation_auditentry DISABLE TRIGGER USER")
        cursor.execute(
            'UPDATE foundation_auditentry SET key = \'9\', text = replace(text, \'"key":"0"\', \'"key":"9"\')'
            " WHERE stream = 'thing@024' AND position = 3"
        )
    rehash("thing@024")
    faults = tamper()
    assert list(audit.find_breaks()) == []
    assert list(faults) == ["thing@024"]
    assert "lines among 3 to 3 were rewritten" in faults["thing@024"]


def test_the_order_of_the_tree_is_changed() -> None:
    faults = tamper(
        "UPDATE foundation_ledgerleaf SET position = -position WHERE position IN (1, 2)",
        "UPDATE foundation_ledgerleaf SET position = 3 + position WHERE position < 0",
    )
    assert "the order of its lines" in faults["tree"]


def test_the_tree_is_emptied_and_filled_again() -> None:
    """What is anchored is every line, whatever the table of the tree says."""
    faults = tamper(
        "DELETE FROM foundation_auditentry WHERE stream = 'other'", "TRUNCATE foundation_ledgerleaf"
    )
    assert list(faults) == ["other"]


def test_the_file_is_gone(anchored: Path) -> None:
    anchored.unlink()
    assert [fault.code for fault in anchor_ledger()] == ["ledger.txt"]


def test_the_file_is_damaged(anchored: Path) -> None:
    anchored.write_text(anchored.read_text()[:-90])
    assert [fault.code for fault in anchor_ledger()] == ["ledger.txt"]


def test_the_file_only_grows_and_is_private(anchored: Path) -> None:
    before = anchored.read_bytes()
    write("thing", "024", 1)
    assert anchor_ledger() == []
    assert anchored.read_bytes().startswith(before)
    assert stat.S_IMODE(anchored.stat().st_mode) == 0o600
    assert stat.S_IMODE(anchored.parent.stat().st_mode) == 0o700


def test_nothing_new_is_anchored_once() -> None:
    anchor_ledger()
    count = len(read_anchors())
    assert anchor_ledger() == []
    assert len(read_anchors()) == count


def test_a_line_that_was_committed_late_comes_with_the_next_anchor() -> None:
    """Its number is lower than that of lines anchored before: it was written before them and committed after."""
    write("late", "", 1)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE foundation_auditentry DISABLE TRIGGER USER")
        cursor.execute("UPDATE foundation_auditentry SET id = -1 WHERE stream = 'late'")
    assert anchor_ledger() == []
    assert read_anchors()[-1].heads[-1].stream in {"late", "ledger"}


def test_anybody_can_check_a_proof() -> None:
    """With the program of docs/security.md: the standard library and nothing of ours."""
    write("dossier", "024", 1)
    printed = CliRunner().invoke(ledger_command, ["prove", "0", "--kind", "thing"])
    assert printed.exit_code == 0, printed.output
    document = json.loads(printed.stdout)
    assert len(document["lines"]) == 2
    assert all(check(line, document["anchor"]) for line in document["lines"])
    assert base64.b64encode(bytes.fromhex(document["anchor"]["root"])).decode() in printed_anchors()
    document["lines"][0]["text"] = document["lines"][0]["text"].replace("tested", "denied")
    assert not check(document["lines"][0], document["anchor"])


def check(line: dict[str, Any], anchor: dict[str, Any]) -> bool:
    """As docs/security.md prints it."""
    sealed = hashlib.sha256(f"{line['previous_hash']}\n{line['text']}".encode()).hexdigest()
    leaf = f"{line['stream']}\n{line['position']}\n{sealed}".encode()
    root, node, last = hashlib.sha256(b"\0" + leaf).digest(), line["index"], anchor["size"] - 1
    for part in map(bytes.fromhex, line["proof"]):
        if node % 2 or node == last:
            root = hashlib.sha256(b"\1" + part + root).digest()
            while node and node % 2 == 0:
                node, last = node // 2, last // 2
        else:
            root = hashlib.sha256(b"\1" + root + part).digest()
        node, last = node // 2, last // 2
    return last == 0 and bool(root.hex() == anchor["root"])


def printed_anchors() -> str:
    return CliRunner().invoke(ledger_command, ["anchors"]).stdout


def test_after_a_restored_backup_a_new_file_begins(anchored: Path) -> None:
    assert tamper("DELETE FROM foundation_auditentry WHERE stream = 'other'")
    begun = CliRunner().invoke(ledger_command, ["begin-anew", "--yes"])
    assert begun.exit_code == 0, begun.output
    assert anchor_ledger() == []
    assert len(list(anchored.parent.iterdir())) == 2
    assert AuditEntry.objects.filter(verb="ledger.anchors_begun", text__contains='"size":').exists()

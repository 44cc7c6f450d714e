"""Messages of commits say what was done and why."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tools.checks.commits import check, faults


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ("Add " + "x" * 70 + "\n\nWhy.", "the subject has 74 characters"),
        ("Telling of a fault\n\nWhy.", "begin with a plain verb"),
        ("Fix the count of rows", "say in the body why"),
    ],
)
def test_a_message_that_says_too_little_is_reported(message: str, fault: str) -> None:
    (reported,) = faults(message)
    assert reported.startswith(fault)


def test_only_commits_since_the_rule_are_read(tmp_path: Path) -> None:
    def git(*arguments: str) -> str:
        command = ["git", "-c", "user.name=A", "-c", "user.email=a@example.vn", *arguments]
        return subprocess.run(
            command, cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout.strip()

    git("init", "-q")
    git("commit", "-q", "--allow-empty", "-m", "old ways")
    since = git("rev-parse", "HEAD")
    git("commit", "-q", "--allow-empty", "-m", "Fix it\n\nIt was wrong.")
    assert list(check(tmp_path, since)) == []
    git("commit", "-q", "--allow-empty", "-m", "wip")
    assert [finding.text for finding in check(tmp_path, since)] == [
        "begin with a plain verb (Add, Fix, Rename …), not “wip”",
        "say in the body why",
    ]

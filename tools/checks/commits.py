"""Read the messages of commits: a short subject that begins with a plain verb, and a body that says why."""

from __future__ import annotations

import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tools.checks.findings import ROOT, Finding, report

LONGEST: Final = 72
VERBS: Final = frozenset(
    [
        "Add",
        "Accept",
        "Allow",
        "Apply",
        "Ask",
        "Bound",
        "Build",
        "Carry",
        "Change",
        "Check",
        "Clean",
        "Compare",
        "Compute",
        "Convert",
        "Copy",
        "Correct",
        "Count",
        "Cover",
        "Declare",
        "Describe",
        "Divide",
        "Document",
        "Draw",
        "Drop",
        "Enforce",
        "Expect",
        "Explain",
        "Export",
        "Extend",
        "Fix",
        "Follow",
        "Format",
        "Freeze",
        "Give",
        "Group",
        "Guard",
        "Handle",
        "Hide",
        "Hold",
        "Import",
        "Improve",
        "Include",
        "Install",
        "Join",
        "Keep",
        "Limit",
        "Link",
        "List",
        "Load",
        "Lock",
        "Log",
        "Make",
        "Mark",
        "Measure",
        "Merge",
        "Move",
        "Name",
        "Narrow",
        "Note",
        "Notify",
        "Offer",
        "Open",
        "Order",
        "Parse",
        "Pin",
        "Point",
        "Prepare",
        "Prevent",
        "Print",
        "Protect",
        "Publish",
        "Put",
        "Raise",
        "Read",
        "Rebuild",
        "Record",
        "Recover",
        "Reduce",
        "Refuse",
        "Register",
        "Reject",
        "Release",
        "Remove",
        "Rename",
        "Render",
        "Reorder",
        "Repair",
        "Replace",
        "Report",
        "Require",
        "Reset",
        "Resolve",
        "Restore",
        "Retry",
        "Return",
        "Reuse",
        "Review",
        "Revert",
        "Rewrite",
        "Round",
        "Run",
        "Sample",
        "Save",
        "Say",
        "Scale",
        "Score",
        "Search",
        "Send",
        "Separate",
        "Serialize",
        "Serve",
        "Set",
        "Share",
        "Show",
        "Sign",
        "Simplify",
        "Skip",
        "Sort",
        "Speed",
        "Split",
        "Start",
        "State",
        "Stop",
        "Store",
        "Stream",
        "Supervise",
        "Support",
        "Take",
        "Teach",
        "Test",
        "Track",
        "Translate",
        "Turn",
        "Type",
        "Unify",
        "Update",
        "Upgrade",
        "Use",
        "Validate",
        "Verify",
        "Warn",
        "Wrap",
        "Write",
    ]
)


def faults(message: str) -> Iterator[str]:
    """What is wrong with a message.

    >>> list(faults("Telling of a fault"))
    ['begin with a plain verb (Add, Fix, Rename …), not “Telling”', 'say in the body why']
    """
    subject, _, body = message.strip().partition("\n")
    if len(subject) > LONGEST:
        yield f"the subject has {len(subject)} characters; at most {LONGEST}"
    verb = subject.partition(" ")[0]
    if verb not in VERBS:
        yield f"begin with a plain verb (Add, Fix, Rename …), not “{verb}”"
    if not body.strip():
        yield "say in the body why"


def messages(root: Path, since: str) -> list[tuple[str, str]]:
    """Hash and message of the commits since one of them, merges left out; none where that one is not here."""
    listing = subprocess.run(
        ["git", "log", "--no-merges", "-z", "--format=%h%n%B", f"{since}..HEAD"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    entries = (entry.partition("\n") for entry in listing.stdout.split("\0") if entry)
    return [(key, message) for key, _, message in entries]


def check(root: Path, since: str) -> Iterator[Finding]:
    """Every commit since the one from which on the rule holds."""
    for key, message in messages(root, since):
        yield from (Finding(f"commit {key}", 1, fault) for fault in faults(message))


def main() -> int:
    """Check the messages."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return report(check(ROOT, settings["tool"]["commits"]["since"]))


if __name__ == "__main__":
    raise SystemExit(main())

"""Run the checks that read every room's sources, so that they are parsed once."""

from __future__ import annotations

from tools.checks import door_names, upward_names
from tools.checks.findings import ROOT, report


def main() -> int:
    """Look at the doors, and at what is named in text."""
    return report([*door_names.check(ROOT), *upward_names.check(ROOT)])


if __name__ == "__main__":
    raise SystemExit(main())

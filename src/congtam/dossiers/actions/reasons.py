"""Reasons people must give (lý do)."""

from __future__ import annotations

from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.vietnamese import nfc

LONGEST = 4000


def said(text: str, *, column: str = "reason") -> str:
    """The text in composed Unicode; raises InputRefused when nothing is said or far too much."""
    kept = nfc(text).strip()
    if not kept:
        message = msgid("Give a reason.")
        raise InputRefused([Problem(code="reason_missing", message=message, column=column)])
    if len(kept) > LONGEST:
        message = msgid("This text is longer than {count} characters.")
        data = {"count": LONGEST}
        raise InputRefused([Problem(code="text_too_long", message=message, data=data, column=column)])
    return kept

"""What people write about a dossier (lý do, ghi chú): composed, of bearable length, of signs that can be stored."""

from __future__ import annotations

from typing import Final

from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.kernel.input.texts import is_storable
from congtam.kernel.vietnamese import nfc

LONGEST: Final = 4000


def require_text(text: str, *, column: str = "reason") -> str:
    """A text that must be there; raises InputRefused when nothing is said."""
    cleaned = clean_text(text, column=column)
    if not cleaned:
        message = msgid("Enter a reason.") if column == "reason" else msgid("Fill in this field.")
        raise InputRefused([Problem(code=f"{column}_missing", message=message, column=column)])
    return cleaned


def clean_text(text: str, *, column: str = "note", longest: int = LONGEST) -> str:
    """A text that may be empty; raises InputRefused when it is far too long or holds a sign no column stores."""
    cleaned = nfc(text).strip()
    if len(cleaned) > longest:
        message, data = msgid("This text is longer than {count} characters."), {"count": longest}
        raise InputRefused([Problem(code="text_too_long", message=message, data=data, column=column)])
    if not is_storable(cleaned):
        message = msgid("The text contains a character that cannot be stored. Enter it again.")
        raise InputRefused([Problem(code="text_unprintable", message=message, column=column)])
    return cleaned

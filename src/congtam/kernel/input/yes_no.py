"""Yes and no as people and files write them (có, không)."""

from __future__ import annotations

from typing import Final

from congtam.kernel.errors import msgid
from congtam.kernel.input.malformed import InputMalformed
from congtam.kernel.input.texts import compact
from congtam.kernel.vietnamese import comparison_key

_YES: Final = frozenset(
    {"yes", "y", "on", "true", "t", "1", "1.0", "x", "có", "co", "đúng", "j", "✓", "✔", "☑"}
)
_NO: Final = frozenset({"no", "n", "off", "false", "f", "0", "0.0", "không", "khong", "sai", "☐"})


class YesNoMalformed(InputMalformed):
    """The text is neither yes nor no."""

    code = "yes_no_malformed"
    message = msgid("“{text}” is neither yes nor no. Enter “có” or “không”.")


def parse_yes_no(value: str | bool | float) -> bool:  # noqa: FBT001 - the value itself
    """Read yes or no; an empty text is neither, the caller knows what leaving it out means.

    >>> parse_yes_no("Có"), parse_yes_no("x"), parse_yes_no(0), parse_yes_no(False)
    (True, True, False, False)
    """
    word = comparison_key(compact(str(value)))
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise YesNoMalformed(value)

"""The number of a dossier (mã hồ sơ), made by the rule in force; opaque afterwards, never parsed for meaning.

Source: NĐ 61/2018 and its forms: agency code, day, number of the day; the later pattern of TT 4/2025/TT-VPCP is a row
of data (its digits for provincial systems are not known yet).
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from congtam.kernel.errors import DomainError, msgid

DEFAULT_PATTERN: Final = "{agency}-{day}-{n:04}"
# No slash: a number stands in the addresses of pages, of the API and of the slip.
_VALID_PATTERN: Final = re.compile(r"(?:\{agency\}|\{day\}|\{n:0[4-9]\}|[A-Z0-9.\-])+")
_COUNTER: Final = re.compile(r"\{n:0([4-9])\}")


class PatternMalformed(DomainError):
    """A pattern for numbers lacks a part or holds one nobody knows."""

    code = "dossiers.pattern_malformed"
    message = msgid(
        "“{pattern}” is not a valid pattern for dossier numbers: include {{agency}}, {{day}} and "
        "{{n:04}} exactly once each."
    )


def check_pattern(pattern: str) -> None:
    """Raise PatternMalformed unless numbers made with the pattern are unique by agency, day and counter."""
    parts = ("{agency}", "{day}", "{n:0")
    if not _VALID_PATTERN.fullmatch(pattern) or any(pattern.count(part) != 1 for part in parts):
        raise PatternMalformed(pattern=pattern)


def split_at_counter(pattern: str, *, agency: str, day: date) -> tuple[str, int, str]:
    """A dossier number without its counter: what stands before it, how wide it is at least, what stands after.

    >>> split_at_counter(DEFAULT_PATTERN, agency="H22.24.08", day=date(2025, 3, 3))
    ('H22.24.08-250303-', 4, '')
    """
    before, width, after = _COUNTER.split(pattern)
    values = {"agency": agency, "day": f"{day:%y%m%d}"}
    return before.format(**values), int(width), after.format(**values)

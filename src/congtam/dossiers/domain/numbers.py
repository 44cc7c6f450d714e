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
_KNOWN: Final = re.compile(r"(?:\{agency\}|\{day\}|\{n:0[4-9]\}|[A-Z0-9.\-/])+")


class PatternMalformed(DomainError):
    """A pattern for numbers lacks a part or holds one nobody knows."""

    code = "dossiers.pattern_malformed"
    message = msgid(
        "“{pattern}” is not a pattern for dossier numbers: it needs {{agency}}, {{day}} and {{n:04}} once each."
    )


def check_pattern(pattern: str) -> None:
    """Raise PatternMalformed unless numbers made with the pattern are unique by agency, day and counter."""
    parts = ("{agency}", "{day}", "{n:0")
    if not _KNOWN.fullmatch(pattern) or any(pattern.count(part) != 1 for part in parts):
        raise PatternMalformed(pattern=pattern)


def number_of(pattern: str, *, agency: str, day: date, n: int) -> str:
    """The dossier number.

    >>> number_of(DEFAULT_PATTERN, agency="H22.24.08", day=date(2025, 3, 3), n=7)
    'H22.24.08-250303-0007'
    """
    return pattern.format(agency=agency, day=f"{day:%y%m%d}", n=n)

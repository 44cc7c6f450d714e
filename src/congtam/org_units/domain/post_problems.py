"""What is wrong with an entry about posts, for the person who makes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from congtam.kernel.errors import Problem, msgid
from congtam.org_units.domain.signing import DELEGATED, Authority


def period_problems(since: date, until: date | None) -> Iterator[Problem]:
    """A period must not end before it begins."""
    if until is not None and until <= since:
        message = msgid("The period ends on or before the day it begins: enter a later last day.")
        yield Problem(code="period_empty", message=message, column="until")


def source_problems(legal_source: str) -> Iterator[Problem]:
    """Every appointment and power rests on a document."""
    if not legal_source.strip():
        message = msgid("Enter number and date of the document this rests on.")
        yield Problem(code="source_missing", message=message, column="legal_source")


def power_problems(authority: Authority, *, has_giver: bool, until: date | None) -> Iterator[Problem]:
    """What NĐ 30/2020/NĐ-CP, Điều 13, asks of a power to sign."""
    if authority in DELEGATED and not has_giver:
        message = msgid("Choose the post that gives the power to sign.")
        yield Problem(code="giver_missing", message=message, column="granted_by")
    if authority not in DELEGATED and has_giver:
        message = msgid(
            "A post that signs in its own right has the power from nobody: leave the giver empty."
        )
        yield Problem(code="giver_superfluous", message=message, column="granted_by")
    if authority is Authority.AUTHORISED and until is None:
        message = msgid("An authorisation (TUQ.) needs a last day (NĐ 30/2020/NĐ-CP, Điều 13).")
        yield Problem(code="authorisation_without_end", message=message, column="until")

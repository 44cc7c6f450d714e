"""What is wrong with an entry about posts, for the person who makes it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Protocol

from congtam.kernel.errors import Problem, msgid
from congtam.org_units.domain.signing import DELEGATED, Authority


class Validity(Protocol):
    """A period with an exclusive end; None is open."""

    @property
    def lower(self) -> date | None:
        """The first day."""
        ...

    @property
    def upper(self) -> date | None:
        """The day after the last."""
        ...


def period_problems(since: date, until: date | None) -> Iterator[Problem]:
    """A period must not end before it begins."""
    if until is not None and until <= since:
        message = msgid("The period ends on or before its first day: enter a later last day.")
        yield Problem(code="period_empty", message=message, column="until")


def source_problems(legal_source: str) -> Iterator[Problem]:
    """Every appointment and power rests on a document."""
    if not legal_source.strip():
        message = msgid("Enter the number and date of the supporting document.")
        yield Problem(code="source_missing", message=message, column="legal_source")


def end_problems(valid: Validity, last_day: date) -> Iterator[Problem]:
    """What is ended must have begun by then, and not have ended before."""
    until = last_day + timedelta(days=1)
    if (valid.lower and until <= valid.lower) or (valid.upper and until > valid.upper):
        message = msgid("Enter a last day within the period of validity.")
        yield Problem(code="end_outside_period", message=message, column="last_day")


def power_problems(authority: Authority, *, post: str, giver: str, until: date | None) -> Iterator[Problem]:
    """What NĐ 30/2020/NĐ-CP, Điều 13, asks of a power to sign; ``giver`` is empty where nobody gave it."""
    if authority in DELEGATED and not giver:
        message = msgid("Choose the post that grants the signing power.")
        yield Problem(code="giver_missing", message=message, column="granted_by")
    if authority not in DELEGATED and giver:
        message = msgid(
            "A post that signs in its own right needs no granting post. Leave “Power granted by” empty."
        )
        yield Problem(code="giver_superfluous", message=message, column="granted_by")
    if giver == post:
        message = msgid("A post cannot grant itself a signing power.")
        yield Problem(code="giver_is_post", message=message, column="granted_by")
    if authority is Authority.AUTHORISED and until is None:
        message = msgid("An authorisation (TUQ.) must have a last day (NĐ 30/2020/NĐ-CP, Điều 13).")
        yield Problem(code="authorisation_without_end", message=message, column="until")

"""Who may sign what on a day (thẩm quyền ký), and how the signature is introduced: pure rules over dated rows.

Source: NĐ 30/2020/NĐ-CP, Điều 13 (TM., KT., TL., TUQ.) and Phụ lục I (how the signer's authority is written).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

ANY_MATTER: Final = "*"
"""A power over every matter of the unit."""


class Authority(StrEnum):
    """On what ground a post signs (thể thức đề ký)."""

    OWN = "own"
    COLLECTIVE = "collective"
    DEPUTY = "deputy"
    BY_ORDER = "by_order"
    AUTHORISED = "authorised"


PREFIX: Final = {
    Authority.OWN: "",
    Authority.COLLECTIVE: "TM.",
    Authority.DEPUTY: "KT.",
    Authority.BY_ORDER: "TL.",
    Authority.AUTHORISED: "TUQ.",
}
"""What stands before the authority a document is signed for."""
DELEGATED: Final = frozenset({Authority.DEPUTY, Authority.BY_ORDER, Authority.AUTHORISED})
"""Grounds that another post must have given."""
_PASSED_ON: Final = {
    Authority.DEPUTY: frozenset(
        {Authority.OWN, Authority.COLLECTIVE, Authority.BY_ORDER, Authority.AUTHORISED}
    ),
    Authority.BY_ORDER: frozenset({Authority.OWN, Authority.COLLECTIVE}),
    Authority.AUTHORISED: frozenset({Authority.OWN, Authority.COLLECTIVE}),
}
"""On which grounds the giver must sign itself: a deputy may sign for whoever heads the office, but an authority that
was given by TL. or TUQ. is not given on (Điều 13 khoản 3 and 4)."""


@dataclass(frozen=True, kw_only=True)
class Power:
    """One power to sign (thẩm quyền ký): a post, a matter, a ground; ``until`` is exclusive, None is open."""

    post: str
    matter: str
    authority: Authority
    since: date
    until: date | None = None
    granted_by: str = ""
    legal_source: str = ""

    def covers(self, matter: str, on: date) -> bool:
        """Whether the power holds for the matter on the day."""
        return (
            self.matter in {matter, ANY_MATTER}
            and self.since <= on
            and (self.until is None or on < self.until)
        )


@dataclass(frozen=True, kw_only=True)
class SigningGround:
    """On which ground a post may sign: the powers from its own back to the one nobody had to give."""

    chain: tuple[Power, ...]

    @property
    def prefix(self) -> str:
        """TM., KT., TL. or TUQ.; empty where the post signs for itself."""
        return PREFIX[self.chain[0].authority]

    @property
    def signed_for(self) -> str:
        """The post in whose stead it is signed; the post's own where it signs for itself."""
        first = self.chain[0]
        return first.granted_by or first.post


def signing_grounds(powers: Iterable[Power], *, post: str, matter: str, on: date) -> list[SigningGround]:
    """Every ground on which a post may sign in a matter on a day, own grounds first; empty when it may not.

    A delegated power counts only while whoever gave it may itself sign on a ground that can be given on.
    """
    in_force = [power for power in powers if power.covers(matter, on)]
    grounds = [SigningGround(chain=chain) for chain in _power_chains(in_force, post, ())]
    return sorted(grounds, key=lambda ground: len(ground.chain))


def _power_chains(powers: Sequence[Power], post: str, passed: tuple[str, ...]) -> Iterator[tuple[Power, ...]]:
    if post in passed:
        return
    for power in powers:
        if power.post != post:
            continue
        if power.authority not in DELEGATED:
            yield (power,)
            continue
        for above in _power_chains(powers, power.granted_by, (*passed, post)):
            if above[0].authority in _PASSED_ON[power.authority]:
                yield (power, *above)

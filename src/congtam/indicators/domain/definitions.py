"""What an indicator is: two expressions over the rows of one fact, with its name, its target and its legal source."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Final, Literal

from congtam.indicators.domain.compositions import Band, Part
from congtam.indicators.domain.kinds import ADDITIVE, AT_AN_INSTANT, COMPOSED, SENTENCES, Kind
from congtam.indicators.domain.narrowing import Narrowing
from congtam.kernel.localized_text import LocalizedText

Better = Literal["higher", "lower", "none"]


@dataclass(frozen=True, kw_only=True)
class Target:
    """What a figure should reach (chỉ tiêu phấn đấu), by whom it was set and how long it holds; the end is exclusive.

    ``verified`` is False where the source was not read by us.
    """

    value: float
    source: str
    valid_from: date
    valid_until: date | None = None
    verified: bool = True

    def holds_on(self, day: date) -> bool:
        """Whether the target is in force on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, kw_only=True)
class Definition:
    """An indicator (chỉ tiêu) as data.

    Rows whose ``period`` column lies in the period, and that satisfy ``out_of``, are the denominator; those of them
    that satisfy ``counts`` are the numerator. A mean or median is taken of ``value`` over the denominator rows that
    have one; so are a quantile, a minimum, a maximum and a count of distinct values. A sum adds ``value`` over the
    rows that count; a ratio divides that by the sum of ``per`` over the denominator rows. A stock, and a rate over
    what was in hand, have no period column: their expressions speak of the instant ``:as_of`` and of
    ``:period_start``.
    An expression that is neither true nor false for a row (a missing value) does not select it.
    """

    code: str
    version: int
    name: LocalizedText
    description: LocalizedText
    out_of_label: LocalizedText
    counts_label: LocalizedText
    fact: str
    kind: Kind
    period: str
    out_of: str
    counts: str
    value: str
    better: Better
    measure: str
    source: str
    valid_from: date
    valid_until: date | None = None
    targets: tuple[Target, ...] = ()
    order: str = ""
    """The column by which its rows are listed; empty means the instant of the period column."""
    rest_label: LocalizedText | None = None
    """What the rows that do not count are called where they matter most, such as “late”; lists open on them."""
    per: str = ""
    """Of a ratio: by whose sum the sum of ``value`` is divided."""
    quantile: str = ""
    """Of a quantile: how many of the rows do not exceed it, such as 0.9."""
    parts: tuple[Part, ...] = ()
    """Of a composition: the indicators it is made of. It has no fact and no expressions of its own."""
    bands: tuple[Band, ...] = ()
    """Names for stretches of values, the lowest first."""
    without_due_date: str = ""
    """The indicator that counts the rows without a due date, to be said beside a rate; empty where none applies."""

    narrowing: Narrowing | None = None
    """Which of the rows alone are counted, where it is not all of them."""

    def narrow(self, narrowing: Narrowing) -> Definition:
        """The same of the rows that say one thing in one column; the law sets no targets for these."""
        code = narrowing.code_of(self.code)
        return replace(self, code=code, narrowing=narrowing, targets=(), without_due_date="")

    @property
    def is_composed(self) -> bool:
        """Whether it is made of other indicators."""
        return self.kind in COMPOSED

    @property
    def parts_text(self) -> str:
        """Its parts as text, for the digest; empty for what is counted from rows."""
        return ";".join(one.text for one in self.parts)

    def band_of(self, value: float | Decimal | None) -> Band | None:
        """The band a value lies in; None without a value and below the lowest."""
        if value is None:
            return None
        reached = [one for one in self.bands if Decimal(str(value)) >= one.start]
        return max(reached, key=lambda one: one.start, default=None)

    @property
    def is_additive(self) -> bool:
        """Whether its parts may be summed over months."""
        return self.kind in ADDITIVE

    @property
    def expressions(self) -> tuple[str, ...]:
        """The texts of its expressions."""
        return (self.out_of, self.counts, self.value, self.per)

    @cached_property
    def rests_on_own_rows(self) -> bool:
        """Whether the rows of its fact alone decide it: no calendar, no joined fact, no row next to it.

        Said of the texts as they are written: where in doubt, it is not.
        """
        return not any(_BEYOND_OWN_ROWS.search(text) for text in self.expressions)

    @property
    def has_cells(self) -> bool:
        """Whether its parts are kept by unit and month."""
        return self.is_additive and self.narrowing is None and self.rests_on_own_rows

    @property
    def is_at_an_instant(self) -> bool:
        """Whether its rows are chosen by how they stood at the end of the period."""
        return self.kind in AT_AN_INSTANT

    @property
    def is_share(self) -> bool:
        """Whether its value is a share between 0 and 1, for which an interval can be given."""
        return self.kind in (Kind.RATE, Kind.RATE_IN_HAND)

    @property
    def rests_on_due_dates(self) -> bool:
        """Whether a row's due date decides if it counts: rows without one are then said beside the value."""
        return self.is_share and any("due_" in text for text in (self.out_of, self.counts))

    @cached_property
    def digest(self) -> str:
        """SHA-256 of what decides the figure; a change of wording or target leaves it alone."""
        later = {name: str(getattr(self, name)) for name in _DECIDING_LATER if getattr(self, name)}
        return _content_digest({name: str(getattr(self, name)) for name in _DECIDING} | later)

    def holds_on(self, day: date) -> bool:
        """Whether the definition is in force on a day."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)

    def target_on(self, day: date) -> Target | None:
        """The target in force on a day, the newest where several are."""
        return max(
            (one for one in self.targets if one.holds_on(day)), key=lambda one: one.valid_from, default=None
        )

    def meets(self, value: float | None, *, on: date) -> bool | None:
        """Whether a value reaches the target of a day; None without a value, a target or a direction."""
        target = self.target_on(on)
        if value is None or target is None or self.better == "none":
            return None
        return value >= target.value if self.better == "higher" else value <= target.value

    def describe(self, language: str) -> str:
        """The definition in plain words, for the page of a figure."""
        template = SENTENCES[self.kind].in_language(language)
        return template.format(
            counts=self.counts_label.in_language(language),
            out_of=self.out_of_label.in_language(language),
            quantile=self.quantile,
        )


_BEYOND_OWN_ROWS: Final = re.compile(
    r"\b(working_days|working_hours|previous|next|parameter)\s*\(|[a-z_]\.[a-z_]", re.IGNORECASE
)
_DECIDING: Final = ("code", "version", "fact", "kind", "period", "out_of", "counts", "value")
_DECIDING_LATER: Final = ("per", "quantile", "parts_text")
"""What came later decides only where it is set: the digests of earlier definitions stay."""


def _content_digest(content: Mapping[str, str]) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()

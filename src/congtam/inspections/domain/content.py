"""What an inspection pack holds (bộ số liệu kiểm tra): plain values, the same for page, report and file.

Nothing here depends on who prepared the pack or when: the same unit, period, seed and data version give the same
content.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import Any, Final

from congtam.kernel.localized_text import LocalizedText

Number = int | float


LATER: Final = {"later": True}
"""Marks a part that packs made before do not have: where it holds nothing it is left out, and their digests stay."""


@dataclass(frozen=True, kw_only=True)
class PackFigure:
    """A figure with its receipt (số liệu kèm nguồn), as it stood when the pack was prepared."""

    code: str
    unit: str
    period: str
    definition_version: str
    data_version: str
    map: str
    as_of: str
    numerator: Number | None
    denominator: Number | None
    value: Number | None
    digest: str
    low: Number | None = None
    high: Number | None = None


@dataclass(frozen=True, kw_only=True)
class PeerLine:
    """One unit of the same kind under the same parent (đơn vị cùng cấp)."""

    code: str
    name: str
    numerator: Number
    denominator: Number
    value: Number | None


@dataclass(frozen=True, kw_only=True)
class RankLine:
    """The rank among peers (thứ hạng) with the band the cases allow; see ranking.py."""

    place: int
    best: int
    worst: int
    ranked: int
    unranked: int


@dataclass(frozen=True, kw_only=True)
class IndicatorLine:
    """One indicator for the unit: now, before, a year ago, against the target and among peers."""

    code: str
    name: LocalizedText
    kind: str
    measure: str
    better: str
    now: PackFigure
    previous: PackFigure | None = None
    last_year: PackFigure | None = None
    target: Number | None = None
    target_source: str = ""
    meets: bool | None = None
    rank: RankLine | None = None
    peers: tuple[PeerLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TrendPoint:
    """An indicator in one month (điểm trên đường xu hướng)."""

    month: str
    value: Number | None
    denominator: Number


@dataclass(frozen=True, kw_only=True)
class Trend:
    """An indicator month by month (xu hướng)."""

    code: str
    name: LocalizedText
    target: Number | None
    points: tuple[TrendPoint, ...]


@dataclass(frozen=True, kw_only=True)
class DossierLine:
    """What is shown of a dossier (hồ sơ) in a pack: no personal data. Days are ISO dates, with the minute in flags."""

    code: str
    unit: str = ""
    procedure: str = ""
    received_on: str = ""
    due_on: str = ""
    finished_on: str = ""
    state: str = ""


@dataclass(frozen=True, kw_only=True)
class FlagLine:
    """A red flag (dấu hiệu cần kiểm tra): how many dossiers it names, which ones, and the first of them in full.

    ``receipt`` counts all that show the sign. Of a flag with a number to expect, ``expected`` is that number by the
    unit's own dossiers, ``expected_by_peers`` the one at the rate of its peers, and only dossiers of offices above
    it are named. ``without_time`` were left out, for their source wrote down the day only.
    """

    code: str
    name: LocalizedText
    why: LocalizedText
    weight: Number
    count: int
    rows: tuple[DossierLine, ...]
    codes: tuple[str, ...] = field(default=(), metadata=LATER)
    receipt: PackFigure | None = field(default=None, metadata=LATER)
    expected: Number | None = field(default=None, metadata=LATER)
    expected_by_peers: Number | None = field(default=None, metadata=LATER)
    without_time: int = field(default=0, metadata=LATER)

    @property
    def sign_count(self) -> Number:
        """How many show the sign, named or not."""
        return self.count if self.receipt is None else self.receipt.numerator or 0


@dataclass(frozen=True, kw_only=True)
class StratumLine:
    """A stratum of the sample (tầng)."""

    name: str
    population: int
    size: int
    flag: str = field(default="", metadata=LATER)
    """The code of the flag whose dossiers it holds; empty for a field of work."""


@dataclass(frozen=True, kw_only=True)
class SampleLine:
    """A sampled dossier (hồ sơ mẫu) with stratum, inclusion probability and the codes of the flags that raised it."""

    dossier: DossierLine
    stratum: str
    weight: Number
    probability: Number
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SampleSection:
    """The sample and everything needed to draw it again (mẫu hồ sơ kiểm tra)."""

    method: str
    seed: int
    population: int
    strata: tuple[StratumLine, ...] = ()
    rows: tuple[SampleLine, ...] = ()
    reasons_hidden: bool = field(default=False, metadata=LATER)
    """Whether the reasons were left out, for a reader outside the team."""

    @property
    def size(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, kw_only=True)
class BreakdownRow:
    """Dossiers of one unit, field or officer: received, finished and finished late in the period.

    Without a code they are those of which the source does not say it, or, with ``others``, so many rows in one: what
    the table does not list one by one. Packs made before have no ``figures``, or none of the row with ``others``.
    """

    code: str
    name: str
    received: int
    finished: int
    late: int
    others: int = 0
    figures: tuple[PackFigure, ...] = field(default=(), metadata=LATER)

    @property
    def on_time_rate(self) -> float | None:
        """As packs made before print it: what has no due date is on time."""
        return (self.finished - self.late) / self.finished if self.finished else None


@dataclass(frozen=True, kw_only=True)
class Breakdown:
    """The counts of the period by one view (phân tích theo): ``unit``, ``field`` or ``officer``."""

    by: str
    rows: tuple[BreakdownRow, ...]
    total: tuple[PackFigure, ...] = field(default=(), metadata=LATER)


@dataclass(frozen=True, kw_only=True)
class FileLine:
    """A file that belongs to a pack (tệp kèm theo), by its digest."""

    name: str
    digest: str


@dataclass(frozen=True, kw_only=True)
class UnitLine:
    """The inspected unit (đơn vị được kiểm tra) as it is called on the day of the map."""

    code: str
    name: str
    kind: LocalizedText
    parent_code: str = ""
    parent_name: str = ""
    province_name: str = ""


@dataclass(frozen=True, kw_only=True)
class PackContent:
    """The whole pack (bộ số liệu kiểm tra)."""

    unit: UnitLine
    period: str
    map_on: str
    data_version: str
    indicators: tuple[IndicatorLine, ...]
    trends: tuple[Trend, ...]
    flags: tuple[FlagLine, ...]
    sample: SampleSection
    peers_hidden: bool = False
    synthetic: bool = False
    flag_names: Mapping[str, LocalizedText] = field(default_factory=dict)
    breakdowns: tuple[Breakdown, ...] = field(default=(), metadata=LATER)
    flag_list: FileLine | None = field(default=None, metadata=LATER)
    """The workbook that lists every dossier of every flag (danh sách hồ sơ có dấu hiệu)."""

    def digest(self) -> str:
        """SHA-256 of the canonical JSON of the content."""
        return hashlib.sha256(canonical_json(self).encode()).hexdigest()

    def flag(self, code: str) -> FlagLine | None:
        """The line of a red flag, None where the pack has none."""
        return next((line for line in self.flags if line.code == code), None)

    def indicator(self, code: str) -> IndicatorLine | None:
        """The line of an indicator, None where the pack has none."""
        return next((line for line in self.indicators if line.code == code), None)


def json_ready_data(value: Any) -> Any:
    """A value of this module as JSON-ready data."""
    return json.loads(canonical_json(value))


def canonical_json(value: Any) -> str:
    """One writing for one content: sorted keys, no spaces, composed UTF-8."""
    return json.dumps(
        _to_json_data(value), sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_to_plain
    )


def _to_json_data(value: Any) -> Any:
    if is_dataclass(value):
        return {
            one.name: _to_json_data(getattr(value, one.name))
            for one in fields(value)
            if _is_field_serialized(one, value)
        }
    if isinstance(value, Mapping):
        return {key: _to_json_data(part) for key, part in value.items()}
    return [_to_json_data(part) for part in value] if isinstance(value, list | tuple) else value


def _is_field_serialized(one: Field[Any], value: Any) -> bool:
    return not one.metadata.get("later") or getattr(value, one.name) != one.default


def _to_plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no place in a pack")

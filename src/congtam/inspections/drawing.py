"""The sample of a pack (mẫu hồ sơ kiểm tra), drawn from the frame by a named method."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from congtam.inspections.domain import sampling
from congtam.inspections.domain.content import SampleLine, SampleSection, StratumLine
from congtam.inspections.domain.sampling import Candidate, Plan, RiskClass, SampledDossier
from congtam.inspections.domain.strata import (
    OTHER_FIELDS,
    OTHER_FLAGS,
    FlaggedDossier,
    count_strata,
    sorted_strata,
    stratify,
)
from congtam.inspections.flags import RaisedFlag
from congtam.inspections.frame import BASELINE, Frame
from congtam.kernel.localized_text import LocalizedText
from congtam.kernel.vietnamese import collation_key

OTHER_STRATUM: Final = LocalizedText(vi="Các lĩnh vực khác", en="Other fields")
OTHER_FLAGS_STRATUM: Final = LocalizedText(vi="Các dấu hiệu khác", en="Other flags")
_MOST_STRATA: Final = 8
"""Of the first method."""


@dataclass(frozen=True, kw_only=True)
class _Drawn:
    """A plan, what it drew, and the strata in the order in which they are printed."""

    plan: Plan
    rows: tuple[SampledDossier, ...]
    order: Sequence[str]


def draw_sample(
    raised: Sequence[RaisedFlag], frame: Frame, *, seed: int, size: int, method: str = sampling.METHOD
) -> SampleSection:
    """Draw again and again the same: it depends on frame, flags, seed, size and method only."""
    counts = frame.field_counts()
    if not counts:
        return SampleSection(method=method, seed=seed, population=0)
    weights = _flag_weights(raised)
    fields = frame.fields_of(weights)
    flagged = {
        code: FlaggedDossier(field=field, weight=weights[code][0], reasons=weights[code][1])
        for code, field in fields.items()
    }
    draw = _draw_by_field if method == sampling.FIRST_METHOD else _draw_by_flag
    drawn = draw(frame, counts, flagged, seed=seed, size=size)
    names = {one.line.code: one.line.name.vi for one in raised}
    return _sample_section(drawn, frame, names, seed=seed, method=method)


def _flag_weights(raised: Sequence[RaisedFlag]) -> dict[str, tuple[float, tuple[str, ...]]]:
    """The baseline and the weights of all flags of a dossier, added up, and the flags."""
    reasons: dict[str, list[str]] = defaultdict(list)
    weights: dict[str, float] = defaultdict(lambda: BASELINE)
    for one in raised:
        for code in one.dossiers:
            reasons[code].append(one.line.code)
            weights[code] += one.line.weight
    return {code: (weights[code], tuple(names)) for code, names in reasons.items()}


def _draw_by_flag(
    frame: Frame, counts: Mapping[str, int], flagged: Mapping[str, FlaggedDossier], *, seed: int, size: int
) -> _Drawn:
    """Method pareto-2: strata by the rarest flag, and by field what has none."""
    carried = Counter(one.field for one in flagged.values())
    unflagged = {field: count - carried[field] for field, count in counts.items() if count > carried[field]}
    strata = stratify(unflagged, flagged, size)
    classes = count_strata(unflagged, flagged.values(), strata, baseline=BASELINE)
    candidates = [
        Candidate(
            code=code,
            stratum=strata.stratum_of(one.field, one.reasons),
            weight=one.weight,
            reasons=one.reasons,
        )
        for code, one in flagged.items()
    ]
    candidates += frame.baseline(strata.fields, flagged, size=size, seed=seed)
    plan = sampling.plan(classes, size, strata.floors)
    names = [one.name for one in plan.strata]
    rows = sampling.draw(candidates, plan, seed=seed)
    return _Drawn(plan=plan, rows=rows, order=sorted_strata(names, strata))


def _draw_by_field(
    frame: Frame, counts: Mapping[str, int], flagged: Mapping[str, FlaggedDossier], *, seed: int, size: int
) -> _Drawn:
    """Method pareto-1, of packs made before: strata by field alone, the small ones together."""
    strata = group_small_strata(counts)
    candidates = [
        Candidate(
            code=code,
            stratum=one.field if one.field in strata else OTHER_FIELDS,
            weight=one.weight,
            reasons=one.reasons,
        )
        for code, one in flagged.items()
    ]
    classes = _count_by_field(strata, candidates)
    named = [name for name in strata if name != OTHER_FIELDS]
    candidates += frame.baseline(named, flagged, size=size, seed=seed)
    plan = sampling.plan(classes, size)
    order = sorted(strata, key=lambda name: (name == OTHER_FIELDS, collation_key(name)))
    return _Drawn(plan=plan, rows=sampling.draw(candidates, plan, seed=seed), order=order)


def _count_by_field(strata: Mapping[str, int], raised: Iterable[Candidate]) -> dict[RiskClass, int]:
    counts: Counter[RiskClass] = Counter(one.risk_class for one in raised)
    for name, population in strata.items():
        rest = population - sum(count for (stratum, _), count in counts.items() if stratum == name)
        if rest:
            counts[name, BASELINE] += rest
    return dict(counts)


def group_small_strata(counts: Mapping[str, int], most: int = _MOST_STRATA) -> dict[str, int]:
    """Keep the largest strata by name and add the others up.

    >>> group_small_strata({"a": 9, "b": 5, "c": 2, "d": 1}, most=3)
    {'a': 9, 'b': 5, '': 3}
    """
    named = sorted((name for name in counts if name), key=lambda name: (-counts[name], name))
    largest = named if len(counts) <= most else named[: most - 1]
    strata = {name: counts[name] for name in largest}
    rest = sum(counts.values()) - sum(strata.values())
    return {**strata, **({OTHER_FIELDS: rest} if rest else {})}


def _sample_section(
    drawn: _Drawn, frame: Frame, flag_names: Mapping[str, str], *, seed: int, method: str
) -> SampleSection:
    place = {name: number for number, name in enumerate(drawn.order)}
    names = {OTHER_FIELDS: OTHER_STRATUM.vi, OTHER_FLAGS: OTHER_FLAGS_STRATUM.vi, **flag_names}
    details = frame.details(row.code for row in drawn.rows)
    return SampleSection(
        method=method,
        seed=seed,
        population=drawn.plan.population,
        strata=tuple(
            StratumLine(
                name=names.get(one.name, one.name),
                population=one.population,
                size=one.size,
                flag=one.name if one.name in flag_names or one.name == OTHER_FLAGS else "",
            )
            for one in sorted(drawn.plan.strata, key=lambda one: place[one.name])
        ),
        rows=tuple(
            SampleLine(
                dossier=details[row.code],
                stratum=names.get(row.stratum, row.stratum),
                weight=row.weight,
                probability=row.probability,
                reasons=row.reasons,
            )
            for row in sorted(drawn.rows, key=lambda row: (place[row.stratum], -row.weight, row.code))
        ),
    )

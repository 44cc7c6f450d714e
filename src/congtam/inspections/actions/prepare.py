"""Prepare an inspection (chuẩn bị kiểm tra): figures, flags, sample, in one pack."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from django.db import transaction

from congtam.foundation.public import Actor, installation_notes
from congtam.inspections import flags as flagging
from congtam.inspections import measures
from congtam.inspections.actions.store_pack import store_pack
from congtam.inspections.domain import sampling
from congtam.inspections.domain.content import PackContent, SampleLine, SampleSection, StratumLine, UnitLine
from congtam.inspections.frame import BASELINE, FACT, OTHER, FlaggedDossier, Frame
from congtam.inspections.measures import Measurement, PeerGroup
from congtam.inspections.models import InspectionPack
from congtam.inspections.permissions import require_prepare
from congtam.kernel.localized_text import LocalizedText
from congtam.kernel.periods import Period
from congtam.kernel.vietnamese import collation_key
from congtam.org_units.public import find_kind, find_version, tree, visible_units
from congtam.warehouse.public import data_version

USUAL_SAMPLE: Final = 30
LARGEST_SAMPLE: Final = 500
LARGEST_SEED: Final = 2**31 - 1
OTHER_STRATUM: Final = "Các lĩnh vực khác"
_ATTEMPTS: Final = 3


def prepare(
    *, unit: str, period: Period, seed: int, actor: Actor, sample_size: int = USUAL_SAMPLE
) -> InspectionPack:
    """Prepare the pack of a unit and period and keep it.

    The same unit, period, seed, size and data version give the same content and therefore the same pack.
    """
    require_prepare(actor, unit)
    frame, measurement = _measure_at_one_version(unit, period, actor=actor)
    content = _build_content(unit, frame, measurement, seed=seed, size=sample_size, actor=actor)
    with transaction.atomic():
        measures.store_receipts(measurement, actor=actor)
        return store_pack(content, actor=actor)


def _measure_at_one_version(unit: str, period: Period, *, actor: Actor) -> tuple[Frame, Measurement]:
    """Figures and frame at one data version: when new data arrive meanwhile, everything is counted again."""
    peers, _ = _find_peers(unit, period, actor)
    for _attempt in range(_ATTEMPTS):
        frame = Frame(units=units_of(unit, period), period=period, version=data_version(FACT))
        measurement = measures.measure(unit, period, peers, actor=actor)
        if measurement.versions <= {frame.version}:
            break
    return frame, measurement


def _build_content(
    unit: str, frame: Frame, measurement: Measurement, *, seed: int, size: int, actor: Actor
) -> PackContent:
    period = frame.period
    raised = flagging.find_raised_flags(unit, period, actor=actor)
    return PackContent(
        unit=_unit_line(unit, period),
        period=period.text,
        map_on=period.last_day.isoformat(),
        data_version=str(frame.version),
        indicators=measurement.lines,
        trends=measures.trends(unit, period, actor=actor),
        flags=tuple(one.line for one in raised),
        sample=_draw_sample(raised, frame, seed=seed, size=size),
        peers_hidden=_find_peers(unit, period, actor)[1],
        synthetic=bool(installation_notes().get("synthetic")),
        flag_names={one.line.code: one.line.name for one in raised},
    )


def units_of(unit: str, period: Period) -> tuple[str, ...]:
    """The unit and everything that was below it in any month of the period."""
    days = {month.last_day for month in period.months()}
    return tuple(sorted({unit}.union(*(tree(day).subtree(unit) for day in days))))


def _unit_line(unit: str, period: Period) -> UnitLine:
    on = period.last_day
    version = find_version(unit, on)
    name, kind = (version.name, find_kind(version.kind)) if version else (unit, find_kind("other"))
    above = tree(on).ancestors(unit)
    parent = above[-1] if above else None
    return UnitLine(
        code=unit,
        name=name,
        kind=LocalizedText(vi=kind.vi, en=kind.en),
        parent_code=parent.code if parent else "",
        parent_name=parent.name if parent else "",
        province_name=above[0].name if above else "",
    )


def _find_peers(unit: str, period: Period, actor: Actor) -> tuple[PeerGroup | None, bool]:
    """The units of the same level below the same parent; whether there are some that the actor may not see."""
    nodes = tree(period.last_day)
    own = nodes.get(unit)
    if own is None or own.parent is None:
        return None, False
    if own.parent not in visible_units(actor):
        return None, True
    names = {node.code: node.name for node in nodes[own.parent].children if _are_alike(node.kind, own.kind)}
    return PeerGroup(parent=own.parent, names=names), False


def _are_alike(one: str, other: str) -> bool:
    """A city, a town and a district of one province compare; an agency compares with agencies only."""
    first, second = find_kind(one), find_kind(other)
    return (first.level, first.is_territory) == (second.level, second.is_territory)


def _draw_sample(
    raised: Sequence[flagging.RaisedFlag], frame: Frame, *, seed: int, size: int
) -> SampleSection:
    strata = frame.strata()
    if not strata:
        return SampleSection(method=sampling.METHOD, seed=seed, population=0)
    counts, candidates = frame.candidates(strata, _dossier_weights(raised), size=size, seed=seed)
    plan = sampling.plan(counts, size)
    rows = sampling.draw(candidates, plan, seed=seed)
    details = frame.details(row.code for row in rows)
    return SampleSection(
        method=sampling.METHOD,
        seed=seed,
        population=plan.population,
        strata=tuple(
            StratumLine(name=_stratum_name(one.name), population=one.population, size=one.size)
            for one in sorted(plan.strata, key=lambda one: _stratum_sort_key(one.name))
        ),
        rows=tuple(
            SampleLine(
                dossier=details[row.code],
                stratum=_stratum_name(row.stratum),
                weight=row.weight,
                probability=row.probability,
                reasons=row.reasons,
            )
            for row in sorted(rows, key=lambda row: (_stratum_sort_key(row.stratum), -row.weight, row.code))
        ),
    )


def _dossier_weights(raised: Sequence[flagging.RaisedFlag]) -> dict[str, FlaggedDossier]:
    """The baseline and the weights of all flags of a dossier, added up."""
    reasons: dict[str, list[str]] = defaultdict(list)
    weights: dict[str, float] = defaultdict(lambda: BASELINE)
    for one in raised:
        for code in one.dossiers:
            reasons[code].append(one.line.code)
            weights[code] += one.line.weight
    return {
        code: FlaggedDossier(weight=weights[code], reasons=tuple(names)) for code, names in reasons.items()
    }


def _stratum_sort_key(stratum: str) -> tuple[bool, str]:
    """By the Vietnamese alphabet, the gathered rest last."""
    return stratum == OTHER, collation_key(stratum)


def _stratum_name(name: str) -> str:
    return OTHER_STRATUM if name == OTHER else name

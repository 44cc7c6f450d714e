"""Prepare an inspection (chuẩn bị kiểm tra): figures, flags, sample, in one pack."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from django.db import transaction

from congtam.foundation.public import Actor, installation_notes
from congtam.inspections import flags as flagging
from congtam.inspections import measures
from congtam.inspections.actions.refusals import last_day_of_life, refuse_empty, refuse_future
from congtam.inspections.actions.store_flag_list import store_flag_list
from congtam.inspections.actions.store_pack import store_pack
from congtam.inspections.breakdowns import CountedBreakdowns, find_breakdowns
from congtam.inspections.domain import sampling
from congtam.inspections.domain.content import PackContent, UnitLine
from congtam.inspections.drawing import draw_sample
from congtam.inspections.flags import FIRST_EDITION, RaisedFlag
from congtam.inspections.frame import FACT, Frame
from congtam.inspections.measures import Measurement, PeerGroup
from congtam.inspections.models import InspectionPack
from congtam.inspections.permissions import require_prepare
from congtam.kernel.errors import DomainError, msgid
from congtam.kernel.localized_text import LocalizedText
from congtam.kernel.periods import Period
from congtam.org_units.public import are_comparable, find_kind, find_version, tree, visible_units
from congtam.warehouse.public import data_version

USUAL_SAMPLE: Final = 30
LARGEST_SAMPLE: Final = 500
LARGEST_SEED: Final = 2**31 - 1
_ATTEMPTS: Final = 3


class MethodUnknown(DomainError):
    """No method of drawing has this name (không có phương pháp chọn mẫu này)."""

    code: ClassVar[str] = "inspections.method_unknown"
    message: ClassVar[str] = msgid(
        "There is no sampling method called “{method}”. Available methods: {available}."
    )


@dataclass(frozen=True, kw_only=True)
class _Counted:
    """What a pack is made of, all at one data version."""

    frame: Frame
    measurement: Measurement
    raised: tuple[RaisedFlag, ...]
    breakdowns: CountedBreakdowns
    peers_hidden: bool

    @property
    def is_at_one_version(self) -> bool:
        """Whether each fact was read at one version of its own, that of the dossiers being the frame's."""
        raised = (one.figure for one in self.raised)
        figures = (*self.measurement.figures, *raised, *self.breakdowns.figures)
        read = {(figure.definition.fact, figure.data_version) for figure in figures}
        read.add((FACT, self.frame.version))
        return len(read) == len({fact for fact, _ in read})


@dataclass(frozen=True, kw_only=True)
class _Draw:
    """How the sample is drawn."""

    seed: int
    size: int
    method: str


def prepare(
    *,
    unit: str,
    period: Period,
    seed: int,
    actor: Actor,
    sample_size: int = USUAL_SAMPLE,
    method: str = sampling.METHOD,
) -> InspectionPack:
    """Prepare the pack of a unit and period and keep it; raises InspectionImpossible where there is nothing to inspect.

    The same unit, period, seed, size, method and data version give the same content and therefore the same pack.
    Under an earlier method flags, weights and strata are those of its time.
    """
    require_prepare(actor, unit)
    if method not in sampling.METHODS:
        raise MethodUnknown(method=method, available=", ".join(sampling.METHODS))
    refuse_future(period)
    last_day = last_day_of_life(unit, period)
    refuse_empty(
        Frame(units=unit_and_descendants(unit, period), period=period, version=data_version(FACT), to=actor),
        unit,
    )
    counted = count_at_one_version(unit, period, method=method, actor=actor)
    draw = _Draw(seed=seed, size=sample_size, method=method)
    content = _build_content(_unit_line(unit, last_day), counted, draw, actor=actor)
    with transaction.atomic():
        measures.store_receipts(counted.measurement, actor=actor)
        if method == sampling.FIRST_METHOD:
            return store_pack(content, actor=actor)
        flagging.store_receipts(counted.raised, actor=actor)
        counted.breakdowns.store_receipts(actor=actor)
        return store_pack(store_flag_list(content, counted.frame, actor=actor), actor=actor)


def count_at_one_version(unit: str, period: Period, *, method: str, actor: Actor) -> _Counted:
    """Figures, flags and frame at one data version: when new data arrive meanwhile, everything is counted again."""
    peers, peers_hidden = _find_peers(unit, period, actor)
    edition = FIRST_EDITION if method == sampling.FIRST_METHOD else None
    for _attempt in range(_ATTEMPTS):
        frame = Frame(
            units=unit_and_descendants(unit, period), period=period, version=data_version(FACT), to=actor
        )
        counted = _Counted(
            frame=frame,
            measurement=measures.measure(unit, period, peers, actor=actor),
            raised=flagging.find_raised_flags(
                unit, period, actor=actor, peers=tuple(peers.names) if peers else (), edition=edition
            ),
            breakdowns=CountedBreakdowns() if edition else find_breakdowns(frame, unit, actor=actor),
            peers_hidden=peers_hidden,
        )
        if counted.is_at_one_version:
            break
    return counted


def _build_content(unit: UnitLine, counted: _Counted, draw: _Draw, *, actor: Actor) -> PackContent:
    frame, raised = counted.frame, counted.raised
    period = frame.period
    return PackContent(
        unit=unit,
        period=period.text,
        map_on=period.last_day.isoformat(),
        data_version=str(frame.version),
        indicators=counted.measurement.lines,
        trends=measures.trends(unit.code, period, actor=actor),
        flags=tuple(one.line for one in raised),
        sample=draw_sample(raised, frame, seed=draw.seed, size=draw.size, method=draw.method),
        peers_hidden=counted.peers_hidden,
        breakdowns=counted.breakdowns.tables,
        synthetic=bool(installation_notes().get("synthetic")),
        flag_names={one.line.code: one.line.name for one in raised},
    )


def unit_and_descendants(unit: str, period: Period) -> tuple[str, ...]:
    """The unit and everything that was below it in any month of the period."""
    days = {month.last_day for month in period.months()}
    return tuple(sorted({unit}.union(*(tree(day).subtree(unit) for day in days))))


def _unit_line(unit: str, on: date) -> UnitLine:
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
    names = {
        node.code: node.name for node in nodes[own.parent].children if are_comparable(node.kind, own.kind)
    }
    return PeerGroup(parent=own.parent, names=names), False

"""Keeping limits on which catalogues disagree until somebody decides (ghi nhận thời hạn khác nhau giữa hai nguồn)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from congtam.foundation.public import Actor, clock
from congtam.procedures.domain.content import ChannelLimit, limits_from_json, limits_to_json
from congtam.procedures.domain.limit_conflicts import compare_limits, limits_digest
from congtam.procedures.models import LimitConflict, Procedure, ProcedureVersion

_RECORDED_SIDE: Final = ("recorded_limits", "recorded_source", "recorded_on", "recorded_digest")


@dataclass(frozen=True, kw_only=True)
class NewConflict:
    """What another catalogue states beside the version in force."""

    version: ProcedureVersion
    recorded: tuple[ChannelLimit, ...]
    incoming: tuple[ChannelLimit, ...]


def decided_pairs(codes: Collection[str]) -> Mapping[str, set[frozenset[str]]]:
    """The pairs of limits somebody has decided between, by procedure: nobody is asked again, whoever says it."""
    pairs: dict[str, set[frozenset[str]]] = {}
    rows = LimitConflict.objects.decided().filter(procedure__code__in=codes)
    for code, *digests in rows.values_list("procedure__code", "recorded_digest", "incoming_digest"):
        pairs.setdefault(code, set()).add(frozenset(digests))
    return pairs


def record_conflicts(news: Sequence[NewConflict], *, source: str, catalogue: str, day: date) -> int:
    """Keep what a catalogue states differently; how many were not noted yet.

    A newer edition of the catalogue replaces what an older one said.
    """
    procedures = [new.version.procedure_id for new in news]
    noted = {
        row.procedure_id: row
        for row in LimitConflict.objects.open()
        .select_for_update()
        .filter(procedure__in=procedures, catalogue=catalogue)
    }
    replaced, fresh = [], []
    for new in news:
        before = noted.get(new.version.procedure_id)
        conflict = _new_conflict(new, source=source, catalogue=catalogue, day=day)
        if before is not None and before.incoming_digest == conflict.incoming_digest:
            continue
        replaced += [before] if before else []
        fresh.append(conflict)
    _close_conflicts(replaced, "replaced")
    LimitConflict.objects.bulk_create(fresh)
    return len(fresh)


def _new_conflict(new: NewConflict, *, source: str, catalogue: str, day: date) -> LimitConflict:
    return LimitConflict(
        procedure=new.version.procedure,
        catalogue=catalogue,
        incoming_limits=limits_to_json(new.incoming),
        incoming_source=source[:300],
        incoming_on=day,
        incoming_digest=limits_digest(new.incoming),
        noted_at=clock().now(),
        **_recorded_side(new.version, new.recorded),
    )


def _recorded_side(version: ProcedureVersion, limits: Sequence[ChannelLimit]) -> dict[str, object]:
    return {
        "recorded_limits": limits_to_json(limits),
        "recorded_source": version.limits_source,
        "recorded_on": version.valid.lower,
        "recorded_digest": limits_digest(limits),
    }


def recheck_open_conflicts(codes: Collection[str]) -> int:
    """Compare open conflicts with what is in force now; how many agree and are closed.

    The others show its new value.
    """
    rows = list(
        LimitConflict.objects.open().select_for_update(of=("self",)).filter(procedure__code__in=codes)
    )
    if not rows:
        return 0
    versions = _versions_in_force({row.procedure_id for row in rows})
    agreed, changed = [], []
    for row in rows:
        version = versions.get(row.procedure_id)
        if version is None:
            continue
        limits = limits_from_json(version.details["limits"])
        if not compare_limits(limits, limits_from_json(row.incoming_limits)).disputed:
            agreed.append(row)
        elif limits_digest(limits) != row.recorded_digest:
            for name, value in _recorded_side(version, limits).items():
                setattr(row, name, value)
            changed.append(row)
    LimitConflict.objects.bulk_update(changed, _RECORDED_SIDE)
    return _close_conflicts(agreed, "agreed")


def _versions_in_force(procedures: Collection[int]) -> Mapping[int, ProcedureVersion]:
    """The versions without an end, with no more than what is compared."""
    rows = ProcedureVersion.objects.filter(procedure__in=procedures, valid__upper_inf=True)
    return {row.procedure_id: row for row in rows.only("procedure_id", "valid", "limits_source", "details")}


def close_withdrawn_conflicts(codes: Iterable[str], *, catalogue: str) -> int:
    """Close what a catalogue once stated differently and states no more; how many."""
    rows = LimitConflict.objects.open().filter(procedure__code__in=codes, catalogue=catalogue)
    return _close_conflicts(rows, "agreed")


def close_conflicts(procedure: Procedure, state: str, *, actor: Actor, ground: str) -> None:
    """Close all open conflicts of a procedure, because somebody settled what its limits are."""
    rows = LimitConflict.objects.open().filter(procedure=procedure)
    _close_conflicts(rows, state, by=actor.username, ground=ground)


def _close_conflicts(rows: Iterable[LimitConflict], state: str, *, by: str = "", ground: str = "") -> int:
    keys = [row.pk for row in rows]
    if not keys:
        return 0
    return LimitConflict.objects.filter(pk__in=keys).update(
        state=state, decided_at=clock().now(), decided_by=by, ground=ground[:500]
    )

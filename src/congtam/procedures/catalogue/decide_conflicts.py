"""Deciding which of two catalogues is right about a time limit (quyết định thời hạn khi hai nguồn khác nhau)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from congtam.foundation.public import Actor, clock, record
from congtam.kernel.errors import InputRefused, Problem, msgid
from congtam.procedures import permissions
from congtam.procedures.catalogue.desk_version import newest_for_update, write_version
from congtam.procedures.catalogue.note_conflicts import recheck_open_conflicts
from congtam.procedures.domain.content import from_json, limits_from_json
from congtam.procedures.domain.limit_conflicts import replace_limits
from congtam.procedures.models import LimitConflict
from congtam.procedures.models.conflicts import DECIDED


@transaction.atomic
def decide_conflicts(
    keys: Collection[int], choice: str, *, valid_from: date, ground: str, actor: Actor
) -> int:
    """Decide open conflicts in one way (chọn nguồn đúng); how many. Raises InputRefused, and then decides none.

    ``taken`` makes a version from ``valid_from`` on, which later imports may change again; ``kept`` changes nothing.
    Nobody is asked again about the same two limits. What was decided meanwhile is left out.
    """
    permissions.require_edit(actor)
    rows = list(
        LimitConflict.objects.open()
        .select_for_update(of=("self",))
        .select_related("procedure")
        .filter(pk__in=keys)
        .order_by("procedure__code", "pk")
    )
    problems = list(_choice_problems(rows, choice, ground))
    for row in rows if not problems else []:
        if choice == "taken":
            problems += _apply_incoming_limits(row, valid_from=valid_from, ground=ground, actor=actor)
        else:
            _audit_decision(row, choice, ground=ground, actor=actor)
    if problems:
        raise InputRefused(problems)
    LimitConflict.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=choice, decided_at=clock().now(), decided_by=actor.username, ground=ground.strip()[:500]
    )
    recheck_open_conflicts({row.procedure.code for row in rows})
    return len(rows)


def _choice_problems(rows: Sequence[LimitConflict], choice: str, ground: str) -> Iterator[Problem]:
    if not rows:
        message = msgid("Select the procedures to decide about.")
        yield Problem(code="conflicts_missing", message=message, column="conflicts")
    if choice not in DECIDED:
        message = msgid("Choose which limit holds.")
        yield Problem(code="choice_missing", message=message, column="choice")
    if not ground.strip():
        message = msgid("Enter the decision or letter on which the change is based.")
        yield Problem(code="ground_missing", message=message, column="ground")
    codes = [row.procedure.code for row in rows]
    for code in sorted({code for code in codes if choice == "taken" and codes.count(code) > 1}):
        message = msgid("{procedure}: select one of the catalogues; they differ from each other.")
        yield Problem(code="conflicts_rival", message=message, column="conflicts", data={"procedure": code})


def _apply_incoming_limits(
    row: LimitConflict, *, valid_from: date, ground: str, actor: Actor
) -> Iterator[Problem]:
    version = newest_for_update(row.procedure.code)
    first = version.valid.lower
    if first is not None and valid_from < first:
        yield Problem(
            code="version_newer",
            message=msgid("{procedure}: a version in force from {day} is already on record."),
            data={"procedure": row.procedure.code, "day": first.strftime("%d/%m/%Y")},
            column="valid_from",
            advice=msgid("Choose that day or a later one."),
        )
        return
    recorded = from_json(version.details)
    limits = replace_limits(recorded.limits, limits_from_json(row.incoming_limits))
    before, version.limits_source = version.digest, row.incoming_source
    after = write_version(
        version,
        replace(recorded, limits=limits),
        valid_from=valid_from,
        source=row.incoming_source,
        by_hand=version.by_hand,
    )
    day = {"valid_from": valid_from.isoformat()}
    _audit_decision(row, "taken", ground=ground, actor=actor, before=before, after=after.digest, **day)


def _audit_decision(
    row: LimitConflict,
    choice: str,
    *,
    ground: str,
    actor: Actor,
    before: str | None = None,
    after: str | None = None,
    **data: str,
) -> None:
    catalogue = row.incoming_source if choice == "taken" else row.recorded_source
    record(
        actor,
        "procedure.limit_decided",
        kind="procedures",
        key=row.procedure.code,
        data={"choice": choice, "catalogue": catalogue, "ground": ground, **data},
        before=before,
        after=after,
    )

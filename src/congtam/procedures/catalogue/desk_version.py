"""Putting what was entered by hand into force (ban hành phiên bản nhập tay) from a day on."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from django.db import transaction

from congtam.foundation.public import Actor, record
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.procedures import permissions
from congtam.procedures.catalogue import versions
from congtam.procedures.catalogue.note_conflicts import close_conflicts
from congtam.procedures.domain.content import Content, differences, from_json
from congtam.procedures.models import ProcedureVersion

ContentEdit = Callable[[Content], tuple[Content, list[Problem]]]
"""Gives the content with what was entered, and everything that is wrong with it."""


@transaction.atomic
def put_into_force(
    code: str, change: ContentEdit, *, valid_from: date, ground: str, actor: Actor, base: str = ""
) -> ProcedureVersion:
    """Make a version from a day on; what does not differ changes nothing.

    ``ground`` is the decision or letter behind it; ``base`` the digest of the version that was edited. Raises
    InputRefused with everything that is wrong. On the first day of a version the version itself is corrected: the
    ledger keeps the digest before and after.
    """
    permissions.require_edit(actor)
    version = newest_for_update(code)
    recorded = from_json(version.details)
    content, problems = change(recorded)
    problems += _problems_of_time(version, valid_from, base=base, ground=ground)
    if problems:
        raise InputRefused(problems)
    changed = differences(recorded, content)
    if not changed:
        return version
    before = version.digest
    by_hand = sorted({*version.by_hand, *changed})
    if "limits" in changed:
        version.limits_source = ground[:300]
        close_conflicts(version.procedure, "entered", actor=actor, ground=ground)
    after = write_version(version, content, valid_from=valid_from, source=ground, by_hand=by_hand)
    data = {"parts": list(changed), "valid_from": valid_from.isoformat(), "ground": ground}
    record(
        actor, "procedure.edited", kind="procedures", key=code, data=data, before=before, after=after.digest
    )
    return after


def newest_for_update(code: str) -> ProcedureVersion:
    """The version without an end, locked, or NotFound."""
    version = (
        ProcedureVersion.objects.select_for_update(of=("self",))
        .select_related("procedure")
        .filter(procedure__code=code, valid__upper_inf=True)
        .first()
    )
    if version is None:
        raise NotFound(kind="procedure", key=code)
    return version


def _problems_of_time(
    version: ProcedureVersion, valid_from: date, *, base: str, ground: str
) -> list[Problem]:
    problems = []
    if base and base != version.digest:
        problems.append(
            Problem(
                code="changed_meanwhile",
                message=msgid("Someone else changed this procedure while you were editing it."),
                advice=msgid("Review the version on record, then enter your changes again."),
            )
        )
    if version.valid.lower is not None and valid_from < version.valid.lower:
        problems.append(
            Problem(
                code="version_newer",
                message=msgid("A version in force from {day} is already on record."),
                data={"day": version.valid.lower.strftime("%d/%m/%Y")},
                column="valid_from",
                advice=msgid("Choose that day or a later one."),
            )
        )
    if not ground.strip():
        problems.append(
            Problem(
                code="ground_missing",
                message=msgid("Enter the decision or letter on which the change is based."),
                column="ground",
            )
        )
    return problems


def write_version(
    version: ProcedureVersion, content: Content, *, valid_from: date, source: str, by_hand: Collection[str]
) -> ProcedureVersion:
    """Correct the version on its own first day, else end it and open another with the source of its limits."""
    code = version.procedure.code
    if version.valid.lower == valid_from:
        version.by_hand = list(by_hand)
        versions.rewrite_versions([(version, content)])
    else:
        versions.close_versions([version], valid_from)
        limits_source = version.limits_source
        news = versions.NewVersion(code, content, valid_from, by_hand=by_hand, limits_source=limits_source)
        versions.create_versions([news], source=source[:300])
    return ProcedureVersion.objects.get(procedure__code=code, valid__upper_inf=True)

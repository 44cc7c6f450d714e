"""Recording decisions that announce procedures, and making these public (công bố, công khai)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from congtam.foundation.confirmation import require_confirmation
from congtam.foundation.public import Actor, clock, record
from congtam.foundation.row_seals import reseal
from congtam.kernel.clock import today
from congtam.kernel.errors import InputRefused, NotFound, Problem, msgid
from congtam.kernel.vietnamese import fold
from congtam.procedures import permissions
from congtam.procedures.domain.announcing import AnnouncedKind
from congtam.procedures.models import AnnouncedProcedure, Announcement, Procedure

ISSUERS = ("province", "ministry")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A decision as it is entered: its number and days, and what it does to which procedures (code, kind)."""

    number: str
    title: str
    signed_on: date | None
    effective_on: date | None
    procedures: Sequence[tuple[str, str]]
    issuer: str = "province"
    legal_effective_on: date | None = None


@transaction.atomic
def record_announcement(decision: Decision, *, actor: Actor) -> Announcement:
    """Record a decision (ghi nhận quyết định công bố); raises InputRefused with everything that is wrong."""
    permissions.require_edit(actor)
    problems = list(_decision_problems(decision))
    if problems or decision.signed_on is None or decision.effective_on is None:
        raise InputRefused(problems)
    announcement = Announcement.objects.create(
        code=_decision_code(decision.number, decision.signed_on),
        number=decision.number,
        title=decision.title,
        issuer=decision.issuer,
        signed_on=decision.signed_on,
        effective_on=decision.effective_on,
        legal_effective_on=decision.legal_effective_on,
        recorded_at=clock().now(),
        recorded_by=actor.username,
    )
    AnnouncedProcedure.objects.bulk_create(
        AnnouncedProcedure(announcement=announcement, procedure_code=code, kind=kind)
        for code, kind in decision.procedures
    )
    reseal(Announcement, [announcement.pk])
    data = {"number": decision.number, "procedures": [code for code, _kind in decision.procedures]}
    record(actor, "procedure.announced", kind="procedures", key=announcement.code, data=data)
    return announcement


@transaction.atomic
def record_publication(code: str, procedures: Sequence[str], *, actor: Actor, note: str = "") -> int:
    """Note that procedures of a decision are public as of today (công khai); how many were not yet.

    The day is today's and cannot be chosen: what is late shows as late.
    """
    permissions.require_edit(actor)
    require_confirmation(actor)
    rows = list(
        AnnouncedProcedure.objects.select_for_update()
        .filter(announcement__code=code, procedure_code__in=procedures)
        .order_by("procedure_code")
    )
    if not rows:
        raise NotFound(kind="announcement", key=code)
    news = [each for each in rows if each.made_public_on is None]
    for each in news:
        each.made_public_on, each.made_public_by, each.note = today(clock()), actor.username, note[:500]
    AnnouncedProcedure.objects.bulk_update(news, ["made_public_on", "made_public_by", "note"])
    reseal(Announcement, {each.announcement_id for each in news})
    if news:
        data = {"procedures": [each.procedure_code for each in news], "note": note}
        record(actor, "procedure.made_public", kind="procedures", key=code, data=data)
    return len(news)


def _decision_code(number: str, signed_on: date) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", fold(number)).strip("-")
    return f"{signed_on:%Y%m%d}-{plain}"[:80]


def _decision_problems(decision: Decision) -> Iterator[Problem]:
    if not decision.number.strip():
        yield Problem(
            code="number_missing", message=msgid("Enter the number of the decision."), column="number"
        )
    if decision.issuer not in ISSUERS:
        yield Problem(
            code="issuer_unknown", message=msgid("Choose who issued the decision."), column="issuer"
        )
    yield from _problems_of_days(decision)
    yield from _problems_of_procedures(decision.procedures)
    if (
        decision.signed_on
        and Announcement.objects.filter(code=_decision_code(decision.number, decision.signed_on)).exists()
    ):
        yield Problem(
            code="decision_twice", message=msgid("This decision is already on record."), column="number"
        )


def _problems_of_days(decision: Decision) -> Iterator[Problem]:
    signed, effective = decision.signed_on, decision.effective_on
    if signed is None:
        yield Problem(
            code="signed_on_missing", message=msgid("Enter the date of signing."), column="signed_on"
        )
    elif signed > today(clock()):
        yield Problem(
            code="signed_in_future",
            message=msgid("The date of signing is in the future."),
            column="signed_on",
        )
    if effective is None:
        yield Problem(
            code="effective_on_missing",
            message=msgid("Enter the date on which it takes effect."),
            column="effective_on",
        )
    elif signed is not None and effective < signed:
        yield Problem(
            code="effective_before_signed",
            message=msgid("The effective date cannot be before the date of signing."),
            column="effective_on",
        )


def _problems_of_procedures(procedures: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    if not procedures:
        yield Problem(
            code="procedures_missing", message=msgid("Enter at least one procedure."), column="procedures"
        )
    codes = [code for code, _kind in procedures]
    registered = set(Procedure.objects.filter(code__in=codes).values_list("code", flat=True))
    for position, (code, kind) in enumerate(procedures):
        if kind not in set(AnnouncedKind):
            yield Problem(
                code="kind_unknown",
                message=msgid("Choose what the decision does to the procedure."),
                column=f"procedures.{position}.kind",
            )
        if code in codes[:position]:
            yield Problem(
                code="procedure_twice",
                message=msgid("Procedure {procedure} is entered twice."),
                data={"procedure": code},
                column=f"procedures.{position}.code",
            )
        elif code not in registered and kind != AnnouncedKind.NEW:
            yield Problem(
                code="procedure_unknown",
                message=msgid("There is no procedure {procedure} in the catalogue."),
                data={"procedure": code},
                column=f"procedures.{position}.code",
            )

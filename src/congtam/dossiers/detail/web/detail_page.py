"""What the page of one dossier shows (chi tiết hồ sơ)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.dossiers.deadlines.domain.clock import Explanation, Pause, explain
from congtam.dossiers.deadlines.web.remaining import office_time
from congtam.dossiers.deadlines.web.texts import format_sentence, stated_moment
from congtam.dossiers.domain.states import PaymentWay
from congtam.dossiers.lists.web.list_page import clock_of
from congtam.dossiers.models import Dossier, Step, Suspension
from congtam.dossiers.record.labels import CHANNELS, GROUNDS, PAYMENTS, STATES, VERDICTS
from congtam.dossiers.record.people import display_names
from congtam.dossiers.steps.web.wording import describe_step, usernames_in_steps
from congtam.foundation.public import Actor
from congtam.foundation.references import Ref, resolve
from congtam.kernel.clock import LOCAL, local_day
from congtam.org_units.public import is_registered_unit, unit_name
from congtam.procedures.public import version_in_force
from congtam.ui.public import current_language, dong, elapsed_time_text, number
from congtam.work_calendar.public import working_calendar


def context(
    dossier: Dossier,
    *,
    actor: Actor,
    now: datetime,
    with_person: bool,
    desk_explanation: Explanation | None = None,
) -> dict[str, Any]:
    """The values of the template; ``desk_explanation`` is told of a dossier of the desk, from its ledger."""
    steps, pauses = list(dossier.steps.all()), list(dossier.suspensions.all())
    names = display_names([dossier.officer, *usernames_in_steps(steps)]) if desk_explanation else {}
    clock = replace(clock_of(dossier), pauses=[_to_pause(pause) for pause in pauses])
    explanation = desk_explanation or explain(clock, now=now)
    return {
        "dossier": dossier,
        "state": STATES[dossier.state],
        "facts": list(_dossier_facts(dossier, with_person=with_person, names=names)),
        "person_hidden": not with_person and bool(dossier.applicant),
        "sentences": [format_sentence(part, dossier.time_zone) for part in explanation.sentences],
        "verdicts": _verdict_rows(explanation),
        "timeline": [
            item
            for _at, item in sorted(
                _timeline_moments(dossier, steps, pauses, with_person=with_person, names=names),
                key=lambda pair: pair[0],
            )
        ],
        "step_count": len(steps),
        "source_attributes": _source_attributes(dossier) if with_person else [],
        "provenance": list(_import_facts(dossier, actor)),
    }


def _source_attributes(dossier: Dossier) -> list[dict[str, Any]]:
    """What the mapping kept of the source; it may tell of persons, so it is shown as the applicant is."""
    return [{"label": name, "value": value} for name, value in sorted(dossier.attributes.items())]


def _to_pause(row: Suspension) -> Pause:
    return Pause(ground=row.ground, started_at=row.started_at, ended_at=row.ended_at)


def _verdict_rows(explanation: Explanation) -> list[dict[str, Any]]:
    return [
        {"name": _("By time"), "verdict": VERDICTS[explanation.by_instant]},
        {"name": _("By date"), "verdict": VERDICTS[explanation.by_date]},
    ]


def _dossier_facts(
    dossier: Dossier, *, with_person: bool, names: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    zone = dossier.time_zone
    yield {
        "label": _("Procedure"),
        "value": dossier.procedure_name or dossier.procedure_code or "—",
        "url": _procedure_url(dossier),
    }
    if dossier.field_name:
        yield {"label": _("Field of work"), "value": dossier.field_name}
    yield {
        "label": _("Unit"),
        "value": unit_name(dossier.unit_code, dossier.received_at),
        "url": reverse("org_units:detail", args=[dossier.unit_code])
        if is_registered_unit(dossier.unit_code)
        else "",
    }
    if with_person and dossier.applicant:
        yield {"label": _("Applicant"), "value": dossier.applicant}
    yield {"label": _("Filing channel"), "value": CHANNELS[dossier.channel].text}
    yield {"label": _("Received"), "value": stated_moment(dossier.received_at, zone)}
    yield {"label": _("Due"), "value": stated_moment(dossier.due_at, zone, is_limit=True)}
    yield {"label": _("Finished"), "value": stated_moment(dossier.finished_at, zone)}
    yield {"label": _("Result returned"), "value": stated_moment(dossier.returned_at, zone)}
    if zone != LOCAL.key:
        yield {"label": _("Time zone of all dates"), "value": zone}
    yield from _further_facts(dossier, names)


def _procedure_url(dossier: Dossier) -> str:
    """The procedure in the catalogue, when it knows the code; other systems have codes of their own."""
    code = dossier.procedure_code
    version = code and version_in_force(code, local_day(dossier.received_at))
    return reverse("procedures:detail", args=[code]) if version else ""


def _further_facts(dossier: Dossier, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    language = current_language()
    if dossier.officer:
        yield {"label": _("Officer"), "value": names.get(dossier.officer, dossier.officer)}
    is_owed = names and dossier.fee_dong and dossier.payment == PaymentWay.UNKNOWN
    paid = _("Not paid yet") if is_owed else PAYMENTS[dossier.payment].text
    yield {"label": _("Payment"), "value": paid}
    if dossier.fee_dong is not None:
        yield {"label": _("Fee"), "value": dong(dossier.fee_dong)}
    digitised = {True: _("Yes"), False: _("No"), None: _("Not recorded")}[dossier.result_digitised]
    yield {"label": _("Result digitised"), "value": digitised}
    yield {"label": _("Requests for supplement"), "value": number(dossier.supplement_count, language)}
    if dossier.suspended_seconds:
        yield {
            "label": _("Time suspended"),
            "value": elapsed_time_text(timedelta(seconds=dossier.suspended_seconds)),
        }


def _import_facts(dossier: Dossier, actor: Actor) -> Iterator[dict[str, Any]]:
    yield {"label": _("Mapping"), "value": dossier.source}
    if dossier.source_code:
        yield {"label": _("Code at the source"), "value": dossier.source_code}
    if dossier.source_row is not None:
        yield {"label": _("Row in the file"), "value": number(dossier.source_row, current_language())}
    if dossier.import_key:
        page = resolve(Ref("import", dossier.import_key), to=actor)
        yield {"label": _("Import"), "value": dossier.import_key, "url": page.url if page else ""}
    yield {"label": _("Digest of the row"), "value": dossier.row_digest[:16] + "…"}


def _timeline_moments(
    dossier: Dossier,
    steps: list[Step],
    pauses: list[Suspension],
    *,
    with_person: bool,
    names: Mapping[str, str],
) -> Iterator[tuple[tuple[datetime, int], dict[str, Any]]]:
    """Steps and pauses with the place they take in time; a step without any date keeps its order."""
    zone, last = dossier.time_zone, dossier.received_at
    for step in steps:
        last = step.finished_at or step.started_at or last
        yield (last, step.sequence), _step_item(step, zone, names, with_person=with_person)
    for pause in pauses:
        yield (pause.started_at, -1), _pause_item(pause, zone, with_person=with_person)


def _step_item(step: Step, zone: str, names: Mapping[str, str], *, with_person: bool) -> dict[str, Any]:
    limit = step.due_at or step.planned_at
    late = limit is not None and step.finished_at is not None and step.finished_at > limit
    item: dict[str, Any] = {
        "title": step.name or step.code or _("Step {number}").format(number=step.sequence),
        "when": " · ".join(
            part
            for part in (_step_span_text(step, zone), step.office, names.get(step.officer, step.officer))
            if part
        ),
        "tone": "late" if late else "done" if step.finished_at else "future",
    }
    if limit is not None:
        name = _("Due {at}") if step.due_at else _("Planned {at}")
        item["text"] = name.format(at=stated_moment(limit, zone, is_limit=True))
    if names and (how := describe_step(step, names, with_person=with_person)):
        item["text"] = " · ".join(part for part in (item.get("text", ""), how) if part)
    if late and limit is not None and step.finished_at is not None:
        item |= {
            "badge": _("late by {length}").format(
                length=office_time(working_calendar(), limit, step.finished_at)
            ),
            "badge_tone": "bad",
        }
    return item


def _step_span_text(step: Step, zone: str) -> str:
    if step.started_at and step.finished_at and step.started_at != step.finished_at:
        return f"{stated_moment(step.started_at, zone)} – {stated_moment(step.finished_at, zone)}"
    at = step.finished_at or step.started_at
    return stated_moment(at, zone) if at else ""


def _pause_item(pause: Suspension, zone: str, *, with_person: bool) -> dict[str, Any]:
    """A pause; its note is free text that may name the applicant."""
    until = stated_moment(pause.ended_at, zone) if pause.ended_at else _("not finished yet")
    item: dict[str, Any] = {
        "title": _("Clock stopped: {ground}").format(ground=GROUNDS[pause.ground].text),
        "when": f"{stated_moment(pause.started_at, zone)} – {until}",
        "text": pause.note if with_person else "",
        "tone": "paused",
    }
    if pause.ended_at:
        item |= {"badge": elapsed_time_text(pause.ended_at - pause.started_at), "badge_tone": "warn"}
    return item

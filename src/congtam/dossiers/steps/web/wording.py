"""How a step of a dossier of the desk went (diễn biến bước xử lý): given, accepted, how it ended, the note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congtam.dossiers.deadlines.web.texts import moment
from congtam.dossiers.models import Step
from congtam.dossiers.record.domain.step_attributes import StepAttributes

OUTCOMES: Final[Mapping[str, str | Promise]] = {
    "sent_back": gettext_lazy("Sent back"),
    "taken_back": gettext_lazy("Taken back before acceptance"),
    "reassigned": gettext_lazy("Assigned to someone else in the office"),
    "ended": gettext_lazy("Ended with the dossier"),
}


def usernames_in_steps(steps: list[Step]) -> Iterator[str]:
    """The accounts that the steps name."""
    for step in steps:
        yield step.officer
        yield StepAttributes.parse(step.attributes).course.handed_over_by or ""


def describe_step(step: Step, names: Mapping[str, str], *, with_person: bool) -> str:
    """One line about a step; notes and reasons may name the applicant."""
    attributes = StepAttributes.parse(step.attributes)
    course, notes = attributes.course, attributes.notes
    parts: list[str] = []
    if giver := course.handed_over_by:
        parts.append(
            _("assigned by {who} {at}").format(
                who=names.get(giver, giver), at=_format_moment(course.handed_over_at)
            )
        )
    if course.accepted_at:
        parts.append(_("accepted {at}").format(at=_format_moment(course.accepted_at)))
    if (outcome := course.outcome) and outcome in OUTCOMES:
        parts.append(str(OUTCOMES[outcome]))
    if with_person:
        parts += [str(text) for text in (notes.note, notes.reason) if text]
    return " · ".join(parts)


def _format_moment(written: str | None) -> str:
    return moment(datetime.fromisoformat(written)) if written else ""

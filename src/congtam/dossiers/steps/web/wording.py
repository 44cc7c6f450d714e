"""How a step of a dossier of the desk went (diễn biến bước xử lý): given, accepted, how it ended, the note."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from congtam.dossiers.deadlines.web.texts import moment
from congtam.dossiers.models import Step

OUTCOMES: Final[Mapping[str, str | Promise]] = {
    "sent_back": gettext_lazy("Sent back"),
    "taken_back": gettext_lazy("Taken back before it was accepted"),
    "reassigned": gettext_lazy("Given to somebody else of the office"),
    "ended": gettext_lazy("Ended with the dossier"),
}


def people_of(steps: list[Step]) -> Iterator[str]:
    """The accounts that the steps name."""
    for step in steps:
        yield step.officer
        yield str(step.attributes.get("given_by", ""))


def went(step: Step, names: Mapping[str, str], *, with_person: bool) -> str:
    """One line about a step; notes and reasons may name the applicant."""
    told: Mapping[str, Any] = step.attributes
    parts: list[str] = []
    if giver := told.get("given_by"):
        parts.append(
            _("given by {who} {at}").format(who=names.get(giver, giver), at=_when(told.get("given_at")))
        )
    if told.get("accepted_at"):
        parts.append(_("accepted {at}").format(at=_when(told["accepted_at"])))
    if told.get("outcome") in OUTCOMES:
        parts.append(str(OUTCOMES[told["outcome"]]))
    if with_person:
        parts += [str(told[name]) for name in ("note", "reason") if told.get(name)]
    return " · ".join(parts)


def _when(written: str | None) -> str:
    return moment(datetime.fromisoformat(written)) if written else ""

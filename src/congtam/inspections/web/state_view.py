"""Where a pack stands, as its page shows it (trạng thái, thao tác), and the verbs the reader may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from congtam.foundation.public import Actor
from congtam.inspections.domain.states import STATE_NAMES, PackState
from congtam.inspections.lifecycle import MOST_REASON, WITHDRAW, PackSubject, available_verbs
from congtam.inspections.models import InspectionPack

_TONES: Final = {
    PackState.DRAFT.value: "neutral",
    PackState.ANNOUNCED.value: "warn",
    PackState.OPEN.value: "good",
    PackState.WITHDRAWN.value: "bad",
}


@dataclass(frozen=True, kw_only=True)
class VerbButton:
    """A verb the reader may do now; ``needs_reason`` opens a box to write in."""

    code: str
    name: str
    lead: str
    icon: str
    style: str
    needs_reason: bool


@dataclass(frozen=True, kw_only=True)
class StateView:
    """The state with who brought it about, and what can be done now."""

    name: str
    tone: str
    note: str
    at: datetime | None
    by: str
    reason: str
    verbs: tuple[VerbButton, ...]
    version: int
    is_team: bool
    shows_sample: bool
    most_reason: int = MOST_REASON


def state_name(state: str) -> str:
    """The state in the reader's language."""
    return _(STATE_NAMES[state])


def state_tone(state: str) -> str:
    """The colour of its badge."""
    return _TONES[state]


def state_view(pack: InspectionPack, *, actor: Actor) -> StateView:
    """Build the view for a reader who sees the pack."""
    subject = PackSubject(actor=actor, pack=pack)
    is_team = subject.is_team
    return StateView(
        name=state_name(pack.state),
        tone=state_tone(pack.state),
        note=_state_note(pack.state, is_team=is_team),
        at=pack.state_at,
        by=pack.state_by_name,
        reason=pack.state_reason,
        verbs=tuple(
            VerbButton(
                code=verb.code,
                name=_(verb.name),
                lead=_(verb.lead),
                icon=verb.icon,
                style=verb.style or "",
                needs_reason=verb is WITHDRAW,
            )
            for verb in available_verbs(subject)
        ),
        version=pack.version,
        is_team=is_team,
        shows_sample=is_team or pack.state == PackState.OPEN,
    )


def _state_note(state: str, *, is_team: bool) -> str:
    if is_team:
        return {
            PackState.DRAFT.value: _(
                "Only those who prepare inspections here see it; the unit sees nothing."
            ),
            PackState.ANNOUNCED.value: _(
                "The unit sees period, seed and its own figures; no flags, no sample, no report."
            ),
            PackState.OPEN.value: _(
                "The unit sees flags, sample and report; reasons of the sample stay here."
            ),
            PackState.WITHDRAWN.value: _(
                "On no list, and gone for the unit. Prepare the same again to use it again."
            ),
        }[state]
    if state == PackState.OPEN:
        return _("Bring the dossiers of the sample and explain the flagged ones.")
    return _("The sample and the report follow when the team opens them to you.")

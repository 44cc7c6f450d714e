"""What can be done with a dossier now (thao tác được phép), also at the counter that took it in for another unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.urls import reverse

from congtam.dossiers.handling.machine import available_verbs, can_see
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.handling.verbs import ISSUE_RESULT
from congtam.dossiers.handling.wording import verb_labels
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.desk_queries import find_desk_record
from congtam.foundation.public import Actor


def offered_verbs(dossier: Dossier, *, actor: Actor) -> tuple[DeskVerb, ...]:
    """What the actor may do now; of a dossier out of sight what an applicant comes back to the counter for."""
    return available_verbs(dossier, actor=actor, is_at_counter=not can_see(actor, dossier))


def buttons(dossier: Dossier, *, actor: Actor) -> Iterator[dict[str, Any]]:
    """The buttons of the verbs that have a page, in their declared order; the first main one alone is highlighted."""
    verbs = [verb for verb in offered_verbs(dossier, actor=actor) if verb.form is not None]
    ordered = sorted(verbs, key=lambda verb: verb.order)
    main = _main_verb(dossier, ordered)
    for verb in ordered:
        labels = verb_labels(verb)
        yield {
            "url": reverse("dossiers:verb", args=[dossier.code, verb.code]),
            "text": labels.button,
            "icon": labels.icon,
            "style": "" if verb.style == "primary" and verb is not main else labels.style,
        }


def _main_verb(dossier: Dossier, verbs: Sequence[DeskVerb]) -> DeskVerb | None:
    """What comes next, of the verbs offered in their order: once it is decided, to issue the result."""
    main = [verb for verb in verbs if verb.style == "primary"]
    desk = find_desk_record(dossier) if ISSUE_RESULT in main else None
    return ISSUE_RESULT if desk is not None and desk.decided_at else next(iter(main), None)

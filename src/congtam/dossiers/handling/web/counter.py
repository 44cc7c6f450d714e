"""What can be done with a dossier now (thao tác được phép), also at the counter that took it in for another unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from congtam.dossiers.domain.lifecycle import Verb, verbs_of
from congtam.dossiers.domain.states import State
from congtam.dossiers.handling.assignment import situation_of, verbs_for
from congtam.dossiers.handling.changing import AT_THE_COUNTER
from congtam.dossiers.handling.domain.guards import obstacle
from congtam.dossiers.handling.web.verb_forms import FORMS
from congtam.dossiers.handling.web.verb_words import WORDS
from congtam.dossiers.models import Dossier
from congtam.dossiers.record.desk_queries import desk_of
from congtam.dossiers.record.visibility import visible_to
from congtam.foundation.public import Actor, clock


def sees(actor: Actor, dossier: Dossier) -> bool:
    """Whether the actor may open the dossier itself."""
    return visible_to(actor).filter(pk=dossier.pk).exists()


def offered(dossier: Dossier, *, actor: Actor) -> tuple[Verb, ...]:
    """What the actor may do now; of a dossier out of sight what an applicant comes back to the counter for."""
    if sees(actor, dossier):
        return verbs_for(dossier, actor=actor)
    desk = desk_of(dossier)
    if desk is None:
        return ()
    at = situation_of(dossier, desk, now=clock().now())
    return tuple(
        verb
        for verb in verbs_of(State(dossier.state))
        if verb in AT_THE_COUNTER and obstacle(verb, at) is None
    )


def buttons(dossier: Dossier, *, actor: Actor) -> Iterator[dict[str, Any]]:
    """The buttons of the steps, in the order of the table of words."""
    may = set(offered(dossier, actor=actor))
    for verb, words in WORDS.items():
        if verb in may and verb in FORMS:
            yield {
                "url": reverse("dossiers:act", args=[dossier.code, verb.value]),
                "text": words.button,
                "icon": words.icon,
                "style": words.style,
            }

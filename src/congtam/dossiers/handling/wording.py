"""What the ledger of a dossier says in words (lời của nhật ký), and which of its lines the applicant hears of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from django.utils.translation import gettext

from congtam.dossiers.handling.machine import DESK
from congtam.dossiers.handling.subject import DeskVerb
from congtam.kernel.errors import msgid


@dataclass(frozen=True, kw_only=True)
class DossierEvent:
    """Something that happens to a dossier and is no verb of the desk (sự kiện)."""

    code: str
    done: str
    """The words of the ledger, a msgid."""
    notify: str | None = None
    """The key of the message to the applicant; None: the applicant hears nothing of it."""


EVENTS: Final = (
    DossierEvent(code="received", done=msgid("Received the dossier"), notify="received"),
    DossierEvent(code="recomputed", done=msgid("Due date worked out again"), notify="recomputed"),
    DossierEvent(
        code="parent_ended", done=msgid("Told that the dossier it was opened for ended without a result")
    ),
    DossierEvent(
        code="parent_goes_on", done=msgid("Told that the dossier it was opened for is handled again")
    ),
    DossierEvent(code="letters_recomputed", done=msgid("Time to answer worked out again")),
    DossierEvent(
        code="supplement_recomputed",
        done=msgid("Time to supplement worked out again"),
        notify="supplement_recomputed",
    ),
    DossierEvent(code="printed", done=msgid("A form was printed")),
    DossierEvent(code="supplement_sent", done=msgid("The applicant sent papers online")),
    DossierEvent(code="supplement_declined", done=msgid("Papers sent online were not enough")),
    DossierEvent(code="rated", done=msgid("The applicant rated the handling")),
)
_BY_CODE: Final = {event.code: event for event in EVENTS}


def words_of_ledger(written: str) -> str:
    """A verb of the ledger in words; an unknown one as it was written."""
    code = written.removeprefix("dossier.")
    declared = _BY_CODE.get(code) or DESK.find_verb(code)
    return gettext(declared.done) if declared else code


def message_key(code: str) -> str | None:
    """Under which key the applicant is told of a verb or an event of a dossier; None: only of a new state."""
    declared = _BY_CODE.get(code) or DESK.find_verb(code)
    return declared.notify if declared else None


def message_keys() -> frozenset[str]:
    """All keys under which an applicant is told of something."""
    keys = [*(verb.notify for verb in DESK.verbs), *(event.notify for event in EVENTS)]
    return frozenset(key for key in keys if key is not None)


class VerbWords(NamedTuple):
    """A verb in the reader's language, as pages show it."""

    button: str
    lead: str
    done: str
    icon: str
    style: str


def words_of(verb: DeskVerb) -> VerbWords:
    """The declared words, translated."""
    return VerbWords(
        button=gettext(verb.name),
        lead=gettext(verb.lead) if verb.lead else "",
        done=gettext(verb.done),
        icon=verb.icon,
        style=verb.style,
    )

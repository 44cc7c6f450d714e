"""What the ledger of a dossier says in words (lời của nhật ký), and which of its lines the applicant is notified of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

from django.utils.translation import gettext

from congtam.dossiers.handling.machine import DESK
from congtam.dossiers.handling.subject import DeskVerb
from congtam.foundation.lifecycle import verb_table
from congtam.kernel.errors import msgid


@dataclass(frozen=True, kw_only=True)
class DossierEvent:
    """Something that happens to a dossier and is no verb of the desk (sự kiện)."""

    code: str
    done: str
    """The words of the ledger, a msgid."""
    notify: str | None = None
    """The key of the message to the applicant; None: the applicant is notified nothing of it."""


EVENTS: Final = (
    DossierEvent(code="received", done=msgid("Application received"), notify="received"),
    DossierEvent(code="recomputed", done=msgid("Due date recalculated"), notify="recomputed"),
    DossierEvent(code="parent_ended", done=msgid("Notified that the parent dossier ended without a result")),
    DossierEvent(
        code="parent_goes_on", done=msgid("Notified that the parent dossier is being handled again")
    ),
    DossierEvent(code="letters_recomputed", done=msgid("Time limit for the answer recalculated")),
    DossierEvent(
        code="supplement_recomputed",
        done=msgid("Time limit for the supplement recalculated"),
        notify="supplement_recomputed",
    ),
    DossierEvent(code="printed", done=msgid("A form was printed")),
    DossierEvent(code="supplement_sent", done=msgid("The applicant sent papers online")),
    DossierEvent(code="supplement_declined", done=msgid("Papers sent online were not sufficient")),
    DossierEvent(code="person_erased", done=msgid("Personal data erased")),
    DossierEvent(code="rated", done=msgid("The applicant rated the handling")),
)
_BY_CODE: Final = {event.code: event for event in EVENTS}


def ledger_label(verb: str) -> str:
    """A verb of the ledger in words; an unknown one as it was written."""
    code = verb.removeprefix("dossier.")
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


class VerbLabels(NamedTuple):
    """A verb in the reader's language, as pages show it."""

    button: str
    lead: str
    done: str
    icon: str
    style: str


def verb_labels(verb: DeskVerb) -> VerbLabels:
    """The declared words, translated."""
    return VerbLabels(
        button=gettext(verb.name),
        lead=gettext(verb.lead) if verb.lead else "",
        done=gettext(verb.done),
        icon=verb.icon,
        style=verb.style,
    )


def verbs_documentation() -> str:
    """``docs/dossier_verbs.md``: the declarations as a table, and what else happens to a dossier."""
    events = [
        f"| {event.done} | `{event.code}` | {f'`{event.notify}`' if event.notify else ''} |\n"
        for event in EVENTS
    ]
    return (
        "# Verbs of the desk (thao tác trên hồ sơ)\n\n"
        "Collected from `dossiers/handling/verbs/`; refresh it with `.venv/bin/python -m tools.verb_tables`. "
        "What each does and why is described in [dossiers](dossiers.md); "
        "how to add one in [life cycles](lifecycle.md).\n\n"
        f"{verb_table(DESK)}\n"
        "Other entries in the ledger of a dossier:\n\n"
        "| event | code | applicant is notified |\n|---|---|---|\n"
        f"{''.join(events)}"
    )

"""The plain words a citizen reads (lời văn cho người dân): states, events, letters, the story of the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.applicant.public import CitizenEvent, Sentence
from congtam.dossiers.public import GROUND_LABELS, State
from congtam.ui.public import current_language, day, elapsed_time_text, instant, number


class StateText(NamedTuple):
    """A headline, what it means for the person, and its tone."""

    title: str | Promise
    text: str | Promise
    tone: str


STATES: Final[Mapping[str, StateText]] = {
    State.RECEIVED: StateText(
        _("Your dossier has been received"), _("The office will now handle it."), "main"
    ),
    State.IN_PROGRESS: StateText(
        _("Your dossier is being handled"),
        _("You do not need to do anything; you will receive the result by the due date."),
        "main",
    ),
    State.AWAITING_SUPPLEMENT: StateText(
        _("Your dossier needs more papers"),
        _("The office is waiting for you. The time limit is suspended until you send what is missing."),
        "warn",
    ),
    State.AWAITING_PAYMENT: StateText(
        _("A fee must be paid"),
        _("The office is waiting for your payment. The time limit is suspended until then."),
        "warn",
    ),
    State.FINISHED: StateText(
        _("The result is ready"), _("You will receive the result in the way you chose."), "good"
    ),
    State.RETURNED: StateText(_("The result has been returned to you"), _("Your dossier is closed."), "good"),
    State.REFUSED: StateText(
        _("Your dossier was not accepted"), _("The letter below says why and what you can do."), "bad"
    ),
    State.WITHDRAWN: StateText(
        _("You have withdrawn your dossier"), _("It is no longer being handled."), "neutral"
    ),
    State.STOPPED: StateText(
        _("Handling of your dossier was stopped"),
        _("The letter below says why and what you can do."),
        "neutral",
    ),
}
PAPERS_SENT: Final = StateText(
    _("You have sent the papers"),
    _("The office is reviewing them. You do not need to do anything for now."),
    "main",
)
"""Beside the state “needs more papers”, once they were sent online."""
PAID: Final = StateText(
    _("Your payment has arrived"), _("The office is informed, and the time limit runs again."), "main"
)
"""Beside the state “a fee must be paid”, until the office has read that it was."""
FILINGS: Final[Mapping[str, StateText]] = {
    "submitted": StateText(
        _("Your application has arrived"),
        _("The one-stop shop checks it, then gives it a dossier code and a due date."),
        "main",
    ),
    "accepted": StateText(_("Your application was accepted"), _("It now has a dossier code."), "good"),
    "declined": StateText(
        _("Your application was not accepted"), _("Read the reason, correct it and send it again."), "bad"
    ),
}
LETTERS: Final[Mapping[str, str | Promise]] = {
    "supplement": _("Request for further papers"),
    "refusal": _("Refusal"),
    "apology": _("Letter of apology and new due date"),
    "stop": _("Notice that handling was stopped"),
    "withdrawal": _("Confirmation of your withdrawal"),
    "payment": _("Request for payment"),
    "mistake": _("Notice of a mistake of the office"),
}
PRINTED: Final = frozenset({"supplement", "refusal", "apology", "stop", "withdrawal", "mistake"})
"""Letters that have an official form."""
WAYS: Final[Mapping[str, str | Promise]] = {
    "desk": _("at the one-stop shop"),
    "post": _("by public post"),
    "online": _("on this site"),
}
_EVENTS: Final[Mapping[str, str | Promise]] = {
    "received": _("Received at the one-stop shop"),
    "resumed": _("The time limit runs again"),
    "waived": _("The office has waived the payment; the clock runs again"),
    "extended": _("A new due date was set"),
    "calendar": _("The due date was recalculated because a day off changed"),
    "ended": _("Handling ended"),
    "reopened": _("Handling of the dossier reopened"),
    "returned": _("Result returned"),
}


def event_title(event: CitizenEvent) -> str:
    """What happened, in words."""
    if event.what == "step":
        return gettext("Passed on to: {office}").format(office=event.office)
    if event.what.startswith("letter."):
        kind = event.what.removeprefix("letter.")
        return gettext("Letter to you: {letter}").format(letter=LETTERS.get(kind, kind))
    return str(_EVENTS.get(event.what, event.what))


def clock_paragraph(sentences: tuple[Sentence, ...]) -> str:
    """The story of the clock as one paragraph."""
    texts = []
    for sentence in sentences:
        values = {name: _format_value(name, value) for name, value in sentence.data.items()}
        texts.append(gettext(sentence.message).format(**values))
    return " ".join(texts)


def _format_value(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, timedelta):
        return elapsed_time_text(value, with_minutes=False)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return number(value.normalize(), current_language())
    if name == "ground" and value in GROUND_LABELS:
        return str(GROUND_LABELS[value].text)
    return str(value)

"""The plain words a citizen reads (lời văn cho người dân): states, events, letters, the story of the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.applicant.public import CitizenEvent, Sentence
from congtam.dossiers.public import GROUND_LABELS, State
from congtam.ui.public import current_language, day, instant, number


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
        _("Your dossier is being handled"), _("You need do nothing; you will get the result on time."), "main"
    ),
    State.AWAITING_SUPPLEMENT: StateText(
        _("Your dossier needs more papers"),
        _("The office waits for you. Until you send what is missing the time does not run."),
        "warn",
    ),
    State.AWAITING_PAYMENT: StateText(
        _("A fee must be paid"),
        _("The office waits for your payment. Until then the time does not run."),
        "warn",
    ),
    State.FINISHED: StateText(
        _("The result is ready"), _("The result can be returned to you in the way you chose."), "good"
    ),
    State.RETURNED: StateText(_("The result has been returned to you"), _("Your dossier is closed."), "good"),
    State.REFUSED: StateText(
        _("Your dossier was not accepted"), _("The letter below says why and what you can do."), "bad"
    ),
    State.WITHDRAWN: StateText(
        _("You have withdrawn your dossier"), _("Nobody works on it any more."), "neutral"
    ),
    State.STOPPED: StateText(
        _("Work on your dossier was stopped"), _("The letter below says why and what you can do."), "neutral"
    ),
}
FILINGS: Final[Mapping[str, StateText]] = {
    "submitted": StateText(
        _("Your application has arrived"),
        _("The one-stop shop checks it and then gives it a number and a date for the result."),
        "main",
    ),
    "accepted": StateText(_("Your application was accepted"), _("It is now a dossier."), "good"),
    "declined": StateText(
        _("Your application was not accepted"), _("Read the reason, correct it and send it again."), "bad"
    ),
}
LETTERS: Final[Mapping[str, str | Promise]] = {
    "supplement": _("Request for further papers"),
    "refusal": _("Refusal"),
    "apology": _("Apology and new date for the result"),
    "stop": _("Notice that handling was stopped"),
    "withdrawal": _("Confirmation of your withdrawal"),
    "payment": _("Request for payment"),
}
PRINTED: Final = frozenset({"supplement", "refusal", "apology", "stop", "withdrawal"})
"""Letters that have an official form."""
WAYS: Final[Mapping[str, str | Promise]] = {
    "desk": _("at the one-stop shop"),
    "post": _("by public post"),
    "online": _("on this site"),
}
_EVENTS: Final[Mapping[str, str | Promise]] = {
    "received": _("Received at the one-stop shop"),
    "resumed": _("The time for handling runs again"),
    "waived": _("The office no longer asks for the payment; the time runs again"),
    "extended": _("A new date for the result was set"),
    "calendar": _("The date was worked out anew because a day off changed"),
    "ended": _("Handling ended"),
    "reopened": _("Taken up again"),
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
    return " ".join(_sentence(part) for part in sentences)


def _sentence(sentence: Sentence) -> str:
    values = {name: _format_value(name, value) for name, value in sentence.data.items()}
    return gettext(sentence.message).format(**values)


def _format_value(name: str, value: Any) -> str:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, timedelta):
        return _duration_text(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, Decimal):
        return number(value.normalize(), current_language())
    if name == "ground" and value in GROUND_LABELS:
        return str(GROUND_LABELS[value].text)
    return str(value)


def _duration_text(duration: timedelta) -> str:
    minutes = int(abs(duration).total_seconds()) // 60
    days, hours = minutes // 1440, minutes % 1440 // 60
    parts = []
    if days:
        parts.append(
            ngettext("{count} day", "{count} days", days).format(count=number(days, current_language()))
        )
    if hours:
        parts.append(ngettext("{count} hour", "{count} hours", hours).format(count=hours))
    return " ".join(parts) or gettext("less than an hour")

"""What the steps are called on the pages (tên thao tác): on the button, over the form, in the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from congtam.dossiers.domain.lifecycle import Verb


class VerbWords(NamedTuple):
    """The button, what the step means, the words of the ledger, and how the button looks."""

    button: str | Promise
    lead: str | Promise
    done: str | Promise
    icon: str = "arrow-right"
    style: str = ""


WORDS: Final[Mapping[Verb, VerbWords]] = {
    Verb.ACCEPT: VerbWords(
        _("Accept"),
        _("You take the dossier over; the step's time runs from now on."),
        _("Accepted the hand-over"),
        "check",
        "primary",
    ),
    Verb.HAND_OVER: VerbWords(
        _("Hand over"),
        _("The dossier goes to the next step of the process and waits there to be accepted."),
        _("Handed over"),
        "arrow-right",
        "primary",
    ),
    Verb.APPROVE: VerbWords(
        _("Approve"),
        _("You decide that the result is to be issued. It is recorded under your name."),
        _("Approved"),
        "shield-check",
        "primary",
    ),
    Verb.ISSUE_RESULT: VerbWords(
        _("Issue the result"),
        _("Handling ends now; the one-stop shop returns the result."),
        _("Issued the result"),
        "file-text",
        "primary",
    ),
    Verb.RETURN_RESULT: VerbWords(
        _("Return the result"),
        _("The applicant has the result; the dossier is closed."),
        _("Returned the result"),
        "circle-check",
        "primary",
    ),
    Verb.RECEIVE_SUPPLEMENT: VerbWords(
        _("Take in the supplement"),
        _("What was missing is there; the clock runs on from now."),
        _("Took in the supplement"),
        "file-import",
        "primary",
    ),
    Verb.CONFIRM_PAYMENT: VerbWords(
        _("Confirm the payment"),
        _("The fee has been paid."),
        _("Confirmed the payment"),
        "receipt",
    ),
    Verb.WAIVE_PAYMENT: VerbWords(
        _("Ask for the payment no longer"),
        _("The request is cancelled; the clock runs on from now, and the applicant is told."),
        _("No longer asked for the payment"),
        "receipt",
    ),
    Verb.TAKE_BACK: VerbWords(
        _("Take back"),
        _("Nobody has accepted the hand-over yet; the dossier returns to you."),
        _("Took back the hand-over"),
        "arrow-left",
    ),
    Verb.SEND_BACK: VerbWords(
        _("Send back"), _("The dossier goes back to the step before."), _("Sent back"), "arrow-left"
    ),
    Verb.ASSIGN: VerbWords(
        _("Assign"), _("Somebody of the office takes the step on."), _("Assigned"), "user"
    ),
    Verb.CONSULT: VerbWords(
        _("Ask another office"),
        _("A question to another unit, with a time to answer."),
        _("Asked another office"),
        "users",
    ),
    Verb.ANSWER: VerbWords(
        _("Record the answer"),
        _("What the other office answered."),
        _("Recorded the answer"),
        "clipboard-list",
    ),
    Verb.ASK_SUPPLEMENT: VerbWords(
        _("Ask for a supplement"),
        _(
            "Only once for each dossier: name everything that is missing. The clock stands still until it comes."
        ),
        _("Asked for a supplement"),
        "clipboard-list",
    ),
    Verb.ASK_PAYMENT: VerbWords(
        _("Ask for payment"),
        _("Handling depends on this payment: the clock stands still until it is made."),
        _("Asked for payment"),
        "receipt",
    ),
    Verb.APOLOGISE: VerbWords(
        _("Apologise and set a new date"),
        _("Once for each dossier, before its term ends, with the reason."),
        _("Apologised and set a new date"),
        "calendar",
    ),
    Verb.OPEN_LINKED: VerbWords(
        _("Open a linked dossier"),
        _("A follow-on procedure in another office; applicant and files go with it."),
        _("Opened a linked dossier"),
        "route",
    ),
    Verb.ATTACH: VerbWords(
        _("Attach a file"), _("A scan or document is added to the dossier."), _("Attached a file"), "plus"
    ),
    Verb.STOP: VerbWords(
        _("Stop on request"),
        _("The applicant asks to stop, and nothing has been decided. The dossier ends."),
        _("Stopped on request"),
        "player-pause",
        "danger",
    ),
    Verb.WITHDRAW: VerbWords(
        _("Withdraw"),
        _("The applicant takes the application back. The dossier ends."),
        _("Withdrawn by the applicant"),
        "x",
        "danger",
    ),
    Verb.REFUSE: VerbWords(
        _("Refuse"),
        _("The dossier ends with a letter that names the ground in law and the reason."),
        _("Refused the dossier"),
        "circle-x",
        "danger",
    ),
    Verb.LAPSE: VerbWords(
        _("Close: supplement did not come"),
        _("The time to supplement has passed. The dossier ends."),
        _("Closed: the supplement did not come"),
        "hourglass",
        "danger",
    ),
    Verb.REOPEN: VerbWords(
        _("Open again"),
        _("An ended dossier is handled again; the reason is recorded."),
        _("Opened again"),
        "history",
        "danger",
    ),
    Verb.RESUME: VerbWords(_("Resume"), "", _("The clock runs again"), "clock"),
    Verb.NOTE_PAYMENT: VerbWords(_("Note the payment"), "", _("A change of the fee was noted"), "receipt"),
}
"""In the order in which the buttons stand."""

RECEIVED: Final = _("Received the dossier")
"""What the ledger calls the beginning."""
OTHER: Final[Mapping[str, str | Promise]] = {
    "dossier.received": RECEIVED,
    "dossier.recomputed": _("Due date worked out again"),
    "dossier.parent_ended": _("Told that the dossier it was opened for ended without a result"),
    "dossier.parent_goes_on": _("Told that the dossier it was opened for is handled again"),
    "dossier.letters_recomputed": _("Time to answer worked out again"),
    "dossier.supplement_recomputed": _("Time to supplement worked out again"),
    "dossier.printed": _("A form was printed"),
    "dossier.supplement_sent": _("The applicant sent papers online"),
    "dossier.supplement_declined": _("Papers sent online were not enough"),
    "dossier.rated": _("The applicant rated the handling"),
}


def verb_of_ledger(written: str) -> str:
    """A verb of the ledger in words; an unknown one as it was written."""
    if written in OTHER:
        return str(OTHER[written])
    name = written.removeprefix("dossier.")
    return str(WORDS[Verb(name)].done) if name in set(Verb) else name

"""The life of a dossier as a table (vòng đời hồ sơ): which verb may be done in which state, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from congtam.dossiers.domain.states import OPEN, State
from congtam.kernel.errors import DomainError, Translate, fill, msgid


class Verb(StrEnum):
    """What is done with a dossier (thao tác trên hồ sơ)."""

    HAND_OVER = "hand_over"
    ACCEPT = "accept"
    TAKE_BACK = "take_back"
    SEND_BACK = "send_back"
    ASSIGN = "assign"
    CONSULT = "consult"
    ANSWER = "answer"
    ASK_SUPPLEMENT = "ask_supplement"
    RECEIVE_SUPPLEMENT = "receive_supplement"
    LAPSE = "lapse"
    ASK_PAYMENT = "ask_payment"
    CONFIRM_PAYMENT = "confirm_payment"
    WAIVE_PAYMENT = "waive_payment"
    NOTE_PAYMENT = "note_payment"
    APOLOGISE = "apologise"
    STOP = "stop"
    WITHDRAW = "withdraw"
    REFUSE = "refuse"
    APPROVE = "approve"
    ISSUE_RESULT = "issue_result"
    RETURN_RESULT = "return_result"
    REOPEN = "reopen"
    ATTACH = "attach"
    OPEN_LINKED = "open_linked"
    RESUME = "resume"


STATE_WORDS: Final[Mapping[State, str]] = {
    State.RECEIVED: msgid("Received"),
    State.IN_PROGRESS: msgid("In progress"),
    State.AWAITING_SUPPLEMENT: msgid("Waiting for supplement"),
    State.AWAITING_PAYMENT: msgid("Waiting for payment"),
    State.FINISHED: msgid("Finished"),
    State.RETURNED: msgid("Result returned"),
    State.REFUSED: msgid("Refused at receipt"),
    State.WITHDRAWN: msgid("Withdrawn"),
    State.STOPPED: msgid("Stopped"),
}
VERB_WORDS: Final[Mapping[Verb, str]] = {
    Verb.HAND_OVER: msgid("Hand over"),
    Verb.ACCEPT: msgid("Accept"),
    Verb.TAKE_BACK: msgid("Take back"),
    Verb.SEND_BACK: msgid("Send back"),
    Verb.ASSIGN: msgid("Assign"),
    Verb.CONSULT: msgid("Ask another office"),
    Verb.ANSWER: msgid("Record the answer"),
    Verb.ASK_SUPPLEMENT: msgid("Ask for a supplement"),
    Verb.RECEIVE_SUPPLEMENT: msgid("Take in the supplement"),
    Verb.LAPSE: msgid("Close: supplement did not come"),
    Verb.ASK_PAYMENT: msgid("Ask for payment"),
    Verb.CONFIRM_PAYMENT: msgid("Confirm the payment"),
    Verb.WAIVE_PAYMENT: msgid("Ask for the payment no longer"),
    Verb.NOTE_PAYMENT: msgid("Note the payment"),
    Verb.APOLOGISE: msgid("Apologise and set a new date"),
    Verb.STOP: msgid("Stop on request"),
    Verb.WITHDRAW: msgid("Withdraw"),
    Verb.REFUSE: msgid("Refuse"),
    Verb.APPROVE: msgid("Approve"),
    Verb.ISSUE_RESULT: msgid("Issue the result"),
    Verb.RETURN_RESULT: msgid("Return the result"),
    Verb.REOPEN: msgid("Open again"),
    Verb.ATTACH: msgid("Attach a file"),
    Verb.OPEN_LINKED: msgid("Open a linked dossier"),
    Verb.RESUME: msgid("Resume"),
}
"""What the verbs are called in sentences and on buttons."""


class StepNotAllowed(DomainError):
    """The dossier is not in a state in which this can be done (bước không hợp lệ)."""

    code = "dossiers.step_not_allowed"
    message = msgid("Dossier {dossier} is in state “{state}”; “{verb}” cannot be done with it now.")

    def in_words(self, translate: Translate = msgid) -> str:
        """As for every error; state and verb are texts of their own."""
        state, verb = State(self.data["state"]), Verb(self.data["verb"])
        told = {"state": translate(STATE_WORDS[state]), "verb": translate(VERB_WORDS[verb])}
        return fill(translate(self.message), {**self.data, **told})


_WORKED_ON: Final = (State.RECEIVED, State.IN_PROGRESS)
_ENDED: Final = (State.FINISHED, State.RETURNED, State.REFUSED, State.WITHDRAWN, State.STOPPED)
_WHILE_WORKED_ON: Final = (
    Verb.HAND_OVER,
    Verb.TAKE_BACK,
    Verb.SEND_BACK,
    Verb.ASSIGN,
    Verb.CONSULT,
    Verb.APOLOGISE,
    Verb.OPEN_LINKED,
)
_WHILE_OPEN: Final = (Verb.ANSWER, Verb.ATTACH, Verb.RESUME)
# A fee may be paid while something else is waited for, or with the result; only what was waited for goes on.
_PAID_BESIDES: Final = (*_WORKED_ON, State.AWAITING_SUPPLEMENT, State.FINISHED, State.RETURNED)

NEXT: Final[Mapping[tuple[State, Verb], State]] = {
    **{(state, verb): state for state in _WORKED_ON for verb in _WHILE_WORKED_ON},
    **{(state, verb): state for state in OPEN for verb in _WHILE_OPEN},
    **{(state, Verb.CONFIRM_PAYMENT): state for state in _PAID_BESIDES},
    # What becomes of a fee is noted whenever it happens, also long after the end.
    **{(state, Verb.NOTE_PAYMENT): state for state in State},
    **{(state, Verb.ACCEPT): State.IN_PROGRESS for state in _WORKED_ON},
    **{(state, Verb.APPROVE): State.IN_PROGRESS for state in _WORKED_ON},
    **{(state, Verb.ASK_SUPPLEMENT): State.AWAITING_SUPPLEMENT for state in _WORKED_ON},
    **{(state, Verb.ASK_PAYMENT): State.AWAITING_PAYMENT for state in _WORKED_ON},
    (State.AWAITING_SUPPLEMENT, Verb.RECEIVE_SUPPLEMENT): State.IN_PROGRESS,
    (State.AWAITING_SUPPLEMENT, Verb.LAPSE): State.REFUSED,
    (State.AWAITING_PAYMENT, Verb.CONFIRM_PAYMENT): State.IN_PROGRESS,
    (State.AWAITING_PAYMENT, Verb.WAIVE_PAYMENT): State.IN_PROGRESS,
    **{(state, Verb.STOP): State.STOPPED for state in OPEN},
    **{(state, Verb.WITHDRAW): State.WITHDRAWN for state in OPEN},
    **{(state, Verb.REFUSE): State.REFUSED for state in OPEN},
    **{(state, Verb.ISSUE_RESULT): State.FINISHED for state in _WORKED_ON},
    (State.FINISHED, Verb.RETURN_RESULT): State.RETURNED,
    (State.FINISHED, Verb.ATTACH): State.FINISHED,
    **{(state, Verb.REOPEN): State.IN_PROGRESS for state in _ENDED},
}


def advance(state: State, verb: Verb, *, code: str = "") -> State:
    """The state a verb leads to; raises StepNotAllowed.

    >>> advance(State.RECEIVED, Verb.ASK_SUPPLEMENT)
    <State.AWAITING_SUPPLEMENT: 'awaiting_supplement'>
    """
    try:
        return NEXT[state, verb]
    except KeyError:
        raise StepNotAllowed(state=state.value, verb=verb.value, dossier=code) from None


def verbs_of(state: State) -> tuple[Verb, ...]:
    """What may be done with a dossier in a state, before rights are asked."""
    return tuple(verb for verb in Verb if (state, verb) in NEXT)

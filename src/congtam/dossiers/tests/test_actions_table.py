"""The table of states and verbs: what may be done in which state, all of it and nothing else."""

from __future__ import annotations

import pytest

from congtam.dossiers.domain.lifecycle import NEXT, StepNotAllowed, Verb, advance, verbs_of
from congtam.dossiers.domain.states import OPEN, State
from congtam.dossiers.record.permissions import MAY

WORKED_ON = {State.RECEIVED, State.IN_PROGRESS}
ENDED = set(State) - OPEN
# verb: (states in which it may be done, the state it leads to; None: it stays)
RULES: dict[Verb, tuple[set[State], State | None]] = {
    Verb.HAND_OVER: (WORKED_ON, None),
    Verb.ACCEPT: (WORKED_ON, State.IN_PROGRESS),
    Verb.TAKE_BACK: (WORKED_ON, None),
    Verb.SEND_BACK: (WORKED_ON, None),
    Verb.ASSIGN: (WORKED_ON, None),
    Verb.CONSULT: (WORKED_ON, None),
    Verb.ANSWER: (set(OPEN), None),
    Verb.ASK_SUPPLEMENT: (WORKED_ON, State.AWAITING_SUPPLEMENT),
    Verb.RECEIVE_SUPPLEMENT: ({State.AWAITING_SUPPLEMENT}, State.IN_PROGRESS),
    Verb.LAPSE: ({State.AWAITING_SUPPLEMENT}, State.REFUSED),
    Verb.ASK_PAYMENT: (WORKED_ON, State.AWAITING_PAYMENT),
    Verb.APOLOGISE: (WORKED_ON, None),
    Verb.STOP: (set(OPEN), State.STOPPED),
    Verb.WITHDRAW: (set(OPEN), State.WITHDRAWN),
    Verb.REFUSE: (set(OPEN), State.REFUSED),
    Verb.APPROVE: (WORKED_ON, State.IN_PROGRESS),
    Verb.ISSUE_RESULT: (WORKED_ON, State.FINISHED),
    Verb.RETURN_RESULT: ({State.FINISHED}, State.RETURNED),
    Verb.REOPEN: (ENDED, State.IN_PROGRESS),
    Verb.ATTACH: ({*OPEN, State.FINISHED}, None),
    Verb.OPEN_LINKED: (WORKED_ON, None),
    Verb.RESUME: (set(OPEN), None),
    Verb.WAIVE_PAYMENT: ({State.AWAITING_PAYMENT}, State.IN_PROGRESS),
    Verb.NOTE_PAYMENT: (set(State), None),
}
PAID = {State.AWAITING_PAYMENT: State.IN_PROGRESS} | {
    state: state for state in (*WORKED_ON, State.AWAITING_SUPPLEMENT, State.FINISHED, State.RETURNED)
}


def expected(state: State, verb: Verb) -> State | None:
    if verb is Verb.CONFIRM_PAYMENT:
        return PAID.get(state)
    states, leads_to = RULES[verb]
    return (leads_to or state) if state in states else None


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("state", State)
def test_every_state_and_verb(state: State, verb: Verb) -> None:
    leads_to = expected(state, verb)
    assert (verb in verbs_of(state)) == (leads_to is not None)
    if leads_to is None:
        with pytest.raises(StepNotAllowed):
            advance(state, verb, code="A")
    else:
        assert advance(state, verb) is leads_to


def test_the_tables_are_complete() -> None:
    assert set(RULES) | {Verb.CONFIRM_PAYMENT} == set(Verb)
    assert set(MAY) == set(Verb)
    assert {verb for _state, verb in NEXT} == set(Verb)


def test_an_ended_dossier_is_only_opened_again_or_its_result_dealt_with() -> None:
    fees = {Verb.CONFIRM_PAYMENT, Verb.NOTE_PAYMENT}
    for state in ENDED - {State.FINISHED}:
        assert set(verbs_of(state)) - fees == {Verb.REOPEN}
    assert set(verbs_of(State.FINISHED)) - fees == {Verb.REOPEN, Verb.RETURN_RESULT, Verb.ATTACH}

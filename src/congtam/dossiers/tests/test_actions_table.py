"""The table of states and verbs: what may be done in which state, all of it and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from operator import attrgetter

import pytest

from congtam.dossiers.domain.states import OPEN, State
from congtam.dossiers.handling import verbs
from congtam.dossiers.handling.errors import StepNotAllowed
from congtam.dossiers.handling.machine import DESK
from congtam.dossiers.handling.subject import DeskVerb, HandledDossier
from congtam.dossiers.models import Dossier
from congtam.foundation.public import console_actor

WORKED_ON = {State.RECEIVED, State.IN_PROGRESS}
ENDED = set(State) - OPEN
# verb: (states in which it may be done, the state it leads to; None: it stays)
RULES: dict[DeskVerb, tuple[set[State], State | None]] = {
    verbs.HAND_OVER: (WORKED_ON, None),
    verbs.ACCEPT: (WORKED_ON, State.IN_PROGRESS),
    verbs.TAKE_BACK: (WORKED_ON, None),
    verbs.SEND_BACK: (WORKED_ON, None),
    verbs.ASSIGN: (WORKED_ON, None),
    verbs.CONSULT: (WORKED_ON, None),
    verbs.ANSWER: (set(OPEN), None),
    verbs.REQUEST_SUPPLEMENT: (WORKED_ON, State.AWAITING_SUPPLEMENT),
    verbs.RECEIVE_SUPPLEMENT: ({State.AWAITING_SUPPLEMENT}, State.IN_PROGRESS),
    verbs.LAPSE: ({State.AWAITING_SUPPLEMENT}, State.REFUSED),
    verbs.ASK_PAYMENT: (WORKED_ON, State.AWAITING_PAYMENT),
    verbs.APOLOGISE: (WORKED_ON, None),
    verbs.STOP: (set(OPEN), State.STOPPED),
    verbs.WITHDRAW: (set(OPEN), State.WITHDRAWN),
    verbs.CANCEL_RECEIPT: (set(OPEN), State.STOPPED),
    verbs.REFUSE: (set(OPEN), State.REFUSED),
    verbs.APPROVE: (WORKED_ON, State.IN_PROGRESS),
    verbs.ISSUE_RESULT: (WORKED_ON, State.FINISHED),
    verbs.RETURN_RESULT: ({State.FINISHED}, State.RETURNED),
    verbs.REOPEN: (ENDED, State.IN_PROGRESS),
    verbs.ATTACH: ({*OPEN, State.FINISHED}, None),
    verbs.OPEN_LINKED: (WORKED_ON, None),
    verbs.RESUME: (set(OPEN), None),
    verbs.WAIVE_PAYMENT: ({State.AWAITING_PAYMENT}, State.IN_PROGRESS),
    verbs.NOTE_PAYMENT: (set(State), None),
}
PAID = {State.AWAITING_PAYMENT: State.IN_PROGRESS} | {
    state: state for state in (*WORKED_ON, State.AWAITING_SUPPLEMENT, State.FINISHED, State.RETURNED)
}


def in_state(state: State) -> HandledDossier:
    """A dossier in a state, seen by the operator."""
    dossier = Dossier(code="A", state=state.value)
    return HandledDossier(actor=console_actor(), dossier=dossier, now=datetime(2026, 3, 2, tzinfo=UTC))


def verbs_of(state: State) -> set[DeskVerb]:
    return {verb for verb in DESK.verbs if state in verb.transitions}


def expected(state: State, verb: DeskVerb) -> State | None:
    if verb is verbs.CONFIRM_PAYMENT:
        return PAID.get(state)
    states, leads_to = RULES[verb]
    return (leads_to or state) if state in states else None


@pytest.mark.parametrize("verb", DESK.verbs, ids=attrgetter("code"))
@pytest.mark.parametrize("state", State)
def test_every_state_and_verb(state: State, verb: DeskVerb) -> None:
    leads_to = expected(state, verb)
    subject = in_state(state)
    assert (verb in verbs_of(state)) == (leads_to is not None)
    if leads_to is None:
        with pytest.raises(StepNotAllowed):
            DESK.next_state(subject, verb)
    else:
        assert DESK.next_state(subject, verb) == leads_to


def test_the_tables_are_complete() -> None:
    assert set(RULES) | {verbs.CONFIRM_PAYMENT} == set(DESK.verbs)
    assert {verb for verb in DESK.verbs if not verb.roles} == {verbs.RESUME, verbs.NOTE_PAYMENT}
    assert all(verb.transitions for verb in DESK.verbs)


def test_an_ended_dossier_is_only_opened_again_or_its_result_dealt_with() -> None:
    fees = {verbs.CONFIRM_PAYMENT, verbs.NOTE_PAYMENT}
    for state in ENDED - {State.FINISHED}:
        assert set(verbs_of(state)) - fees == {verbs.REOPEN}
    assert set(verbs_of(State.FINISHED)) - fees == {verbs.REOPEN, verbs.RETURN_RESULT, verbs.ATTACH}

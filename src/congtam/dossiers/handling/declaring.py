"""Words the declarations of the verbs share: states in which a dossier is worked on, roles of the desk."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from congtam.dossiers.domain.states import OPEN, State
from congtam.foundation.public import Role

WORKED_ON: Final = (State.RECEIVED, State.IN_PROGRESS)
"""Somebody of the office has to act, and nothing else is waited for."""
ENDED: Final = tuple(state for state in State if state not in OPEN)

DESK: Final = (Role.CLERK, Role.OFFICER, Role.UNIT_HEAD)
HANDLING: Final = (Role.OFFICER, Role.UNIT_HEAD)
ANY_STEP: Final = (*DESK, Role.LEADER)
"""A leader acts only where the process of the procedure has a step of a leader."""


def identity_transitions(states: Iterable[State]) -> dict[str, str]:
    """The verb leaves the dossier in its state."""
    chosen = frozenset(states)
    return {state.value: state.value for state in State if state in chosen}


def transitions_to_state(states: Iterable[State], to: State) -> dict[str, str]:
    """The verb leads from each of the states to another."""
    chosen = frozenset(states)
    return {state.value: to.value for state in State if state in chosen}

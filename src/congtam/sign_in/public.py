"""What other rooms may use of signing in."""

from congtam.sign_in.exposure import last_exposure
from congtam.sign_in.policy import idle_seconds
from congtam.sign_in.second_steps import has_second_step, remove_second_steps
from congtam.sign_in.sessions import forget_sessions
from congtam.sign_in.slots import ACCOUNT_LINES, declare_person_pages

__all__ = [
    "ACCOUNT_LINES",
    "declare_person_pages",
    "forget_sessions",
    "has_second_step",
    "idle_seconds",
    "last_exposure",
    "remove_second_steps",
]

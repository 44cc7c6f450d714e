"""What the composition root uses of the demonstration."""

from congtam.demonstration.actions.first_load import load_if_empty
from congtam.demonstration.domain.stories import DEFAULT, STORIES
from congtam.demonstration.sign_in import accounts, loaded_story

__all__ = [
    "DEFAULT",
    "STORIES",
    "accounts",
    "load_if_empty",
    "loaded_story",
]

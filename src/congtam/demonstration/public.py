"""What the composition root uses of the demonstration."""

from congtam.demonstration.actions.first_load import load_if_empty
from congtam.demonstration.sign_in import accounts

__all__ = [
    "accounts",
    "load_if_empty",
]

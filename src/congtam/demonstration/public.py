"""What the composition root uses of the demonstration."""

from congtam.demonstration.actions.first_load import load_if_empty
from congtam.demonstration.domain.scenarios import SCENARIOS
from congtam.demonstration.sign_in import accounts, loaded_scenario

__all__ = [
    "SCENARIOS",
    "accounts",
    "load_if_empty",
    "loaded_scenario",
]

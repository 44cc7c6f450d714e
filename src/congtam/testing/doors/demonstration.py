"""What tests of other rooms use of demonstration beyond its door."""

from congtam.demonstration.actions.load import Demonstration, load
from congtam.demonstration.sign_in import SignIn

__all__ = [
    "Demonstration",
    "SignIn",
    "load",
]

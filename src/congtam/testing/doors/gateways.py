"""What tests of other rooms use of gateways beyond its door."""

from congtam.gateways.actions.callbacks import receive_callback
from congtam.gateways.domain.signing import signature

__all__ = [
    "receive_callback",
    "signature",
]

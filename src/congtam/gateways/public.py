"""What other contexts may use of gateways (cổng thanh toán)."""

from congtam.gateways.actions.enter_gateway import TRY_GATEWAY, enter_gateway

__all__ = [
    "TRY_GATEWAY",
    "enter_gateway",
]

"""What other contexts may use of gateways (cổng thanh toán)."""

from congtam.gateways.actions.enter_gateway import TRY_GATEWAY, create_or_update_gateway

__all__ = [
    "TRY_GATEWAY",
    "create_or_update_gateway",
]

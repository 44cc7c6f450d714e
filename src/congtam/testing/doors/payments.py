"""What tests of other rooms use of payments beyond its door."""

from congtam.payments.actions.refunds import ask_refund, do_refund

__all__ = [
    "ask_refund",
    "do_refund",
]

"""What tests of other rooms use of warehouse beyond its door."""

from congtam.warehouse.actions.sync import rebuild, sync

__all__ = [
    "rebuild",
    "sync",
]

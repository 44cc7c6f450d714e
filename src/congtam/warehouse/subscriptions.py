"""Following the outbox: what a fact's topic says has changed is brought into the lake."""

from __future__ import annotations

from collections.abc import Sequence

from congtam.foundation.public import OutboxMessage, subscribe
from congtam.warehouse import registry
from congtam.warehouse.actions.sync import parse_keys, sync
from congtam.warehouse.domain.facts import Fact


class _SyncHandler:
    """The handler of one fact's topic; equal for equal facts, so that it is registered once.

    Called once a batch: each call costs a commit of the lake and a count of what it moved, and reads the rows as they
    are now.
    """

    def __init__(self, fact: Fact) -> None:
        self.fact_name = fact.name

    def __call__(self, messages: Sequence[OutboxMessage]) -> None:
        keys, imports = parse_keys([one.payload for one in messages], fallback=[one.key for one in messages])
        sync(self.fact_name, keys, import_keys=imports)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SyncHandler) and other.fact_name == self.fact_name

    def __hash__(self) -> int:
        return hash(self.fact_name)


def register(fact: Fact) -> Fact:
    """Declare a fact (khai báo dữ kiện) and follow its topic; called from the owner's `AppConfig.ready`."""
    added = registry.add(fact)
    subscribe(fact.topic, once_a_batch=True)(_SyncHandler(fact))
    return added

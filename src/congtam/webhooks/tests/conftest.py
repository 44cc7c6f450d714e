from __future__ import annotations

from collections.abc import Iterator

import pytest

from congtam.webhooks.tests.receiver import Receiver, allow_this_machine, listening


@pytest.fixture
def this_machine(db: None) -> None:
    """Messages may go to this machine."""
    allow_this_machine()


@pytest.fixture
def receiver(this_machine: None) -> Iterator[Receiver]:
    """A receiver that runs while the test does."""
    with listening() as receiver:
        yield receiver

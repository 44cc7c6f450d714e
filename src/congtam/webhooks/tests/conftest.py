from __future__ import annotations

from collections.abc import Iterator

import pytest

from congtam.webhooks.tests.receiver import Receiver, listening


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver that runs while the test does."""
    with listening() as receiver:
        yield receiver

"""What tests of gateways begin with."""

from __future__ import annotations

import pytest

from congtam.foundation.public import actor_for, console_actor
from congtam.gateways.public import create_or_update_gateway
from congtam.gateways.tests.gateway import ask
from congtam.testing.cast import Cast


@pytest.fixture
def asked(frozen_clock: object, small_tree: None, cast: Cast) -> str:
    return ask(actor_for(cast.clerk))


@pytest.fixture
def secret(asked: str) -> str:
    return create_or_update_gateway("thu-nghiem", address="https://cong.example/pay", actor=console_actor())

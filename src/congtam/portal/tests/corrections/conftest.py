"""A birth whose applicant is asked to correct what was filled in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from congtam.kernel.clock import FixedClock
from congtam.portal.tests.corrections.pages import asked_to_correct
from congtam.portal.tests.one_stop import secret_of
from congtam.portal.tests.visitor import show_slip
from congtam.testing.birth_form import enter_birth
from congtam.testing.cast import Cast


@pytest.fixture
def asked(*, frozen_clock: FixedClock, warehouse_dir: None, small_tree: None, cast: Cast) -> Any:
    """A birth whose office asks the applicant to correct the day."""
    enter_birth()
    return asked_to_correct(cast)


@pytest.fixture
def holder(asked: Any) -> Client:
    client = Client()
    show_slip(client, asked.code, secret_of(asked))
    return client

"""A birth whose applicant is asked to correct what was filled in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from congtam.dossiers.public import (
    Applicant,
    HandedIn,
    Receipt,
    accept,
    ask_supplement,
    hand_over,
    receive,
)
from congtam.foundation.public import actor_for
from congtam.kernel.clock import FixedClock
from congtam.portal.tests.corrections.pages import ANSWERS
from congtam.portal.tests.one_stop import secret_of
from congtam.portal.tests.visitor import show_slip
from congtam.testing.birth_form import BIRTH, enter_birth
from congtam.testing.cast import Cast


@pytest.fixture
def asked(*, frozen_clock: FixedClock, warehouse_dir: None, small_tree: None, cast: Cast) -> Any:
    """A birth whose office asks the applicant to correct the day."""
    enter_birth()
    clerk, officer = actor_for(cast.clerk), actor_for(cast.officer)
    receipt = Receipt(
        procedure_code=BIRTH,
        unit_code="024",
        applicant=Applicant(name="Giàng Thị Say", phone="0912 345 678"),
        papers=(HandedIn(place=1, originals=1),),
        form=ANSWERS,
    )
    code = hand_over(receive(receipt, actor=clerk).code, actor=clerk).code
    accept(code, actor=officer)
    return ask_supplement(code, missing=["Ngày sinh"], reason="Khai sai ngày", actor=officer)


@pytest.fixture
def holder(asked: Any) -> Client:
    client = Client()
    show_slip(client, asked.code, secret_of(asked))
    return client

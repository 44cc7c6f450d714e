"""Fixtures of the dossiers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from congtam.dossiers.tests import desk
from congtam.foundation.public import console_actor
from congtam.kernel.clock import FixedClock
from congtam.procedures.public import (
    Amount,
    CataloguePaper,
    ChannelLimit,
    Content,
    TimeLimit,
    TimeUnit,
    enter_procedure_list,
)
from congtam.testing.cast import Cast, find_cast, make_cast
from congtam.testing.prepared import own_prepared
from congtam.testing.units import enter_small_tree


@pytest.fixture
def races(frozen_clock: FixedClock, db: None, django_db_blocker: Any) -> Iterator[Cast]:
    """The cast at a desk with a database of its own, where several connections may commit.

    A module that uses it replaces ``db`` by a fixture that opens no transaction.
    """
    with django_db_blocker.unblock(), own_prepared(enter_small_tree, desk.enter_procedures, make_cast):
        yield find_cast()


@pytest.fixture
def marriage(small_tree: None) -> str:
    """A procedure of three working days with two papers."""
    limit = TimeLimit("03 ngày làm việc", Amount(Decimal(3), TimeUnit.WORKING_DAYS))
    content = Content(
        name="Đăng ký kết hôn",
        field_name="Hộ tịch",
        levels=("commune",),
        limits=(ChannelLimit(channel="desk", limit=limit),),
        papers=(
            CataloguePaper(name="Tờ khai", originals=1),
            CataloguePaper(name="Giấy xác nhận", originals=1),
        ),
    )
    enter_procedure_list({desk.MARRIAGE: content}, valid_from=None, source="test", actor=console_actor())
    return desk.MARRIAGE

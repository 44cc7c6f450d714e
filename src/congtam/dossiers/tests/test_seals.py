"""The seal: the same from the one statement of receiving and from the rows, and of every column there is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.apps import apps

from congtam.dossiers.handling.demand import record_supplement_sent
from congtam.dossiers.models import ClockLine, DeskRecord, Letter, Paper, Party
from congtam.dossiers.public import altered_desks, ask_supplement, receive
from congtam.dossiers.record.seals import SEALED, seals
from congtam.dossiers.tests import desk
from congtam.foundation.public import clock
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
OF_THE_DESK = (DeskRecord, ClockLine, Party, Paper, Letter)
KEYS = {"id", "dossier_id"}


@pytest.fixture(autouse=True)
def at_the_desk(frozen_clock: FixedClock, small_tree: None) -> None:
    desk.enter_procedures()


def test_every_column_is_sealed() -> None:
    """A new column begins another edition of the seal (`seals.EDITION`), or names here why it needs none."""
    columns = {model._meta.db_table: {field.column for field in model._meta.fields} for model in OF_THE_DESK}
    assert {table: names - KEYS for table, names in columns.items()} == {
        table: set(names) for table, names in SEALED.items()
    }


def test_receiving_seals_what_is_stored(cast: Cast) -> None:
    scans = desk.filed_application().files
    application = replace(desk.application(), files=scans, form={"z": 1.50, "a": ["Đ", None, True]})
    dossier = receive(application, actor=desk.part(cast, "clerk"))
    line = apps.get_model("foundation", "AuditEntry").objects.get(kind="dossier", key=dossier.code)
    assert seals([dossier.pk])[dossier.pk] in line.text
    assert list(altered_desks()) == []


def test_what_the_applicant_sent_is_sealed_when_it_is_taken_in(cast: Cast) -> None:
    """Noting that something came is no step of the desk, and has no line of its own."""
    code = desk.handled(cast).code
    ask_supplement(code, missing=["Ảnh"], reason="", actor=desk.part(cast, "officer"))
    record_supplement_sent(code, sent_at=clock().now())
    assert list(altered_desks()) == []

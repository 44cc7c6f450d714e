"""The seal: the same from the one statement of receiving and from the rows, and of every column there is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps

from congtam.dossiers.handling.supplement_request import record_supplement_sent
from congtam.dossiers.models import ClockLine, DeskRecord, Dossier, Letter, Paper, Party
from congtam.dossiers.public import altered_desks, receive, receive_supplement, request_supplement
from congtam.dossiers.record.domain.receipt import HandedInPaper
from congtam.dossiers.record.seals import SEALED, seals, seals_by_ledger_edition
from congtam.dossiers.tests import desk
from congtam.foundation.public import clock
from congtam.foundation.public import record as record_line
from congtam.foundation.sealing import SEAL
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
OF_THE_DESK = (DeskRecord, ClockLine, Party, Paper, Letter)
KEYS = {"id", "dossier_id"}


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None) -> None: ...


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
    request_supplement(code, missing=["Ảnh"], reason="", actor=desk.part(cast, "officer"))
    record_supplement_sent(code, sent_at=clock().now())
    assert list(altered_desks()) == []


def test_what_the_first_edition_sealed_is_read_by_the_names_of_then(cast: Cast) -> None:
    """Positions were called `place` when it was sealed; the rows were renamed since, the ledger never is."""
    dossier = desk.handled(cast)
    clerk = desk.part(cast, "clerk")
    request_supplement(dossier.code, missing=["Ảnh"], reason="", actor=desk.part(cast, "officer"))
    receive_supplement(dossier.code, papers=[HandedInPaper(position=1, copies=2)], actor=clerk)
    record, letter = DeskRecord.objects.get(dossier=dossier), Letter.objects.get(kind="supplement")
    now = record.process, record.papers, letter.answer
    assert now[0]
    assert now[1]
    former = json.loads(json.dumps(now).replace('"position"', '"place"'))
    _store(record, letter, former)
    digest = seals_by_ledger_edition({dossier.pk: "2:"})[dossier.pk].partition(":")[2]
    _store(record, letter, now)
    row_digest = Dossier.objects.get(pk=dossier.pk).row_digest
    data = {SEAL: f"1:{digest}"}
    record_line(clerk, "dossier.handed_over", kind="dossier", key=dossier.code, data=data, after=row_digest)
    assert list(altered_desks()) == []
    _store(record, letter, (now[0], [*now[1], {"position": 9, "name": "Giấy khác"}], now[2]))
    assert [each.code for each in altered_desks()] == [dossier.code]


def _store(record: DeskRecord, letter: Letter, values: Sequence[Any]) -> None:
    process, papers, answer = values
    DeskRecord.objects.filter(pk=record.pk).update(process=process, papers=papers)
    Letter.objects.filter(pk=letter.pk).update(answer=answer)

"""A ledger of an earlier version, with plain digests of applicants, is closed, rewritten once and continued."""

from __future__ import annotations

import json
import re

import pytest
from django.db import connection

from congtam.dossiers.models import DeskRecord, Dossier
from congtam.dossiers.public import altered_desks, altered_dossiers, hand_over
from congtam.dossiers.record.digests import as_row
from congtam.dossiers.record.domain.rows import former_digest
from congtam.dossiers.record.seals import seals_by_ledger_edition
from congtam.dossiers.tests import desk
from congtam.foundation import audit
from congtam.foundation.anchors import anchor_ledger
from congtam.foundation.domain import chain
from congtam.foundation.ledger_rewriting import pending_streams, rewrite_ledger, succession_faults
from congtam.foundation.models import AuditEntry, LedgerSuccession
from congtam.foundation.public import console_actor
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "small_tree", "warehouse_dir")]


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def former(cast: Cast) -> Dossier:
    """A dossier as version 0.2 stored and sealed it: both digests plain, over everything."""
    dossier = desk.received(cast)
    steps, pauses = dossier.steps.order_by("pk"), dossier.suspensions.order_by("pk")
    digest = former_digest(as_row(dossier, steps, pauses))
    seal = seals_by_ledger_edition({dossier.pk: "2:"})[dossier.pk]
    Dossier.objects.filter(pk=dossier.pk).update(row_digest=digest, person_digest="")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM foundation_personkey")
        cursor.execute("ALTER TABLE foundation_auditentry DISABLE TRIGGER USER")
        previous = chain.GENESIS
        for row in AuditEntry.objects.filter(kind="dossier").order_by("position"):
            text = re.sub('"after":"[^"]*"', f'"after":"{digest}"', row.text)
            text = re.sub('"seal":"[^"]*"', f'"seal":"{seal}"', text)
            sealed = chain.entry_hash(previous, text)
            cursor.execute(
                "UPDATE foundation_auditentry SET text = %s, previous_hash = %s, hash = %s WHERE id = %s",
                [text, previous, sealed, row.pk],
            )
            previous = sealed
        cursor.execute("ALTER TABLE foundation_auditentry ENABLE TRIGGER USER")
    dossier.refresh_from_db()
    return dossier


def faults() -> list[object]:
    return [*audit.find_breaks(), *altered_dossiers(), *altered_desks(), *succession_faults()]


def test_what_an_earlier_version_sealed_is_read_as_it_is(former: Dossier) -> None:
    assert faults() == []
    DeskRecord.objects.filter(pk=former.pk).update(holder="nobody")
    assert [fault.code for fault in altered_desks()] == [former.code]


def test_a_stream_with_plain_digests_is_not_anchored(former: Dossier) -> None:
    assert pending_streams() == ["dossier@024"]
    assert [fault.code for fault in anchor_ledger()] == ["dossier@024"]


def test_the_stream_is_closed_rewritten_and_continued(former: Dossier, cast: Cast) -> None:
    old = list(AuditEntry.objects.filter(stream="dossier@024").order_by("position"))
    assert rewrite_ledger(actor=console_actor()) == ["dossier@024"]
    assert not AuditEntry.objects.filter(stream="dossier@024").exists()
    new = list(AuditEntry.objects.filter(stream="dossier@024~2").order_by("position"))
    assert [row.pk for row in new[:-1]] == [row.pk for row in old], "the same lines at the same places"
    assert former.row_digest not in "".join(row.text for row in new)
    named = json.loads(new[-1].text)
    assert (named["verb"], named["data"]["head"]) == ("ledger.stream_rewritten", old[-1].hash)
    assert named["data"]["size"] == len(old)
    assert faults() == []
    hand_over(former.code, actor=desk.part(cast, "clerk"))
    last = AuditEntry.objects.filter(key=former.code).latest("pk")
    assert (last.stream, last.position) == ("dossier@024~2", len(old) + 2)
    assert former.row_digest not in last.text
    assert faults() == []
    assert anchor_ledger() == []
    assert rewrite_ledger(actor=console_actor()) == []


def test_a_rewritten_seal_still_shows_what_was_changed(former: Dossier) -> None:
    rewrite_ledger(actor=console_actor())
    DeskRecord.objects.filter(pk=former.pk).update(holder="nobody")
    assert [fault.code for fault in altered_desks()] == [former.code]


def test_a_former_dossier_gets_digests_without_the_person_when_it_changes(
    former: Dossier, cast: Cast
) -> None:
    hand_over(former.code, actor=desk.part(cast, "clerk"))
    after = Dossier.objects.get(pk=former.pk)
    assert after.row_digest.startswith("2:")
    line = json.loads(AuditEntry.objects.filter(key=former.code).latest("pk").text)
    assert line["before"].startswith("hmac:")
    assert faults() == []


def test_a_continued_stream_without_its_head_is_found(former: Dossier) -> None:
    rewrite_ledger(actor=console_actor())
    LedgerSuccession.objects.update(head="0" * 64)
    assert [fault.code for fault in succession_faults()] == ["dossier@024~2"]

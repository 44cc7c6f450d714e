"""What every verb leaves behind, and who may do it."""

from __future__ import annotations

import pytest
from django.db import connection

from congtam.dossiers.handling.errors import DossierChangedMeanwhile
from congtam.dossiers.handling.machine import available_verbs
from congtam.dossiers.handling.subject import DeskVerb
from congtam.dossiers.models import DeskRecord, Dossier
from congtam.dossiers.public import altered_dossiers, get_visible
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.desk_verbs import CASES, do, ready
from congtam.foundation.public import console_actor
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import DomainError, NotAllowed, NotFound
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db
VERBS = [pytest.param(verb, id=verb.code) for verb in CASES]
PARTS = (
    "clerk",
    "officer",
    "unit_head",
    "reform_officer",
    "inspector",
    "leader",
    "observer",
    "administrator",
)


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(frozen_clock: FixedClock, small_tree: None, cast: Cast) -> None: ...


def written(code: str) -> tuple[list[str], list[str]]:
    """The verbs in the ledger and the verbs told in messages, about one dossier."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT verb FROM foundation_auditentry WHERE kind = 'dossier' AND key = %s ORDER BY id", [code]
        )
        ledger = [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT payload ->> 'verb' FROM foundation_outboxmessage WHERE topic = 'dossiers.changed'"
            " AND key = %s ORDER BY id",
            [code],
        )
        return ledger, [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("verb", VERBS)
def test_row_ledger_message_and_digest(verb: DeskVerb, cast: Cast, frozen_clock: FixedClock) -> None:
    dossier = ready(verb, cast, frozen_clock)
    before = DeskRecord.objects.get(dossier=dossier)
    do(verb, dossier.code, cast=cast)
    after = DeskRecord.objects.get(dossier=dossier)
    assert after.version == before.version + 1
    ledger, told = written(dossier.code)
    assert ledger[-1] == f"dossier.{verb.code}"
    assert told[-1] == verb.code
    assert len(ledger) == len(told) == after.version
    assert list(altered_dossiers()) == []
    assert after.due_at in {None, Dossier.objects.get(pk=dossier.pk).due_at}


@pytest.mark.parametrize("verb", VERBS)
def test_the_version_seen_must_be_the_one_there(verb: DeskVerb, cast: Cast, frozen_clock: FixedClock) -> None:
    dossier = ready(verb, cast, frozen_clock)
    seen = DeskRecord.objects.get(dossier=dossier).version
    with pytest.raises(DossierChangedMeanwhile):
        do(verb, dossier.code, cast=cast, version=seen - 1)
    do(verb, dossier.code, cast=cast, version=seen)


@pytest.mark.parametrize("verb", VERBS)
def test_who_may(verb: DeskVerb, cast: Cast, frozen_clock: FixedClock) -> None:
    code = ready(verb, cast, frozen_clock).code
    case = CASES[verb]
    for part in set(PARTS) - {case.part, *case.others}:
        with pytest.raises(NotAllowed):
            do(verb, code, cast=cast, part=part)
    for part in ("outsider", "citizen"):
        with pytest.raises(NotFound):
            do(verb, code, cast=cast, part=part)
    do(verb, code, cast=cast)


@pytest.mark.parametrize("verb", VERBS)
def test_what_is_offered_is_what_may_be_done(verb: DeskVerb, cast: Cast, frozen_clock: FixedClock) -> None:
    dossier = get_visible(ready(verb, cast, frozen_clock).code, to=console_actor())
    case = CASES[verb]
    for part in PARTS:
        is_offered = verb in available_verbs(dossier, actor=desk.part(cast, part))
        assert is_offered == (part in {case.part, *case.others}), part
    with pytest.raises(DomainError):
        do(verb, f"{dossier.code}9", cast=cast)

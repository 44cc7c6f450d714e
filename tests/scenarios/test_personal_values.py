"""What can never be erased holds no personal value, plain or as a digest; erasing a person leaves all else provable."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from django.urls import get_resolver

from congtam.config.verify import verify
from congtam.dossiers.cli import dossiers_command
from congtam.dossiers.handling.actions import reopen
from congtam.dossiers.models import Dossier, Party
from congtam.dossiers.public import (
    DossierRow,
    SuspensionRow,
    issue_result,
    receive_supplement,
    refuse,
    request_supplement,
    return_result,
    store_dossiers,
)
from congtam.dossiers.tests import desk
from congtam.dossiers.tests.rest_client import Api, body_of
from congtam.foundation.person_keys import PersonErased
from congtam.foundation.public import console_actor, drain_outbox
from congtam.kernel.vietnamese import fold
from congtam.payments.public import cancel, request_fee
from congtam.sign_in.events import own_events
from congtam.sign_in.models import AccountEvent, EventKind
from congtam.sign_in.slots import PERSON_PAGES
from congtam.sign_in.web.middleware import READING_OF_MANY
from congtam.testing.cast import Cast
from congtam.testing.prepared import FROZEN, prepared
from tests.scenarios.test_every_route import names

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "small_tree", "warehouse_dir")]
PERSON = {
    "name": "Lầu Thị Xuyến",
    "phone": "0987654321",
    "email": "xuyen.lau@example.vn",
    "id_number": "002199001234",
    "address": "Thôn Sủng Là Trên",
}
IMPORTED = "Giàng A Pháo"
VALUES = [*PERSON.values(), IMPORTED, "0911222333", "Ngõ 7 Lô Lô Chải"]
NEVER_ERASED = ("foundation_auditentry", "foundation_outboxmessage", "foundation_idempotencykey")


@pytest.fixture
@prepared(desk.enter_procedures, at=FROZEN)
def dossier(cast: Cast) -> str:
    """The code of a dossier that came over the API, with everything people write about somebody, and was refused."""
    clerk, officer = desk.part(cast, "clerk"), desk.part(cast, "officer")
    body = body_of() | {"applicant": PERSON, "is_id_number_confirmed": True}
    made = Api(cast.clerk).post("/dossiers", body, headers={"Idempotency-Key": "one"})
    assert made.status_code == 201, made.content
    code: str = made.json()["code"]
    reason = f"{PERSON['name']} ({PERSON['phone']}) chưa nộp"
    fee = request_fee(dossier_code=code, unit_code="024", amount_dong=9000, reason=reason, actor=clerk)
    cancel(fee, reason=reason, actor=clerk)
    api = Api(cast.clerk)
    assert api.post(f"/dossiers/{code}/hand_over", {}).status_code == 200
    assert Api(cast.officer).post(f"/dossiers/{code}/accept", {}).status_code == 200
    request_supplement(code, missing=[f"Ảnh của {PERSON['name']}"], reason=reason, actor=officer)
    drain_outbox()
    return code


@pytest.fixture
def imported(dossier: str) -> str:
    """The code of a dossier of another system, imported beside it."""
    row = DossierRow(
        code="H-9",
        unit_code="024",
        received_at=datetime(2026, 2, 2, 2, tzinfo=UTC),
        finished_at=datetime(2026, 2, 5, 2, tzinfo=UTC),
        state="finished",
        applicant=IMPORTED,
        attributes={"phone": "0911222333", "Địa chỉ": "Ngõ 7 Lô Lô Chải"},
        suspensions=(
            SuspensionRow(
                ground="supplement", started_at=datetime(2026, 2, 3, tzinfo=UTC), note=f"Chờ {IMPORTED}"
            ),
        ),
    )
    store_again(row)
    return row.code


def store_again(row: DossierRow) -> None:
    store_dossiers([row], unit_code="024", actor=console_actor(), import_key="one", source="test")
    drain_outbox()


def rows_never_erased() -> Iterator[str]:
    for table in NEVER_ERASED:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")  # noqa: S608 - our own names
            rows = cursor.fetchall()
        assert rows, table
        yield from (text for (text,) in rows)


def traces(value: str) -> set[str]:
    """A value as it may stand somewhere: as it is, folded, escaped, and as each digest that anybody could try."""
    forms = {value, fold(value), value.lower()}
    digests = {
        hashlib.new(kind, form.encode()).hexdigest() for form in forms for kind in ("sha256", "md5", "sha1")
    }
    return forms | {json.dumps(form)[1:-1] for form in forms} | digests


def test_who_reads_a_person_by_the_api_is_recorded_like_on_the_page(dossier: str, cast: Cast) -> None:
    """Once an hour for each dossier, with the account of the token; what shows no person is no reading."""
    api = Api(cast.officer)
    for _time in range(2):
        assert api.get(f"/dossiers/{dossier}").status_code == 200
    assert api.get("/dossiers/none").status_code == 404
    assert api.get(f"/dossiers/{dossier}/documents/control.pdf").status_code == 200
    assert api.get(f"/dossiers/{dossier}/fees").status_code == 200
    read = AccountEvent.objects.filter(kind=EventKind.PERSONS_READ)
    assert list(read.values_list("account__username", "subject")) == [(cast.officer.username, dossier)]
    assert [event.subject for event in own_events(cast.officer)] == [dossier]


def test_every_route_that_reads_a_person_is_one() -> None:
    """A page or route that is renamed would no longer be recorded."""
    assert {*PERSON_PAGES, *READING_OF_MANY} <= set(names(get_resolver()))


def test_nothing_that_is_never_erased_holds_a_person(dossier: str, imported: str) -> None:
    text = "\n".join(rows_never_erased())
    assert dossier in text
    assert not {trace for value in VALUES for trace in traces(value) if trace in text}


def test_a_replayed_answer_still_names_the_person(dossier: str, cast: Cast) -> None:
    body = body_of() | {"applicant": PERSON, "is_id_number_confirmed": True}
    again = Api(cast.clerk).post("/dossiers", body, headers={"Idempotency-Key": "one"})
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert again.json()["code"] == dossier


def test_erasing_a_person_leaves_all_else_provable(dossier: str, cast: Cast, client: Client) -> None:
    clerk, officer = desk.part(cast, "clerk"), desk.part(cast, "officer")
    refused = CliRunner().invoke(dossiers_command, ["erase-person", dossier, "--reason", "request", "--yes"])
    assert refused.exit_code != 0
    receive_supplement(dossier, papers=[], actor=clerk)
    refuse(dossier, reason=f"{PERSON['name']} không đủ điều kiện", ground="Điều 7", actor=officer)
    drain_outbox()
    before = Dossier.objects.get(code=dossier).row_digest
    erase(dossier)
    assert verify() == {part: [] for part in verify()}
    assert Dossier.objects.get(code=dossier).row_digest == before, "no figure and no receipt changes"
    assert not personal_traces()
    client.force_login(cast.administrator)
    page = client.get(f"/dossiers/{dossier}/")
    assert page.status_code == 200
    assert not [value for value in VALUES if value in page.content.decode()]
    again = CliRunner().invoke(dossiers_command, ["erase-person", dossier, "--reason", "request", "--yes"])
    assert again.exit_code == 0


def test_an_erased_person_does_not_come_back_with_the_next_import(imported: str) -> None:
    erase(imported)
    row = DossierRow(
        code=imported,
        unit_code="024",
        received_at=datetime(2026, 2, 2, 2, tzinfo=UTC),
        applicant=IMPORTED,
        attributes={"phone": "0911222333"},
    )
    store_again(row)
    stored = Dossier.objects.get(code=imported)
    assert (stored.state, stored.applicant, stored.attributes) == ("in_progress", "", {})
    assert not Party.objects.filter(dossier=stored).exclude(name="", phone="")
    assert verify() == {part: [] for part in verify()}


def test_what_only_pretends_to_be_erased_is_found(imported: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE foundation_personkey SET key = NULL, destroyed_at = now() WHERE ref = 'dossier/H-9'"
        )
    faults = verify()
    assert [fault.subject for fault in faults["persons"]] == ["dossier/H-9"]
    assert [fault.subject for fault in faults["dossiers"]] == ["H-9"]


def test_an_erased_dossier_with_a_result_opens_and_rests(cast: Cast, client: Client) -> None:
    desk.enter_procedures()
    clerk, head = desk.part(cast, "clerk"), desk.part(cast, "unit_head")
    code = desk.approved(cast).code
    issue_result(code, summary=f"Giấy của {PERSON['name']}", number="12", actor=head)
    waiting = CliRunner().invoke(dossiers_command, ["erase-person", code, "--reason", "request", "--yes"])
    assert waiting.exit_code != 0, "somebody has yet to fetch it"
    return_result(code, way="desk", receiver=PERSON["name"], actor=clerk)
    erase(code)
    assert not personal_traces()
    client.force_login(cast.administrator)
    page = client.get(f"/dossiers/{code}/")
    assert page.status_code == 200
    assert PERSON["name"] not in page.content.decode()
    with pytest.raises(PersonErased):
        reopen(code, reason="Sai sót", actor=head)
    assert verify() == {part: [] for part in verify()}


def erase(code: str) -> None:
    done = CliRunner().invoke(dossiers_command, ["erase-person", code, "--reason", "request", "--yes"])
    assert done.exit_code == 0, done.output
    drain_outbox()


def personal_traces() -> set[str]:
    """What the tables of dossiers, fees and the portal still hold of the person."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rooms = [
            name for name in tables if name.startswith(("dossiers_", "payments_", "portal_", "foundation_"))
        ]
        texts = []
        for table in rooms:
            # A stored answer is encrypted and gone after a day.
            cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t")  # noqa: S608 - names of tables
            texts += [text for (text,) in cursor.fetchall()]
    return {value for value in PERSON.values() for text in texts if value in text}

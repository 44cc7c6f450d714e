"""Posts of a unit: entered, held, given powers to sign, shown on the unit's page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from congtam.foundation.public import actor_for, lines_about
from congtam.foundation.row_seals import altered_rows
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound
from congtam.org_units.domain.signing import Authority
from congtam.org_units.models import Post, SigningPower
from congtam.org_units.posts import actions
from congtam.org_units.posts.actions import InclusivePeriod
from congtam.org_units.posts.queries import signers
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_tree", "frozen_clock")]
SINCE = InclusivePeriod(since=date(2026, 1, 1))
DECISION = "QĐ 12/QĐ-UBND ngày 01/01/2026"
SignIn = Callable[[object], Client]


def chairman_and_deputy(cast: Cast) -> tuple[Post, Post]:
    head = actor_for(cast.unit_head)
    chairman = actions.enter_post(
        unit_code="024", code="chairman", name="Chủ tịch", is_head=True, period=SINCE, actor=head
    )
    deputy = actions.enter_post(
        unit_code="024", code="deputy-1", name="Phó Chủ tịch", period=SINCE, actor=head
    )
    for post, person in ((chairman, "Vừ Mí Sính"), (deputy, "Lò Thị Mai")):
        actions.appoint(post, person_name=person, period=SINCE, legal_source=DECISION, actor=head)
    actions.grant_power(
        chairman, matter="*", authority=Authority.COLLECTIVE, period=SINCE, legal_source=DECISION, actor=head
    )
    actions.grant_power(
        deputy,
        matter="dossier_results",
        authority=Authority.DEPUTY,
        granted_by=chairman,
        period=SINCE,
        legal_source=DECISION,
        actor=head,
    )
    return chairman, deputy


def test_signers_of_a_matter_on_a_day(cast: Cast) -> None:
    chairman_and_deputy(cast)
    on = date(2026, 3, 2)
    lines = [
        (each.person_name, each.prefix, each.signed_for)
        for each in signers("024", matter="dossier_results", on=on)
    ]
    assert lines == [("Vừ Mí Sính", "TM.", "Chủ tịch"), ("Lò Thị Mai", "KT.", "Chủ tịch")]
    assert [each.person_name for each in signers("024", matter="documents", on=on)] == ["Vừ Mí Sính"]
    assert signers("024", matter="documents", on=date(2025, 12, 31)) == []


def test_an_appointment_ends_the_one_before(cast: Cast) -> None:
    chairman, _ = chairman_and_deputy(cast)
    actions.appoint(
        chairman,
        person_name="Hầu Văn Lý",
        period=InclusivePeriod(since=date(2026, 3, 1)),
        legal_source=DECISION,
        actor=actor_for(cast.unit_head),
    )
    names = {
        on: signers("024", matter="documents", on=on)[0].person_name
        for on in (date(2026, 2, 28), date(2026, 3, 1))
    }
    assert names == {date(2026, 2, 28): "Vừ Mí Sính", date(2026, 3, 1): "Hầu Văn Lý"}


def test_a_power_that_is_ended_signs_no_more(cast: Cast) -> None:
    _, deputy = chairman_and_deputy(cast)
    power = deputy.powers.get()
    with pytest.raises(InputRefused):
        actions.end_entry(
            power, last_day=date(2025, 12, 31), legal_source=DECISION, actor=actor_for(cast.unit_head)
        )
    actions.end_entry(
        power, last_day=date(2026, 3, 1), legal_source=DECISION, actor=actor_for(cast.unit_head)
    )
    assert [each.prefix for each in signers("024", matter="dossier_results", on=date(2026, 3, 2))] == ["TM."]
    assert [each.prefix for each in signers("024", matter="dossier_results", on=date(2026, 3, 1))] == [
        "TM.",
        "KT.",
    ]


def test_everything_wrong_is_said_at_once(cast: Cast) -> None:
    chairman, _ = chairman_and_deputy(cast)
    with pytest.raises(InputRefused) as refused:
        actions.grant_power(
            chairman,
            matter="documents",
            authority=Authority.AUTHORISED,
            period=SINCE,
            legal_source=" ",
            actor=actor_for(cast.unit_head),
        )
    assert {problem.code for problem in refused.value.problems} == {
        "source_missing",
        "giver_missing",
        "authorisation_without_end",
    }


def test_two_heads_at_a_time_are_refused(cast: Cast) -> None:
    chairman_and_deputy(cast)
    with pytest.raises(InputRefused) as refused:
        actions.enter_post(
            unit_code="024",
            code="other",
            name="Quyền Chủ tịch",
            is_head=True,
            period=SINCE,
            actor=actor_for(cast.unit_head),
        )
    assert refused.value.problems[0].code == "head_exists"
    assert not Post.objects.filter(code="other").exists()


def test_the_database_refuses_an_authorisation_without_an_end(cast: Cast) -> None:
    chairman, deputy = chairman_and_deputy(cast)
    with pytest.raises(IntegrityError, match="signing_power_authorised_ends"), transaction.atomic():
        SigningPower.objects.create(
            post=deputy,
            matter="documents",
            authority="authorised",
            granted_by=chairman,
            valid=DateRange(date(2026, 1, 1), None),
            legal_source=DECISION,
        )


def test_who_may_keep_posts(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.enter_post(unit_code="024", code="x", name="X", period=SINCE, actor=actor_for(cast.clerk))
    with pytest.raises(NotFound):
        actions.enter_post(unit_code="024", code="x", name="X", period=SINCE, actor=actor_for(cast.outsider))


def test_each_entry_is_on_the_ledger(cast: Cast) -> None:
    chairman_and_deputy(cast)
    verbs = [line.verb for line in lines_about("org_unit_post", "024/deputy-1")]
    assert sorted(verbs) == ["post.appointed", "post.entered", "post.power_granted"]


POST = {"kind": "post", "name": "Chủ tịch", "code": "chairman", "since": "2026-01-01"}
APPOINTMENT = {
    "kind": "appointment",
    "post": "chairman",
    "person_name": "Vừ Mí Sính",
    "since": "2026-01-01",
    "legal_source": DECISION,
}
POWER = {
    "kind": "power",
    "post": "chairman",
    "matter": "*",
    "authority": "own",
    "since": "2026-01-01",
    "legal_source": DECISION,
}


def test_the_head_enters_a_post_on_the_page(cast: Cast, client_for: SignIn) -> None:
    client, address = client_for(cast.unit_head), reverse("org_units:posts", args=["024"])
    for sent in (POST, APPOINTMENT, POWER):
        assert client.post(address, sent).status_code == 302
    page = client.get(address).content.decode()
    assert "CHỦ TỊCH – Vừ Mí Sính" in page
    assert DECISION in page


def test_what_is_wrong_stands_beside_its_field(cast: Cast, client_for: SignIn) -> None:
    client, address = client_for(cast.unit_head), reverse("org_units:posts", args=["024"])
    client.post(address, POST)
    answer = client.post(address, POWER | {"authority": "deputy"})
    assert answer.status_code == 400
    assert "Chọn chức vụ giao quyền ký." in answer.content.decode()
    assert not SigningPower.objects.exists()


def test_readers_and_outsiders(cast: Cast, client_for: SignIn) -> None:
    address = reverse("org_units:posts", args=["024"])
    chairman_and_deputy(cast)
    reader = client_for(cast.observer)
    assert "Vừ Mí Sính" in reader.get(address).content.decode()
    assert "add-post" not in reader.get(address).content.decode()
    assert (
        reader.post(address, {"kind": "post", "name": "X", "code": "x", "since": "2026-01-01"}).status_code
        == 403
    )
    assert client_for(cast.outsider).get(address).status_code == 404
    assert client_for(cast.outsider).post(address, {"kind": "post"}).status_code == 404
    assert client_for(cast.unit_head).put(address).status_code == 405


def test_the_head_ends_what_is_in_force_on_the_page(cast: Cast, client_for: SignIn) -> None:
    chairman_and_deputy(cast)
    client, address = client_for(cast.unit_head), reverse("org_units:posts", args=["024"])
    ending = {"kind": "end", "last_day": "2026-03-01", "legal_source": "QĐ 9/QĐ-UBND"}
    entries = ["power/deputy-1/dossier_results/deputy", "appointment/deputy-1", "post/deputy-1"]
    for entry in entries:
        assert client.post(address, ending | {"entry": entry}).status_code == 302
    assert "Lò Thị Mai" not in client.get(address).content.decode()
    assert "Lò Thị Mai" in client.get(f"{address}?on=2026-03-01").content.decode()
    assert client.post(address, ending | {"entry": "post/deputy-1"}).status_code == 400
    verbs = {line.verb for line in lines_about("org_unit_post", "024/deputy-1")}
    assert {"post.ended", "post.appointment_ended", "post.power_ended"} <= verbs


def test_who_has_ended_gives_no_power_any_more(cast: Cast) -> None:
    chairman, _ = chairman_and_deputy(cast)
    head = actor_for(cast.unit_head)
    actions.end_entry(chairman, last_day=date(2026, 3, 1), legal_source=DECISION, actor=head)
    names = {
        on: [each.person_name for each in signers("024", matter="dossier_results", on=on)]
        for on in (date(2026, 3, 1), date(2026, 3, 2))
    }
    assert names == {date(2026, 3, 1): ["Vừ Mí Sính", "Lò Thị Mai"], date(2026, 3, 2): []}
    other = actions.enter_post(
        unit_code="024",
        code="acting",
        name="Quyền Chủ tịch",
        is_head=True,
        period=InclusivePeriod(since=date(2026, 3, 2)),
        actor=head,
    )
    assert other.is_head


def test_the_page_reads_its_signers_once(
    cast: Cast, client_for: SignIn, django_assert_max_num_queries: Any
) -> None:
    chairman_and_deputy(cast)
    client, address = client_for(cast.observer), reverse("org_units:posts", args=["024"])
    client.get(address)
    with django_assert_max_num_queries(12):
        client.get(address)


def test_what_the_program_does_with_posts_is_sealed(cast: Cast) -> None:
    chairman, deputy = chairman_and_deputy(cast)
    head, later = actor_for(cast.unit_head), InclusivePeriod(since=date(2026, 3, 1))
    actions.appoint(chairman, person_name="Hầu Văn Lý", period=later, legal_source=DECISION, actor=head)
    actions.end_entry(deputy, last_day=date(2026, 6, 1), legal_source=DECISION, actor=head)
    assert list(altered_rows()) == []
    SigningPower.objects.filter(post=chairman).update(matter="documents")
    assert [one.code.split(" ", 1)[1] for one in altered_rows()] == ["(024/chairman documents)"]

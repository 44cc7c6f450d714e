"""Who sees a pack in which state: before it is announced the inspected unit learns nothing, by no way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from congtam.foundation.notify import unread_summary
from congtam.foundation.public import Actor, Grant, Role, actor_for, console_actor
from congtam.foundation.references import Ref, resolve
from congtam.inspections.lifecycle import ANNOUNCE, OPEN, PACKS, WITHDRAW, ReasonMissing
from congtam.inspections.models import InspectionPack
from congtam.inspections.notices import render_notice
from congtam.inspections.public import content_of, prepare, readable_content, visible_packs
from congtam.kernel.errors import NotAllowed, NotFound
from congtam.kernel.periods import Period
from congtam.testing.cast import Cast, find_cast
from congtam.testing.ledger import audit_lines
from congtam.testing.prepared import FROZEN, prepared

SignIn = Callable[[object], Client]
Q3 = Period.parse("2025-Q3")
TEAM = ("inspector", "reform_officer", "leader", "administrator")
UNIT_SIDE = ("clerk", "officer", "unit_head", "observer")

pytestmark = pytest.mark.django_db


def _city(role: Role) -> Actor:
    return Actor(username=f"city.{role}", name="City", grants=(Grant(role=role, unit_code="024"),))


def enter_pack() -> None:
    """A pack of the city 024 that the inspector of the province prepared."""
    prepare(unit="024", period=Q3, seed=7, sample_size=20, actor=actor_for(find_cast().inspector))


@pytest.fixture
@prepared(enter_pack, at=FROZEN)
def pack(quarter: None, cast: Cast) -> InspectionPack:
    """The pack of `enter_pack`."""
    return InspectionPack.objects.get()


def _addresses(pack: InspectionPack) -> list[str]:
    documents = [reverse("reports:pack_document", args=[pack.key, form]) for form in ("docx", "pdf")]
    flag = next(flag.code for flag in content_of(pack).flags if flag.codes)
    lists = [
        reverse("inspections:flag_list", args=[pack.key]),
        reverse("inspections:flag", args=[pack.key, flag]),
    ]
    return [reverse("inspections:pack", args=[pack.key]), *documents, *lists]


def _status(client: Client, address: str) -> int:
    answer = client.get(address)
    if answer.streaming:
        b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.status_code


def _move(pack: InspectionPack, *verbs: object, actor: Actor | None = None) -> None:
    for verb in verbs:
        PACKS.perform(pack.key, verb, actor=actor or console_actor())  # type: ignore[arg-type]
    pack.refresh_from_db()


@pytest.mark.parametrize("part", UNIT_SIDE)
def test_a_draft_does_not_exist_for_the_unit(
    pack: InspectionPack, cast: Cast, client_for: SignIn, *, part: str
) -> None:
    client = client_for(getattr(cast, part))
    assert {_status(client, address) for address in _addresses(pack)} == {404}
    for address in (reverse("inspections:list"), reverse("home")):
        assert pack.key not in client.get(address).content.decode()
    search = client.get(reverse("search"), {"q": pack.key})
    assert f"packs/{pack.key}" not in search.content.decode()
    assert resolve(Ref("inspection_pack", pack.key), to=actor_for(getattr(cast, part))) is None
    for verb in ("announce", "open", "withdraw"):
        assert client.post(reverse("inspections:perform", args=[pack.key, verb])).status_code == 404


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.REFORM_OFFICER, Role.LEADER, Role.ADMINISTRATOR])
def test_officials_of_the_unit_who_inspect_others_do_not_see_their_own_inspection(
    pack: InspectionPack, role: Role
) -> None:
    assert not visible_packs(_city(role)).exists()
    with pytest.raises(NotFound):
        PACKS.perform(pack.key, ANNOUNCE, actor=_city(role))
    by_console = prepare(unit="024", period=Q3, seed=8, sample_size=20, actor=console_actor())
    assert by_console.office_code == ""
    assert not visible_packs(_city(role)).exists()


def test_a_unit_that_inspects_itself_shares_no_pack_with_the_office_above(pack: InspectionPack) -> None:
    own = prepare(unit="024", period=Q3, seed=7, sample_size=20, actor=_city(Role.REFORM_OFFICER))
    assert own.pk != pack.pk
    assert own.office_code == "024"
    assert [one.key for one in visible_packs(_city(Role.LEADER))] == [own.key]


def test_the_same_content_prepared_by_two_offices_is_two_packs(quarter: None, cast: Cast) -> None:
    ward = {"unit": "00688", "period": Q3, "seed": 7, "sample_size": 5}
    of_province = prepare(**ward, actor=actor_for(cast.inspector))  # type: ignore[arg-type]
    of_city = prepare(**ward, actor=_city(Role.INSPECTOR))  # type: ignore[arg-type]
    assert (of_province.office_code, of_city.office_code) == ("02", "024")
    assert of_province.key != of_city.key
    assert [one.key for one in visible_packs(_city(Role.LEADER))] == [of_city.key]


@pytest.mark.parametrize("part", TEAM)
def test_those_who_prepare_see_it_in_every_state(
    pack: InspectionPack, cast: Cast, client_for: SignIn, *, part: str
) -> None:
    client, actor = client_for(getattr(cast, part)), actor_for(getattr(cast, part))
    for verb in (ANNOUNCE, OPEN):
        assert readable_content(pack, to=actor) == content_of(pack)
        _move(pack, verb)
    PACKS.perform(pack.key, WITHDRAW, actor=actor, data={"reason": "lập nhầm kỳ"})
    page = client.get(reverse("inspections:pack", args=[pack.key])).content.decode()
    assert "lập nhầm kỳ" in page
    assert not visible_packs(actor).exists()


def test_announced_the_unit_reads_its_figures_but_neither_flags_nor_sample(
    pack: InspectionPack, cast: Cast, client_for: SignIn
) -> None:
    _move(pack, ANNOUNCE)
    client = client_for(cast.clerk)
    page = client.get(_addresses(pack)[0]).content.decode()
    assert "87,50\u00a0%" in page
    assert "Đã thông báo" in page
    for line in content_of(pack).sample.rows:
        assert line.dossier.code not in page
    for flag in content_of(pack).flags:
        assert flag.name.vi not in page
    assert {_status(client, address) for address in _addresses(pack)[1:]} == {404}
    assert "packs" in client.get(reverse("home")).content.decode()


def test_open_the_unit_gets_sample_and_report_without_the_reasons(
    pack: InspectionPack, cast: Cast, client_for: SignIn
) -> None:
    _move(pack, ANNOUNCE, OPEN)
    client, clerk = client_for(cast.clerk), actor_for(cast.clerk)
    page = client.get(_addresses(pack)[0]).content.decode()
    rows = content_of(pack).sample.rows
    assert all(line.dossier.code in page for line in rows)
    assert {_status(client, address) for address in _addresses(pack)[3:]} == {200}
    assert "Lý do chọn" not in page
    assert "chọn ngẫu nhiên" not in page
    assert all(not line.reasons for line in readable_content(pack, to=clerk).sample.rows)
    assert any(line.reasons for line in rows)
    for verb in ("announce", "open", "withdraw"):
        assert client.post(reverse("inspections:perform", args=[pack.key, verb])).status_code == 403


def test_each_step_is_a_line_of_the_ledger_and_none_is_skipped(
    pack: InspectionPack, cast: Cast, client_for: SignIn
) -> None:
    client = client_for(cast.inspector)

    def post(verb: str, **data: str) -> str:
        answer = client.post(reverse("inspections:perform", args=[pack.key, verb]), data, follow=True)
        pack.refresh_from_db()
        return answer.content.decode()

    post("open")
    assert pack.state == "draft"
    post("announce", version="1")
    post("open", version="1")
    assert pack.state == "announced"  # somebody changed it since this page was read
    post("open", version="2")
    assert "Hãy nêu lý do" in post("withdraw", reason="  ")
    post("withdraw", reason="Sai đơn vị")
    assert (pack.state, pack.version) == ("withdrawn", 4)
    verbs = [line.verb for line in audit_lines(kind="inspection_pack")]
    assert verbs[1:] == ["inspection_pack.announce", "inspection_pack.open", "inspection_pack.withdraw"]
    assert client.post(reverse("inspections:perform", args=[pack.key, "prepare_again"])).status_code == 404


def test_a_withdrawn_pack_prepared_again_is_a_draft_again(pack: InspectionPack, cast: Cast) -> None:
    inspector = actor_for(cast.inspector)
    with pytest.raises(ReasonMissing):
        PACKS.perform(pack.key, WITHDRAW, actor=inspector, data={"reason": "x" * 501})
    PACKS.perform(pack.key, WITHDRAW, actor=inspector, data={"reason": "nhầm"})
    again = prepare(unit="024", period=Q3, seed=7, sample_size=20, actor=inspector)
    assert (again.pk, again.state) == (pack.pk, "draft")


def test_an_observer_of_the_province_cannot_act(pack: InspectionPack, cast: Cast) -> None:
    _move(pack, ANNOUNCE)
    with pytest.raises(NotAllowed):
        PACKS.perform(pack.key, OPEN, actor=actor_for(cast.appraiser))


def test_the_head_is_notified_once_when_a_pack_is_announced(pack: InspectionPack, cast: Cast) -> None:
    head = actor_for(cast.unit_head)
    assert not unread_summary(head).waiting
    _move(pack, ANNOUNCE)
    notices = unread_summary(head).waiting
    assert [(one.subject_code, one.unit_code) for one in notices] == [(pack.key, "024")]
    text = render_notice(notices[0])
    assert pack.unit_name in text.subject
    assert pack.key in text.body
    assert text.url == reverse("inspections:pack", args=[pack.key])
    assert not unread_summary(actor_for(cast.clerk)).waiting


def test_an_unread_notice_goes_with_the_pack(pack: InspectionPack, cast: Cast) -> None:
    _move(pack, ANNOUNCE)
    PACKS.perform(pack.key, WITHDRAW, actor=actor_for(cast.inspector), data={"reason": "lập nhầm kỳ"})
    assert not unread_summary(actor_for(cast.unit_head)).waiting

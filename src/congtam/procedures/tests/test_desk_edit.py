"""Entering by hand what the desks need: a version from a day on, all problems at once, nobody without the right."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from congtam.foundation.files import FileRefused
from congtam.foundation.public import Actor, actor_for, console_actor
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound
from congtam.procedures.catalogue.edit_desk import edit_desk_parts, store_form_file
from congtam.procedures.catalogue.import_catalogue import import_catalogue
from congtam.procedures.domain.content import CataloguePaper, ChannelLimit, Content
from congtam.procedures.domain.desk import CaseKind
from congtam.procedures.domain.desk_parts import DeskParts
from congtam.procedures.domain.fees import CatalogueFee
from congtam.procedures.domain.time_limits import Amount, TimeLimit, TimeUnit
from congtam.procedures.models import ProcedureVersion
from congtam.procedures.public import desk_procedure, enter_procedure_list, form_file
from congtam.testing.cast import Cast
from congtam.testing.units import enter_small_tree

pytestmark = pytest.mark.django_db
CODE, FIRST, SECOND = "1.001193", date(2026, 1, 1), date(2026, 3, 1)


def days(value: int, *, channel: str = "", case_kind: str = "") -> ChannelLimit:
    limit = TimeLimit(f"{value} ngày làm việc", Amount(Decimal(value), TimeUnit.WORKING_DAYS))
    return ChannelLimit(channel=channel, case_kind=case_kind, limit=limit, latest_receipt=time(15))


PARTS = DeskParts(
    channels=("desk", "online"),
    any_office=True,
    supplement_days=20,
    case_kinds=(CaseKind(code="new", name="Cấp mới"), CaseKind(code="again", name="Cấp lại")),
    limits=(days(5), days(2, case_kind="again"), days(1, channel="online", case_kind="again")),
    papers=(
        CataloguePaper(name="Tờ khai", originals=1),
        CataloguePaper(name="Giấy cũ", originals=1, case_kind="again"),
        CataloguePaper(name="Ảnh", copies=2, is_required=False),
    ),
    fees=(
        CatalogueFee("", 20_000, name="Lệ phí", case_kind="new"),
        CatalogueFee("", 10_000, name="Lệ phí", case_kind="new", channel="online"),
    ),
    results=("Giấy khai sinh",),
)


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    enter_small_tree()
    content = Content(
        name="Đăng ký khai sinh", papers=(CataloguePaper(name="Tờ khai", originals=1),), limits=(days(3),)
    )
    enter_procedure_list({CODE: content}, valid_from=FIRST, source="test", actor=console_actor())


def edit(parts: DeskParts = PARTS, day: date = SECOND, **more: str) -> ProcedureVersion:
    return edit_desk_parts(CODE, parts, valid_from=day, ground="QĐ 12/QĐ-UBND", actor=console_actor(), **more)


def test_a_dossier_is_judged_by_the_version_of_its_day() -> None:
    edit()
    before, after = desk_procedure(CODE, date(2026, 2, 28)), desk_procedure(CODE, SECOND)
    assert before is not None
    assert after is not None
    assert (before.any_office, after.any_office, after.supplement_days) == (False, True, 20)
    assert [before.limit_for(channel="online").value, after.limit_for(channel="online").value] == [3, 5]  # type: ignore[union-attr]
    assert before.digest != after.digest


@pytest.mark.parametrize(
    ("channel", "case", "days_", "fee", "papers"),
    [
        ("desk", "new", 5, 20_000, ["Tờ khai", "Ảnh"]),
        ("online", "new", 5, 30_000, ["Tờ khai", "Ảnh"]),
        ("desk", "again", 2, 0, ["Tờ khai", "Giấy cũ", "Ảnh"]),
        ("online", "again", 1, 0, ["Tờ khai", "Giấy cũ", "Ảnh"]),
    ],
)
def test_case_and_channel_decide(*, channel: str, case: str, days_: int, fee: int, papers: list[str]) -> None:
    edit()
    found = desk_procedure(CODE, SECOND)
    assert found is not None
    limit = found.limit_for(channel=channel, case_kind=case)
    assert limit is not None
    assert (int(limit.value), limit.latest_receipt) == (days_, time(15))
    assert found.fee_for(channel=channel, case_kind=case) == fee
    assert [paper.name for paper in found.papers_for(case)] == papers


def test_entering_the_same_again_changes_nothing() -> None:
    first = edit()
    assert edit(day=date(2026, 4, 1)).pk == first.pk
    assert ProcedureVersion.objects.count() == 2


def test_on_its_first_day_a_version_is_corrected() -> None:
    first = edit()
    again = edit(replace(PARTS, supplement_days=30))
    assert (again.pk, ProcedureVersion.objects.count()) == (first.pk, 2)
    assert desk_procedure(CODE, SECOND).supplement_days == 30  # type: ignore[union-attr]


def test_everything_that_is_wrong_is_told_at_once() -> None:
    wrong = DeskParts(
        channels=("fax",),
        supplement_days=-1,
        case_kinds=(CaseKind(code="a", name=""), CaseKind(code="b", name="B"), CaseKind(code="b", name="C")),
        limits=(days(1), days(2), days(1, case_kind="x")),
        papers=(CataloguePaper(name=" ", copies=100),),
        fees=(CatalogueFee("", -5, name="", channel="fax"),),
    )
    with pytest.raises(InputRefused) as refused:
        edit_desk_parts(CODE, wrong, valid_from=date(2025, 1, 1), ground=" ", actor=console_actor(), base="x")
    told = {problem.column for problem in refused.value.problems if problem.column}
    assert told == {
        *("channels", "supplement_days", "case_kinds.0.name", "case_kinds.1.code", "case_kinds.2.code"),
        *("limits.1.channel", "limits.2.case_kind", "papers.0.name", "papers.0.copies"),
        *("fees.0.name", "fees.0.amount_dong", "fees.0.channel", "valid_from", "ground"),
    }
    assert "changed_meanwhile" in {problem.code for problem in refused.value.problems}


@pytest.mark.parametrize(
    "part", ["clerk", "officer", "unit_head", "observer", "citizen", "outsider", "inspector"]
)
def test_others_may_not_edit(cast: Cast, part: str) -> None:
    actor = actor_for(getattr(cast, part))
    with pytest.raises(NotAllowed):
        edit_desk_parts(CODE, PARTS, valid_from=SECOND, ground="x", actor=actor)
    with pytest.raises(NotAllowed):
        store_form_file(io.BytesIO(b"%PDF-1.7"), name="a.pdf", actor=actor)


@pytest.mark.parametrize("part", ["reform_officer", "administrator"])
def test_the_keepers_of_the_catalogue_may(cast: Cast, part: str) -> None:
    actor: Actor = actor_for(getattr(cast, part))
    assert edit_desk_parts(CODE, PARTS, valid_from=SECOND, ground="x", actor=actor).valid.lower == SECOND


def test_an_import_leaves_alone_what_was_entered_by_hand(tmp_path: Path) -> None:
    edit()
    path = tmp_path / "described.jsonl"
    path.write_text(
        '{"code": "1.001193", "title": "Đăng ký khai sinh", "general": {}, "sections": {"Trình tự thực hiện": "B1"},'
        ' "methods": [{"Hình thức nộp": "Trực tiếp", "Thời gian giải quyết": "9 ngày"}]}\n',
        encoding="utf-8",
    )
    report = import_catalogue(path, actor=console_actor(), valid_from=date(2026, 4, 1))
    assert [problem.code for problem in report.problems] == ["procedures.entered_by_hand"]
    assert report.filled == 1
    found = desk_procedure(CODE, date(2026, 4, 2))
    assert found is not None
    assert found.limit_for(channel="desk").value == 5  # type: ignore[union-attr]


def test_a_form_is_kept_and_given_out_only_for_its_procedure(warehouse_dir: Path) -> None:
    assert warehouse_dir
    digest = store_form_file(io.BytesIO(b"%PDF-1.7 form"), name="mau-01.pdf", actor=console_actor())
    papers = (CataloguePaper(name="Tờ khai", originals=1, form_digest=digest, form_name="mau-01.pdf"),)
    edit(replace(PARTS, papers=papers))
    assert form_file(CODE, digest).path.read_bytes() == b"%PDF-1.7 form"
    for code, asked in itertools.product((CODE, "1.000001"), ("", "0" * 64)):
        with pytest.raises(NotFound):
            form_file(code, asked)


def test_a_form_that_is_not_what_its_name_says_is_refused(warehouse_dir: Path) -> None:
    assert warehouse_dir
    for name in ("a.pdf", "a.docx", "a.exe", "../a.pdf"):
        with pytest.raises(FileRefused):
            store_form_file(io.BytesIO(b"MZ program"), name=name, actor=console_actor())

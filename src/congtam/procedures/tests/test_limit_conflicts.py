"""Two catalogues that disagree on a limit: both values wait for a decision, and the one in force stays."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from congtam.foundation.public import Account, Actor, console_actor, lines_about
from congtam.kernel.errors import InputRefused, NotAllowed
from congtam.procedures.catalogue.decide_conflicts import decide_conflicts
from congtam.procedures.catalogue.edit_desk import edit_desk_parts
from congtam.procedures.catalogue.import_catalogue import import_catalogue
from congtam.procedures.catalogue.import_plan import CatalogueReport
from congtam.procedures.domain.content import ChannelLimit, from_json
from congtam.procedures.domain.desk_parts import DeskParts
from congtam.procedures.domain.limit_conflicts import compare_limits, replace_limits
from congtam.procedures.domain.time_limits import parse_time_limit
from congtam.procedures.models import LimitConflict, ProcedureVersion
from congtam.procedures.public import version_in_force
from congtam.testing.cast import Cast

SignIn = Callable[[Account], Client]
CODE = "1.000001"
FIRST, SECOND, THIRD = date(2026, 7, 18), date(2026, 9, 1), date(2026, 10, 1)


def limits(*rows: tuple[str, str]) -> tuple[ChannelLimit, ...]:
    return tuple(ChannelLimit(channel=way, limit=parse_time_limit(text)) for way, text in rows)


@pytest.mark.parametrize(
    ("incoming", "disputed", "added"),
    [
        pytest.param([("desk", "5 ngày làm việc")], [], [], id="the same"),
        pytest.param([("desk", "Không quá 05 ngày làm việc ngày")], [], [], id="other words"),
        pytest.param([("desk", "7 ngày làm việc")], [("desk", "")], [], id="another number"),
        pytest.param([("desk", "5 ngày")], [("desk", "")], [], id="another unit"),
        pytest.param([("", "5 ngày làm việc")], [], [], id="all ways, the same"),
        pytest.param([("", "7 ngày làm việc")], [("", "")], [], id="all ways, another number"),
        pytest.param([("post", "7 ngày làm việc")], [], ["post"], id="another way of filing"),
        pytest.param([("desk", "Theo kế hoạch")], [("desk", "")], [], id="words beside a number"),
        pytest.param([("desk", "Không quy định")], [], [], id="no statement"),
    ],
)
def test_catalogues_are_compared_by_amount(
    incoming: list[tuple[str, str]], disputed: list[tuple[str, str]], added: list[str]
) -> None:
    recorded = limits(("desk", "5 ngày làm việc"))
    compared = compare_limits(recorded, limits(*incoming))
    assert list(compared.disputed) == disputed
    assert [row.channel for row in compared.limits] == ["desk", *added]
    assert compared.limits[0] == recorded[0]


def test_a_limit_that_was_not_stated_is_filled_by_the_other_catalogue() -> None:
    compared = compare_limits(limits(("desk", "Không quy định")), limits(("desk", "5 ngày")))
    assert not compared.disputed
    assert compared.limits == limits(("desk", "5 ngày"))


def test_ways_of_filing_the_other_catalogue_does_not_name_stay() -> None:
    recorded = limits(("desk", "5 ngày"), ("post", "9 ngày"))
    replaced = replace_limits(recorded, limits(("desk", "7 ngày")))
    assert replaced == limits(("post", "9 ngày"), ("desk", "7 ngày"))


def describe(
    folder: Path, limit: str, *, catalogue: str = "portal", day: date = FIRST, codes: Sequence[str] = (CODE,)
) -> CatalogueReport:
    """Import one procedure, or some, with this limit from an edition of a catalogue."""
    path = folder / f"{catalogue}_{day.isoformat()}.jsonl"
    record = {
        "title": "Đăng ký khai sinh",
        "general": {"Lĩnh vực": "Hộ tịch"},
        "methods": [{"Hình thức nộp": "Trực tuyến", "Thời gian giải quyết": limit}],
    }
    lines = (json.dumps({"code": code} | record, ensure_ascii=False) for code in codes)
    path.write_text("\n".join(lines), encoding="utf-8")
    return import_catalogue(path, actor=console_actor())


def amount_on(day: date) -> Decimal | None:
    version = version_in_force(CODE, day)
    assert version is not None
    return version.limits.get().amount


@pytest.fixture
def disputed(tmp_path: Path, db: None) -> LimitConflict:
    """Five days of the portal in force since July; ten days of the ministry's list of September beside them."""
    describe(tmp_path, "5 ngày làm việc")
    report = describe(tmp_path, "10 ngày làm việc", catalogue="ministry", day=SECOND)
    assert (report.conflicts, report.changed, report.unchanged) == (1, 0, 1)
    return LimitConflict.objects.get()


def decide(conflict: LimitConflict, choice: str, *, actor: Actor | None = None, day: date = THIRD) -> int:
    return decide_conflicts(
        [conflict.pk], choice, valid_from=day, ground="12/UBND-KSTT", actor=actor or console_actor()
    )


def test_both_sides_are_kept_and_the_limit_in_force_stays(disputed: LimitConflict) -> None:
    assert (disputed.recorded_source, disputed.recorded_on) == ("portal_2026-07-18.jsonl", FIRST)
    assert (disputed.incoming_source, disputed.incoming_on) == ("ministry_2026-09-01.jsonl", SECOND)
    assert amount_on(THIRD) == 5
    assert ProcedureVersion.objects.count() == 1


def test_the_same_file_again_asks_once(disputed: LimitConflict, tmp_path: Path) -> None:
    assert describe(tmp_path, "10 ngày làm việc", catalogue="ministry", day=SECOND).conflicts == 0
    assert LimitConflict.objects.get() == disputed


def test_a_newer_edition_replaces_what_its_catalogue_said(disputed: LimitConflict, tmp_path: Path) -> None:
    assert describe(tmp_path, "12 ngày làm việc", catalogue="ministry", day=THIRD).conflicts == 1
    states = LimitConflict.objects.order_by("pk").values_list("state", "incoming_on")
    assert list(states) == [("replaced", SECOND), ("open", THIRD)]


@pytest.mark.parametrize("catalogue", ["portal", "ministry"])
def test_catalogues_that_agree_after_all_leave_nothing_to_decide(
    disputed: LimitConflict, tmp_path: Path, catalogue: str
) -> None:
    limit = "10 ngày làm việc" if catalogue == "portal" else "5 ngày làm việc"
    describe(tmp_path, limit, catalogue=catalogue, day=THIRD)
    assert [row.state for row in LimitConflict.objects.all()] == ["agreed"]
    assert amount_on(THIRD) == (10 if catalogue == "portal" else 5)


def test_an_import_that_only_settles_a_conflict_is_in_the_ledger(
    disputed: LimitConflict, tmp_path: Path
) -> None:
    report = describe(tmp_path, "5 ngày làm việc", catalogue="ministry", day=THIRD)
    assert (report.settled, report.changed, report.unchanged) == (1, 0, 1)
    (line,) = lines_about("procedures", "ministry_2026-10-01.jsonl")
    assert (line.verb, line.data["settled"]) == ("procedures.imported", 1)


def test_a_new_edition_of_the_catalogue_in_force_is_shown_beside_the_other(
    disputed: LimitConflict, tmp_path: Path
) -> None:
    describe(tmp_path, "3 ngày làm việc", day=THIRD)
    disputed.refresh_from_db()
    assert (disputed.state, disputed.recorded_on) == ("open", THIRD)
    assert disputed.recorded_limits[0]["limit"]["amount"]["value"] == "3"


@pytest.mark.parametrize(("choice", "expected"), [("kept", 5), ("taken", 10)])
def test_a_decision_holds_against_both_files(
    disputed: LimitConflict, tmp_path: Path, *, choice: str, expected: int
) -> None:
    assert decide(disputed, choice) == 1
    assert [amount_on(day) for day in (SECOND, THIRD)] == [5, expected]
    later = date(2026, 11, 1)
    reports = [
        describe(tmp_path, "5 ngày làm việc", day=later),
        describe(tmp_path, "10 ngày làm việc", catalogue="ministry", day=later),
    ]
    assert [(report.conflicts, report.changed) for report in reports] == [(0, 0), (0, 0)]
    assert amount_on(later) == expected


def test_a_return_to_a_limit_decided_about_settles_what_was_said_between(
    disputed: LimitConflict, tmp_path: Path
) -> None:
    decide(disputed, "kept")
    assert describe(tmp_path, "12 ngày làm việc", catalogue="ministry", day=THIRD).conflicts == 1
    report = describe(tmp_path, "10 ngày làm việc", catalogue="ministry", day=date(2026, 11, 1))
    assert (report.conflicts, report.settled) == (0, 1)
    assert list(LimitConflict.objects.order_by("pk").values_list("state", flat=True)) == ["kept", "agreed"]


@pytest.mark.django_db
def test_a_file_named_by_digits_alone_never_conflicts_with_itself(tmp_path: Path) -> None:
    describe(tmp_path, "5 ngày làm việc", catalogue="")
    report = describe(tmp_path, "7 ngày làm việc", catalogue="")
    assert (report.conflicts, report.changed) == (0, 1)
    assert amount_on(FIRST) == 7


def test_a_decision_is_in_the_ledger(disputed: LimitConflict) -> None:
    decide(disputed, "taken")
    line = lines_about("procedures", CODE)[0]
    assert (line.verb, line.data["choice"], line.data["valid_from"]) == (
        "procedure.limit_decided",
        "taken",
        "2026-10-01",
    )
    disputed.refresh_from_db()
    assert (disputed.state, disputed.ground) == ("taken", "12/UBND-KSTT")


def test_a_day_before_the_version_in_force_is_refused_and_nothing_is_decided(disputed: LimitConflict) -> None:
    with pytest.raises(InputRefused) as refused:
        decide(disputed, "taken", day=date(2026, 1, 1))
    assert [problem.code for problem in refused.value.problems] == ["version_newer"]
    disputed.refresh_from_db()
    assert disputed.state == "open"


@pytest.mark.django_db
def test_conflicts_of_any_number_ask_the_same_of_the_database(tmp_path: Path) -> None:
    counts: list[tuple[int, int]] = []
    for codes in ([CODE], [f"2.{number:06d}" for number in range(6)]):
        describe(tmp_path, "5 ngày làm việc", codes=codes)
        describe(tmp_path, "10 ngày làm việc", catalogue="ministry", day=SECOND, codes=codes)
        with CaptureQueriesContext(connection) as replaced:
            report = describe(tmp_path, "12 ngày làm việc", catalogue="ministry", day=SECOND, codes=codes)
            assert report.conflicts == len(codes)
        with CaptureQueriesContext(connection) as followed:
            describe(tmp_path, "3 ngày làm việc", day=THIRD, codes=codes)
        assert set(LimitConflict.objects.open().values_list("recorded_on", flat=True)) == {THIRD}
        counts.append((len(replaced), len(followed)))
    assert counts[0] == counts[1]


def test_limits_entered_by_hand_settle_it(disputed: LimitConflict) -> None:
    version = version_in_force(CODE, THIRD)
    assert version is not None
    parts = DeskParts.from_content(from_json(version.details))
    edited = DeskParts(
        **{**vars(parts), "channels": ("online",), "limits": limits(("online", "4 ngày làm việc"))}
    )
    edit_desk_parts(CODE, edited, valid_from=THIRD, ground="12/QĐ-UBND", actor=console_actor())
    assert [row.state for row in LimitConflict.objects.all()] == ["entered"]


def test_the_pages_show_both_values_and_editors_decide(
    disputed: LimitConflict, cast: Cast, client_for: SignIn
) -> None:
    page = client_for(cast.clerk).get(f"/procedures/{CODE}/").content.decode()
    assert "ministry_2026-09-01.jsonl" in page
    assert client_for(cast.clerk).get("/procedures/conflicts/").context["count"] == 1
    sent = {"conflicts": str(disputed.pk), "choice": "taken", "ground": "12/UBND", "valid_from": "2026-10-01"}
    assert client_for(cast.clerk).post("/procedures/conflicts/", sent).status_code == 403
    editor = client_for(cast.administrator)
    assert "?procedure=" in editor.get(f"/procedures/{CODE}/").content.decode()
    assert editor.post("/procedures/conflicts/", {**sent, "ground": " "}).status_code == 422
    assert editor.post("/procedures/conflicts/", sent).status_code == 302
    assert amount_on(THIRD) == 10
    assert "12/UBND" in editor.get(f"/procedures/{CODE}/").content.decode()


def test_only_editors_decide(disputed: LimitConflict) -> None:
    with pytest.raises(NotAllowed):
        decide(disputed, "kept", actor=Actor(username="x", name="X"))

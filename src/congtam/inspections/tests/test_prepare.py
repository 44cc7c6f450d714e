from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import Actor, Grant, Role, actor_for, console_actor, drain_outbox
from congtam.inspections.actions.prepare import count_at_one_version
from congtam.inspections.actions.refusals import InspectionImpossible
from congtam.inspections.domain.content import PackContent
from congtam.inspections.domain.reading import difference_against
from congtam.inspections.domain.sampling import METHOD, Candidate, count_classes, draw, plan
from congtam.inspections.domain.strata import FlaggedDossier, stratify
from congtam.inspections.models import InspectionPack
from congtam.inspections.public import content_of, prepare
from congtam.inspections.tests.conftest import FIRST, dossiers
from congtam.kernel.errors import NotAllowed, NotFound
from congtam.kernel.periods import Period
from congtam.org_units.public import UnitVersionRow, enter_units
from congtam.testing.cast import Cast
from congtam.testing.doors.indicators import TargetEntry, get_stored_receipt, set_target
from congtam.testing.doors.org_units import SuccessionRow
from congtam.testing.ledger import audit_lines
from congtam.warehouse.public import data_version, facts

Q3 = Period.parse("2025-Q3")

pytestmark = pytest.mark.django_db


def _content(seed: int = 7, *, unit: str = "024", size: int = 20, period: Period = Q3) -> PackContent:
    return content_of(prepare(unit=unit, period=period, seed=seed, sample_size=size, actor=console_actor()))


def test_figures_stand_beside_target_past_and_peers(quarter: None) -> None:
    of_the_year = TargetEntry(
        indicator="dossiers.on_time_rate",
        value=Decimal("0.98"),
        decision="KH 12/KH-UBND",
        decided_on=date(2025, 1, 5),
        since=date(2025, 1, 1),
        unit_code="024",
    )
    set_target(of_the_year, actor=console_actor())
    line = _content().indicator("dossiers.on_time_rate")
    assert line is not None
    assert (line.now.numerator, line.now.denominator) == (196, 224)
    assert line.target == 0.98
    assert line.meets is False
    assert line.previous is not None
    assert line.previous.value is None  # nothing was finished in the quarter before: missing, not zero
    assert line.rank is not None
    assert (line.rank.place, line.rank.ranked) == (2, 2)
    assert {peer.code: peer.denominator for peer in line.peers} == {"024": 224, "026": 112}


def test_the_same_inputs_give_the_same_pack_once(quarter: None) -> None:
    first = prepare(unit="024", period=Q3, seed=7, actor=console_actor())
    again = prepare(unit="024", period=Q3, seed=7, actor=console_actor())
    other = prepare(unit="024", period=Q3, seed=8, actor=console_actor())
    assert again.pk == first.pk
    assert other.digest != first.digest
    assert InspectionPack.objects.count() == 2
    assert [line.verb for line in audit_lines(kind="inspection_pack")] == ["inspection.pack_prepared"] * 2


def test_what_is_read_back_has_the_digest_it_was_kept_under(quarter: None) -> None:
    pack = prepare(unit="024", period=Q3, seed=7, actor=console_actor())
    pack.refresh_from_db()
    assert content_of(pack).digest() == pack.digest


def test_the_sample_covers_every_flag_and_field(quarter: None) -> None:
    content = _content()
    sample = content.sample
    assert sample.population == 240
    assert sample.size == 20
    flags = {stratum.flag: stratum for stratum in sample.strata if stratum.flag}
    fields = [stratum for stratum in sample.strata if not stratum.flag]
    assert set(flags) == {"flags.open_overdue", "flags.outside_hours"}
    assert {stratum.name for stratum in fields} == {"Đất đai", "Hộ tịch", "Chứng thực"}
    assert sum(stratum.size for stratum in sample.strata) == 20
    assert sum(stratum.population for stratum in sample.strata) == 240
    for stratum in sample.strata:
        assert sum(line.stratum == stratum.name for line in sample.rows) == stratum.size
        assert stratum.size >= min(2, stratum.population)
    for line in sample.rows:
        assert bool(line.reasons) == (line.stratum in {one.name for one in flags.values()})


def test_a_flag_that_peers_have_as_often_names_nobody(quarter: None) -> None:
    """Every tenth dossier of both units ends in its last hour: no more than could be expected."""
    line = _content().flag("flags.last_hour")
    assert line is not None
    assert line.receipt is not None
    assert line.sign_count > 0
    assert (line.count, line.codes, line.rows) == (0, (), ())
    assert line.expected_by_peers is not None
    assert line.expected_by_peers >= line.sign_count


def test_the_draw_from_the_warehouse_is_the_draw_by_the_published_rules(quarter: None) -> None:
    """The whole frame by hand: every dossier with its flags, parted and drawn by the pure rules."""
    content = _content()
    reasons: dict[str, list[str]] = defaultdict(list)
    for flag in content.flags:
        for code in flag.codes:
            reasons[code].append(flag.code)
    weight = {flag.code: flag.weight for flag in content.flags}
    fields = {row.code: row.field_name for row in dossiers("024", 240, late_every=8)}
    flagged = {
        code: FlaggedDossier(
            field=fields[code], weight=1 + sum(weight[name] for name in names), reasons=tuple(names)
        )
        for code, names in reasons.items()
    }
    strata = stratify(Counter(field for code, field in fields.items() if code not in flagged), flagged, 20)
    frame = [
        Candidate(
            code=code,
            stratum=strata.stratum_of(field, reasons.get(code, ())),
            weight=flagged[code].weight if code in flagged else 1.0,
        )
        for code, field in fields.items()
    ]
    by_hand = draw(frame, plan(count_classes(frame), 20, strata.floors), seed=7)
    assert len(flagged) > 20
    assert {row.code: row.probability for row in by_hand} == {
        line.dossier.code: line.probability for line in content.sample.rows
    }


def test_counts_by_unit_field_and_officer_add_up_to_the_figures(quarter: None) -> None:
    content = _content()
    finished = content.indicator("dossiers.finished")
    on_time = content.indicator("dossiers.on_time_rate")
    assert finished is not None
    assert on_time is not None
    assert [one.by for one in content.breakdowns] == [
        "field"
    ]  # one ward and no officer on record: nothing to tell
    rows = content.breakdowns[0].rows
    assert {row.name for row in rows} == {"Đất đai", "Hộ tịch", "Chứng thực"}
    assert sum(row.received for row in rows) == 240
    assert sum(row.finished for row in rows) == finished.now.value == on_time.now.denominator
    assert sum(row.finished - row.late for row in rows) == on_time.now.numerator
    assert [row.late for row in rows] == sorted((row.late for row in rows), reverse=True)


def test_a_difference_is_that_of_the_printed_values(quarter: None) -> None:
    line = _content().indicator("dossiers.on_time_rate")
    assert line is not None
    now, before = replace(line.now, value=0.96004), replace(line.now, value=0.95909)
    assert difference_against(replace(line, now=now, last_year=before), against="last_year") == pytest.approx(
        0.0009
    )


def test_the_receipts_of_the_figures_are_kept(quarter: None) -> None:
    line = _content().indicator("dossiers.on_time_rate")
    assert line is not None
    kept = get_stored_receipt(line.now.digest, to=console_actor())
    assert (kept["numerator"], kept["denominator"]) == (line.now.numerator, line.now.denominator)


def test_a_dossier_finished_before_the_period_is_not_in_the_frame(quarter: None) -> None:
    fourth = _content(period=Period.parse("2025-Q4")).sample
    assert fourth.population == 16  # only those still open
    assert all(not line.dossier.finished_on for line in fourth.rows)


def test_a_dossier_withdrawn_without_a_day_counts_only_when_it_was_received(quarter: None) -> None:
    received = FIRST + timedelta(days=40)
    row = DossierRow(code="H.gone", unit_code="00688", received_at=received, state="withdrawn")
    store_dossiers([row], unit_code="024", actor=console_actor(), import_key="gone", source="test")
    drain_outbox()
    assert _content().sample.population == 241
    assert _content(period=Period.parse("2025-Q4")).sample.population == 16


@pytest.mark.parametrize(
    ("unit", "period", "code"),
    [
        ("H22.09", "2025-Q3", "inspections.frame_empty"),
        ("024", "2024-Q3", "inspections.frame_empty"),
        ("024", "2031", "inspections.period_not_begun"),
    ],
)
def test_an_impossible_inspection_is_refused_and_nothing_is_kept(
    quarter: None, *, unit: str, period: str, code: str
) -> None:
    with pytest.raises(InspectionImpossible) as refused:
        prepare(unit=unit, period=Period.parse(period), seed=7, actor=console_actor())
    assert refused.value.code == code
    assert not InspectionPack.objects.exists()


def test_a_unit_outside_its_life_is_refused_with_the_units_to_choose(quarter: None) -> None:
    enter_units(
        [
            UnitVersionRow(
                code="old", name="Xã Cũ", kind="commune", parent="024", valid_until=date(2025, 7, 1)
            ),
            UnitVersionRow(
                code="new", name="Xã Mới", kind="commune", parent="024", valid_from=date(2025, 7, 1)
            ),
        ],
        [SuccessionRow(predecessor="old", successor="new", on_date=date(2025, 7, 1))],
        actor=console_actor(),
    )
    with pytest.raises(InspectionImpossible) as later:
        prepare(unit="old", period=Q3, seed=7, actor=console_actor())
    assert later.value.code == "inspections.unit_no_longer"
    assert "30/06/2025" in str(later.value)
    assert "Xã Mới · new" in str(later.value)
    with pytest.raises(InspectionImpossible) as earlier:
        prepare(unit="new", period=Period.parse("2025-Q1"), seed=7, actor=console_actor())
    assert earlier.value.code == "inspections.unit_not_yet"
    assert "Xã Cũ · old" in str(earlier.value)


def test_who_may_not_see_the_peers_gets_no_rank(quarter: None) -> None:
    local = Actor(username="x", name="X", grants=(Grant(role=Role.INSPECTOR, unit_code="024"),))
    content = content_of(prepare(unit="024", period=Q3, seed=7, actor=local))
    assert content.peers_hidden
    assert all(line.rank is None for line in content.indicators)


def test_only_those_in_charge_prepare(quarter: None, cast: Cast) -> None:
    for part in ("inspector", "reform_officer", "leader", "administrator"):
        assert prepare(unit="024", period=Q3, seed=7, actor=actor_for(getattr(cast, part)))
    for part in ("clerk", "officer", "unit_head", "observer", "appraiser"):
        with pytest.raises(NotAllowed):
            prepare(unit="024", period=Q3, seed=7, actor=actor_for(getattr(cast, part)))
    for part in ("citizen", "outsider"):
        with pytest.raises(NotFound):
            prepare(unit="024", period=Q3, seed=7, actor=actor_for(getattr(cast, part)))


def test_facts_with_versions_of_their_own_are_counted_once(quarter: None) -> None:
    """Steps and payments change on other days than dossiers: that is no reason to count everything again."""
    assert len({data_version(fact.name) for fact in facts()}) > 1
    counted = count_at_one_version("024", Q3, method=METHOD, actor=console_actor())
    assert counted.is_at_one_version
    older = replace(counted.frame, version=counted.frame.version - 1)
    assert not replace(counted, frame=older).is_at_one_version

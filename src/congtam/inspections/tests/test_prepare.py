from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

import pytest

from congtam.dossiers.public import DossierRow, store_dossiers
from congtam.foundation.public import Actor, Grant, Role, actor_for, console_actor, drain_outbox
from congtam.inspections.domain.content import PackContent
from congtam.inspections.domain.sampling import Candidate, count_classes, draw, plan
from congtam.inspections.domain.strata import FlaggedDossier, stratify
from congtam.inspections.models import InspectionPack
from congtam.inspections.public import content_of, prepare
from congtam.inspections.tests.conftest import FIRST, dossiers
from congtam.kernel.errors import NotAllowed, NotFound
from congtam.kernel.periods import Period
from congtam.testing.cast import Cast
from congtam.testing.doors.indicators import TargetEntry, receipt, set_target
from congtam.testing.ledger import audit_lines

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
    assert line.seen > 0
    assert (line.count, line.codes, line.rows) == (0, (), ())
    assert line.expected_by_peers is not None
    assert line.expected_by_peers >= line.seen


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


def test_the_receipts_of_the_figures_are_kept(quarter: None) -> None:
    line = _content().indicator("dossiers.on_time_rate")
    assert line is not None
    kept = receipt(line.now.digest, to=console_actor())
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


def test_a_unit_without_dossiers_gets_an_empty_but_honest_pack(quarter: None) -> None:
    content = _content(unit="H22.09")
    assert content.sample.rows == ()
    line = content.indicator("dossiers.on_time_rate")
    assert line is not None
    assert (line.now.value, line.rank) == (None, None)


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

"""Strata by the rarest flag are a partition with floors; the Hájek estimator over them is right on average."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from functools import cache
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.inspections.domain.estimation import hajek_rate
from congtam.inspections.domain.sampling import Candidate, Plan, SampledDossier, count_classes, draw, plan
from congtam.inspections.domain.strata import (
    LEAST,
    OTHER_FIELDS,
    OTHER_FLAGS,
    FlaggedDossier,
    Stratification,
    count_strata,
    rarest,
    stratify,
)

FLAGS = {"flags.a": 2.0, "flags.b": 3.0, "flags.c": 1.5, "flags.d": 4.0}
Dossier = tuple[str, frozenset[str]]

dossiers = st.lists(
    st.tuples(
        st.sampled_from(["Đất đai", "Hộ tịch", "Chứng thực", "Y tế", ""]),
        st.frozensets(st.sampled_from(sorted(FLAGS)), max_size=3),
    ),
    min_size=1,
    max_size=150,
)


def parted(rows: list[Dossier], size: int) -> tuple[Stratification, list[Candidate], Plan]:
    """The frame of these dossiers, its strata and the plan of a draw."""
    flagged = {
        f"H-{number}": FlaggedDossier(
            field=field, weight=1 + sum(FLAGS[flag] for flag in flags), reasons=tuple(sorted(flags))
        )
        for number, (field, flags) in enumerate(rows)
        if flags
    }
    unflagged = Counter(field for field, flags in rows if not flags)
    strata = stratify(unflagged, flagged, size)
    frame = [
        Candidate(
            code=f"H-{number}",
            stratum=strata.stratum_of(field, flags),
            weight=flagged[f"H-{number}"].weight if flags else 1.0,
        )
        for number, (field, flags) in enumerate(rows)
    ]
    assert count_strata(unflagged, flagged.values(), strata, baseline=1.0) == count_classes(frame)
    return strata, frame, plan(count_classes(frame), size, strata.floors)


@given(rows=dossiers, size=st.integers(1, 80), seed=st.integers(0, 10**6))
def test_the_floors_hold_and_the_probabilities_sum_to_the_sample(
    rows: list[Dossier], size: int, seed: int
) -> None:
    strata, frame, made = parted(rows, size)
    assert sum(strata.floors.values()) <= min(size, len(frame))
    assert made.size == min(size, len(frame))
    by_stratum = Counter(one.stratum for one in frame)
    assert by_stratum == {one.name: one.population for one in made.strata}
    drawn = Counter(one.stratum for one in draw(frame, made, seed=seed))
    for one in made.strata:
        assert drawn[one.name] == one.size >= strata.floors[one.name]
        assert one.size >= min(LEAST, one.population, size)
        chances = sum(made.probabilities[row.risk_class] for row in frame if row.stratum == one.name)
        assert chances == pytest.approx(one.size)
    assert all(0 < chance <= 1 for chance in made.probabilities.values())


@given(rows=dossiers, size=st.integers(8, 80))
def test_every_dossier_belongs_to_its_rarest_flag_or_to_its_field(rows: list[Dossier], size: int) -> None:
    _, frame, _ = parted(rows, size)
    carried = Counter(flag for _, flags in rows for flag in flags)
    for (field, flags), one in zip(rows, frame, strict=True):
        if flags and one.stratum not in (OTHER_FLAGS, OTHER_FIELDS):
            assert one.stratum == min(flags, key=lambda flag: (carried[flag], flag))
        if not flags:
            assert one.stratum in (field, OTHER_FIELDS)


def test_a_rare_flag_is_drawn_beside_a_loud_one() -> None:
    """As in the demonstration: 111 of one flag, 13 and 3 of others among 2,600 dossiers."""
    loud, moved, again = (frozenset({flag}) for flag in ("flags.a", "flags.b", "flags.d"))
    plain: list[Dossier] = [(field, frozenset()) for field in ("Đất đai", "Hộ tịch") for _ in range(1200)]
    rows = [("Đất đai", loud)] * 111 + [("Đất đai", moved)] * 13 + [("Hộ tịch", again)] * 3 + plain
    _, frame, made = parted(rows, 30)
    drawn = Counter(one.stratum for one in draw(frame, made, seed=7))
    assert drawn["flags.d"] == 3
    assert drawn["flags.b"] == 5
    assert drawn["flags.a"] == 5
    assert drawn["Đất đai"] + drawn["Hộ tịch"] == 17


def test_small_strata_are_collapsed() -> None:
    fields = {"Đất đai": 600, "Hộ tịch": 390, "Y tế": 6, "Giáo dục": 4}
    strata = stratify(fields, {}, 20)
    assert strata.by_field == {
        "Đất đai": "Đất đai", "Hộ tịch": OTHER_FIELDS, "Y tế": OTHER_FIELDS, "Giáo dục": OTHER_FIELDS,
    }  # fmt: skip
    flagged = {
        flag: FlaggedDossier(field="Y tế", weight=2.0, reasons=(flag,))
        for flag in (f"flags.{n}" for n in range(9))
    }
    few = stratify(fields, flagged, 12)
    assert len(few.flag_strata) <= 3
    assert OTHER_FLAGS in few.flag_strata


def test_of_equally_rare_flags_the_first_by_code_decides() -> None:
    assert rarest(("flags.c", "flags.b"), {"flags.b": 4, "flags.c": 4}) == "flags.b"


@cache
def made_frame() -> tuple[list[Candidate], Plan, Mapping[str, bool]]:
    """600 dossiers of which flagged ones have faults four times as often."""
    chooser = random.Random(11)  # noqa: S311 - a fixed stream, nothing secret
    chances = {"flags.a": 0.12, "flags.b": 0.03, "flags.d": 0.01}
    rows = [
        (
            chooser.choice(["Đất đai", "Hộ tịch", "Hộ tịch", "Y tế"]),
            frozenset(flag for flag, chance in chances.items() if chooser.random() < chance),
        )
        for _ in range(600)
    ]
    _, frame, made = parted(rows, 40)
    return frame, made, {one.code: chooser.random() < (0.4 if one.weight > 1 else 0.1) for one in frame}


@cache
def sampled(seed: int) -> tuple[SampledDossier, ...]:
    """What a seed draws from the frame; both tests below look at the same draws."""
    frame, made, _ = made_frame()
    return draw(frame, made, seed=seed)


def test_the_estimator_is_right_on_average_and_its_interval_covers() -> None:
    frame, _, truth = made_frame()
    share = sum(truth.values()) / len(frame)
    estimates = [hajek_rate(sampled(seed), truth) for seed in range(600)]
    assert mean(one.rate for one in estimates) == pytest.approx(share, abs=0.01)
    assert mean(one.low <= share <= one.high for one in estimates) >= 0.93
    naive = mean(mean(truth[row.code] for row in sampled(seed)) for seed in range(200))
    assert naive > share + 0.04


def test_over_many_seeds_dossiers_of_small_strata_are_taken_as_often_as_published() -> None:
    """Pareto order sampling only approximates π; with two or three of a stratum it is still within two points."""
    frame, made, _ = made_frame()
    rounds = 3000
    taken = Counter(row.code for seed in range(rounds) for row in sampled(seed))
    for one in frame:
        chance = made.probabilities[one.risk_class]
        assert taken[one.code] / rounds == pytest.approx(
            chance, abs=4.5 * (0.25 / rounds) ** 0.5 * 0.75 + 0.02
        )

from __future__ import annotations

import random

import pytest

from congtam.inspections.domain.estimation import hajek_rate
from congtam.inspections.domain.sampling import Candidate, SampledDossier, count_classes, draw, plan


def _row(code: str, probability: float) -> SampledDossier:
    return SampledDossier(
        code=code, stratum="x", weight=1.0, probability=probability, random_number=0.5, reasons=()
    )


def test_risky_dossiers_in_the_sample_do_not_inflate_the_rate() -> None:
    """One finding among 2 certain dossiers, none among 2 that stand for 20 each: 1 of 42, not 1 of 4."""
    rows = [_row("a", 1.0), _row("b", 1.0), _row("c", 0.05), _row("d", 0.05)]
    found = hajek_rate(rows, {"a": True, "b": False, "c": False, "d": False})
    assert found.rate == pytest.approx(1 / 42)


def test_nothing_found_does_not_mean_nothing_there() -> None:
    rows = [_row(str(number), 0.1) for number in range(20)]
    found = hajek_rate(rows, dict.fromkeys((row.code for row in rows), False))
    assert (found.rate, found.low) == (0.0, 0.0)
    assert found.high == pytest.approx(0.1611, abs=1e-4)


def test_a_dossier_without_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="no verdict"):
        hajek_rate([_row("a", 1.0)], {})


def test_the_interval_covers_the_truth_about_as_often_as_promised() -> None:
    chooser = random.Random(3)  # noqa: S311 - a fixed stream, nothing secret
    frame = [
        Candidate(code=f"H-{n}", stratum="ab"[n % 2], weight=[1.0, 1.0, 1.0, 5.0][n % 4]) for n in range(400)
    ]
    truth = {one.code: chooser.random() < (0.4 if one.weight > 1 else 0.1) for one in frame}
    share = sum(truth.values()) / len(frame)
    made = plan(count_classes(frame), 60)
    estimates = [hajek_rate(draw(frame, made, seed=seed), truth) for seed in range(300)]
    covered = sum(one.low <= share <= one.high for one in estimates) / len(estimates)
    assert sum(one.rate for one in estimates) / len(estimates) == pytest.approx(share, abs=0.015)
    assert covered >= 0.94

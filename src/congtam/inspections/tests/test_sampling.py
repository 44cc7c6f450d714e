from __future__ import annotations

import random
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from congtam.inspections.domain.sampling import (
    Candidate,
    allocate,
    count_classes,
    draw,
    inclusion_probabilities,
    order_number,
    plan,
    random_number,
    shortlist,
)

DOCUMENT = Path(__file__).parents[4] / "docs" / "algorithms" / "sampling.md"
ROW = re.compile(
    r"^\| (HS-\d+) \| (.+?) \| (\d+) \| ([\d.]+) \| ([\d.]+) \| ([\d.]+) \| (yes|no) \|$", re.MULTILINE
)


def worked_rows() -> list[tuple[str, ...]]:
    if not DOCUMENT.is_file():
        pytest.skip("the documentation is not beside this package")
    return [tuple(row) for row in ROW.findall(DOCUMENT.read_text())]


frames = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sampled_from([1.0, 2.0, 3.5, 9.0])), min_size=1, max_size=120
).map(lambda rows: [Candidate(code=f"H-{n}", stratum=s, weight=w) for n, (s, w) in enumerate(rows)])


def test_the_worked_draw_of_the_document() -> None:
    rows = worked_rows()
    frame = [
        Candidate(code=code, stratum=stratum, weight=float(weight)) for code, stratum, weight, *_ in rows
    ]
    made = plan(count_classes(frame), 4)
    drawn = {one.code for one in draw(frame, made, seed=2025)}
    computed = []
    for one in frame:
        chance, number = made.probabilities[one.risk_class], random_number(2025, one.code)
        order = order_number(chance, number)
        verdict = "yes" if one.code in drawn else "no"
        computed.append(
            (
                one.code,
                one.stratum,
                f"{one.weight:g}",
                f"{chance:.4f}",
                f"{number:.6f}",
                f"{order:.6f}",
                verdict,
            )
        )
    assert len(rows) == 10
    assert computed == rows


@given(frame=frames, size=st.integers(1, 150), seed=st.integers(0, 10**9))
def test_sizes_are_exact_and_probabilities_proper(frame: list[Candidate], size: int, seed: int) -> None:
    counts = count_classes(frame)
    made = plan(counts, size)
    rows = draw(frame, made, seed=seed)
    assert len(rows) == made.size == min(size, len(frame))
    assert len({row.code for row in rows}) == len(rows)
    assert all(0 < row.probability <= 1 for row in rows)
    assert sum(made.probabilities[key] * count for key, count in counts.items()) == pytest.approx(made.size)
    assert Counter(row.stratum for row in rows) == {s.name: s.size for s in made.strata if s.size}


@given(frame=frames, size=st.integers(1, 40), seed=st.integers(0, 10**9))
def test_the_order_of_the_rows_does_not_matter(frame: list[Candidate], size: int, seed: int) -> None:
    made = plan(count_classes(frame), size)
    mixed = random.Random(seed).sample(frame, len(frame))  # noqa: S311 - a fixed stream
    assert draw(mixed, made, seed=seed) == draw(frame, made, seed=seed)


@given(frame=frames, size=st.integers(1, 40), seed=st.integers(0, 10**9))
def test_the_shortlist_holds_everything_that_can_be_drawn(
    frame: list[Candidate], size: int, seed: int
) -> None:
    made = plan(count_classes(frame), size)
    short = shortlist(frame, size=size, seed=seed)
    assert draw(short, made, seed=seed) == draw(frame, made, seed=seed)


@given(
    weights=st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0.1, 1e6), min_size=1),
    size=st.integers(1, 200),
    data=st.data(),
)
def test_allocation_keeps_its_bounds(weights: dict[str, float], size: int, data: st.DataObject) -> None:
    limits = {name: data.draw(st.integers(1, 60)) for name in weights}
    given_sizes = allocate(weights, limits, size)
    assert sum(given_sizes.values()) == min(size, sum(limits.values()))
    lowest = 1 if size >= len(weights) else 0
    assert all(lowest <= given_sizes[name] <= limits[name] for name in weights)


@given(
    counts=st.dictionaries(st.floats(0.5, 50), st.integers(1, 40), min_size=1, max_size=6),
    share=st.floats(0.01, 1),
)
def test_heavier_is_never_less_likely(counts: dict[float, int], share: float) -> None:
    size = max(1, int(share * sum(counts.values())))
    found = inclusion_probabilities(counts, size)
    ordered = [found[weight] for weight in sorted(counts)]
    assert ordered == sorted(ordered)
    assert all(0 < chance <= 1 for chance in ordered)
    assert sum(found[weight] * count for weight, count in counts.items()) == pytest.approx(size)


def test_over_many_seeds_dossiers_are_taken_as_often_as_published() -> None:
    frame = [Candidate(code=f"H-{n}", stratum="x", weight=float(1 + n % 4)) for n in range(40)]
    made = plan(count_classes(frame), 12)
    rounds = 4000
    taken = Counter(row.code for seed in range(rounds) for row in draw(frame, made, seed=seed))
    for one in frame:
        chance = made.probabilities[one.risk_class]
        noise = 4.5 * (chance * (1 - chance) / rounds) ** 0.5
        assert taken[one.code] / rounds == pytest.approx(chance, abs=noise + 0.01)


def test_a_size_above_the_population_takes_everything() -> None:
    frame = [Candidate(code=str(n), stratum="x") for n in range(3)]
    assert [row.probability for row in draw(frame, plan(count_classes(frame), 20), seed=1)] == [1.0, 1.0, 1.0]


@pytest.mark.parametrize(
    ("counts", "size"), [({("x", 1.0): 3}, 0), ({("x", 0.0): 3}, 1), ({("x", 1.0): 0}, 1)]
)
def test_nonsense_is_refused(counts: dict[tuple[str, float], int], size: int) -> None:
    with pytest.raises(ValueError, match="positive"):
        plan(counts, size)

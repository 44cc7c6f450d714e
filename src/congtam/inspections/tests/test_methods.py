"""Packs of the first method stay as they were: readable, whole, and drawn again the same."""

from __future__ import annotations

import hashlib

import pytest

from congtam.foundation.public import console_actor
from congtam.inspections.actions.prepare import MethodUnknown
from congtam.inspections.domain.content import canonical_json
from congtam.inspections.public import altered_packs, content_of, prepare
from congtam.kernel.periods import Period

pytestmark = pytest.mark.django_db
Q3 = Period.parse("2025-Q3")


def _digest(value: object) -> str:
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


@pytest.mark.parametrize(
    ("unit", "size", "expected"),
    [
        pytest.param(
            "024", 20, "ccee82465314d2f526fd43bd7da37c839b560728866eed1cd52f3351d27a1046", id="city"
        ),
        pytest.param(
            "024", 30, "b08073398006e17fd5ad5302b1d369922146ebe910c82b64066144efe25a3246", id="larger sample"
        ),
        pytest.param(
            "026", 12, "f0942aa9286ae558aa7eb45fbbd419d0322f216d784885e54396c2a1297faa72", id="district"
        ),
    ],
)
def test_the_first_method_draws_what_it_drew(quarter: None, *, unit: str, size: int, expected: str) -> None:
    """The digests are of samples drawn before there was a second method."""
    pack = prepare(unit=unit, period=Q3, seed=7, sample_size=size, method="pareto-1", actor=console_actor())
    content = content_of(pack)
    assert content.sample.method == "pareto-1"
    assert _digest(content.sample) == expected


def test_no_part_that_came_later_is_in_a_pack_of_the_first_method(quarter: None) -> None:
    pack = prepare(unit="024", period=Q3, seed=7, method="pareto-1", actor=console_actor())
    assert set(pack.content["flags"][0]) == {"code", "name", "why", "weight", "count", "rows"}
    assert set(pack.content["sample"]["strata"][0]) == {"name", "population", "size"}
    assert "flag_list" not in pack.content
    assert list(altered_packs()) == []


def test_a_method_nobody_knows_is_refused(quarter: None) -> None:
    with pytest.raises(MethodUnknown, match="pareto-1, pareto-2"):
        prepare(unit="024", period=Q3, seed=7, method="pareto-3", actor=console_actor())

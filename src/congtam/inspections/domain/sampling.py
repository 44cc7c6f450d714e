"""A risk-weighted sample of dossiers that the inspected unit can draw again (chọn mẫu hồ sơ kiểm tra).

Pareto order sampling with permanent random numbers: B. Rosén, "On sampling with probability proportional to size",
J. Statist. Plann. Inference 62 (1997) 159–191. Explained with a worked table in docs/algorithms/sampling.md.
"""

from __future__ import annotations

import hashlib
import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import Final

METHOD: Final = "pareto-2"
"""Names the rules of a draw, which is repeatable under the method it was made with: here strata by flag (strata.py)."""
FIRST_METHOD: Final = "pareto-1"
"""The rules of packs made before: strata by field, at least one dossier of each."""
METHODS: Final = (FIRST_METHOD, METHOD)

_HEX_DIGITS: Final = 13
_SCALE: Final = 16**_HEX_DIGITS

RiskClass = tuple[str, float]
"""A stratum and a weight: all dossiers of one class have the same inclusion probability."""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A dossier of the frame (hồ sơ trong danh sách chọn mẫu), with what raised its weight above 1."""

    code: str
    stratum: str
    weight: float = 1.0
    reasons: tuple[str, ...] = ()

    @property
    def risk_class(self) -> RiskClass:
        return self.stratum, self.weight


@dataclass(frozen=True, kw_only=True)
class Stratum:
    """A part of the frame that is sampled on its own (tầng)."""

    name: str
    population: int
    weight: float
    size: int


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How many dossiers each stratum gives, and with which probability each class of risk is taken."""

    strata: tuple[Stratum, ...]
    probabilities: Mapping[RiskClass, float]

    @cached_property
    def size(self) -> int:
        return sum(stratum.size for stratum in self.strata)

    @cached_property
    def population(self) -> int:
        return sum(stratum.population for stratum in self.strata)


@dataclass(frozen=True, kw_only=True)
class SampledDossier:
    """One dossier of the sample (hồ sơ mẫu) and the probability with which the method takes it."""

    code: str
    stratum: str
    weight: float
    probability: float
    random_number: float
    reasons: tuple[str, ...]


def random_number(seed: int, code: str) -> float:
    """The permanent random number of a dossier, in [0, 1): it depends on nothing but the seed and the code.

    The first 13 hexadecimal digits of SHA-256 of ``seed|code``, divided by 16¹³ (exact in binary).

    >>> round(random_number(7, "H22.24-250701-0001"), 6)
    0.150581
    """
    digest = hashlib.sha256(f"{seed}|{code}".encode()).hexdigest()
    return int(digest[:_HEX_DIGITS], 16) / _SCALE


def plan(counts: Mapping[RiskClass, int], size: int, floors: Mapping[str, int] | None = None) -> Plan:
    """Share the sample among the strata by their total risk weight and fix the inclusion probabilities.

    Every stratum gives at least its floor, without one a single dossier, while there are enough to give, and never
    more than it has. A size above the population takes everything.
    """
    if size < 1 or any(weight <= 0 or count < 1 for (_, weight), count in counts.items()):
        raise ValueError("the size, every weight and every count must be positive")
    classes: dict[str, dict[float, int]] = defaultdict(dict)
    for (name, weight), count in counts.items():
        classes[name][weight] = count
    populations = {name: sum(inner.values()) for name, inner in classes.items()}
    totals = {name: sum(weight * n for weight, n in inner.items()) for name, inner in classes.items()}
    sizes = allocate(totals, populations, size, floors=floors)
    strata = tuple(
        Stratum(name=name, population=populations[name], weight=totals[name], size=sizes[name])
        for name in sorted(classes)
    )
    probabilities = {
        (name, weight): probability
        for name in sorted(classes)
        for weight, probability in inclusion_probabilities(classes[name], sizes[name]).items()
    }
    return Plan(strata=strata, probabilities=probabilities)


def allocate(
    weights: Mapping[str, float],
    limits: Mapping[str, int],
    size: int,
    *,
    floors: Mapping[str, int] | None = None,
) -> dict[str, int]:
    """Whole numbers in proportion to the weights (largest remainder), within the floor (1) and the limit of each.

    >>> allocate({"a": 60, "b": 30, "c": 1}, {"a": 50, "b": 3, "c": 9}, 10)
    {'a': 6, 'b': 3, 'c': 1}
    >>> allocate({"a": 60, "b": 30, "c": 1}, {"a": 50, "b": 3, "c": 9}, 10, floors={"c": 2})
    {'a': 5, 'b': 3, 'c': 2}
    """
    names = sorted(weights)
    size = min(size, sum(limits.values()))
    lowest = {name: min((floors or {}).get(name, 1), limits[name]) for name in names}
    if size < sum(lowest.values()):
        lowest = dict.fromkeys(names, 1)
    if size < len(names):
        chosen = set(sorted(names, key=lambda name: (-weights[name], name))[:size])
        return {name: int(name in chosen) for name in names}
    shares = _bounded_shares(weights, limits, size, lowest=lowest)
    allocation = {name: int(shares[name] + 1e-9) for name in names}
    by_remainder = sorted(names, key=lambda name: (allocation[name] - shares[name], name))
    for name in by_remainder[: size - sum(allocation.values())]:
        allocation[name] += 1
    return allocation


def _bounded_shares(
    weights: Mapping[str, float], limits: Mapping[str, int], size: int, *, lowest: Mapping[str, int]
) -> dict[str, float]:
    """Fix the strata that reach a bound, lower bounds first, and share the rest anew until none does."""
    shares: dict[str, float] = {}
    open_names = set(weights)
    while open_names:
        rest = size - sum(shares.values())
        total = sum(weights[name] for name in open_names)
        trial = {name: rest * weights[name] / total for name in open_names}
        low = {name: float(lowest[name]) for name, share in trial.items() if share < lowest[name]}
        high = {name: float(limits[name]) for name, share in trial.items() if share > limits[name]}
        # Whichever bound binds more mass is fixed first; the other side is looked at again afterwards.
        missing = sum(lowest[name] - trial[name] for name in low)
        surplus = sum(trial[name] - limits[name] for name in high)
        fixed = high if surplus >= missing and high else low
        shares.update(fixed or trial)
        open_names -= set(fixed or trial)
    return shares


def inclusion_probabilities(counts: Mapping[float, int], size: int) -> dict[float, float]:
    """Probabilities in proportion to the weight, at most 1, that sum to the size over all dossiers.

    >>> inclusion_probabilities({1.0: 8, 4.0: 1}, 3)
    {4.0: 1.0, 1.0: 0.25}
    """
    probabilities: dict[float, float] = {}
    rest, taken = dict(counts), 0
    for weight in sorted(counts, reverse=True):
        share = (size - taken) * weight / sum(w * n for w, n in rest.items())
        if share < 1:
            break
        probabilities[weight] = 1.0
        taken += rest.pop(weight)
    total = sum(weight * count for weight, count in rest.items())
    probabilities.update({weight: (size - taken) * weight / total for weight in sorted(rest, reverse=True)})
    return probabilities


def draw(candidates: Iterable[Candidate], to: Plan, *, seed: int) -> tuple[SampledDossier, ...]:
    """Take the dossiers of the plan: in each stratum those with the smallest order number.

    The result does not depend on the order of the candidates. It is sorted by stratum, then by falling weight.
    """
    members: dict[str, list[SampledDossier]] = defaultdict(list)
    for candidate in candidates:
        one = _with_random_number(candidate, to.probabilities[candidate.risk_class], seed)
        members[one.stratum].append(one)
    chosen = [
        one
        for stratum in to.strata
        for one in heapq.nsmallest(stratum.size, members[stratum.name], key=_draw_order)
    ]
    return tuple(sorted(chosen, key=lambda one: (one.stratum, -one.weight, one.code)))


def _with_random_number(candidate: Candidate, probability: float, seed: int) -> SampledDossier:
    return SampledDossier(
        code=candidate.code,
        stratum=candidate.stratum,
        weight=candidate.weight,
        probability=probability,
        random_number=random_number(seed, candidate.code),
        reasons=candidate.reasons,
    )


def order_number(probability: float, random: float) -> float:
    """u(1−π) / ((1−u)π): small for a likely dossier and for a small random number; 0 for a certain one."""
    if probability <= 0:  # a stratum that gives nothing
        return inf
    return random * (1 - probability) / ((1 - random) * probability)


def _draw_order(one: SampledDossier) -> tuple[bool, float, str]:
    return one.probability < 1, order_number(one.probability, one.random_number), one.code


def shortlist(candidates: Iterable[Candidate], *, size: int, seed: int) -> list[Candidate]:
    """The few that can be drawn at all: within one class of risk only the smallest random numbers can win."""
    classes: dict[RiskClass, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        classes[candidate.risk_class].append(candidate)
    return [
        candidate
        for members in classes.values()
        for candidate in heapq.nsmallest(
            size, members, key=lambda one: (random_number(seed, one.code), one.code)
        )
    ]


def count_classes(candidates: Sequence[Candidate]) -> dict[RiskClass, int]:
    """How many dossiers of the frame each class of risk has."""
    counts: dict[RiskClass, int] = defaultdict(int)
    for candidate in candidates:
        counts[candidate.risk_class] += 1
    return dict(counts)

"""The strata of a sample by the rarest flag (phân tầng theo dấu hiệu hiếm nhất): a partition of the frame with floors.

A dossier with flags belongs to the rarest of them, any other to its field of work; so each has exactly one stratum and
one inclusion probability. Strata too small for two dossiers of the sample are collapsed, for without two nothing can be
said of the variance within: W. G. Cochran, Sampling Techniques (1977), §5A.12. Worked in docs/algorithms/sampling.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from congtam.inspections.domain.sampling import RiskClass

LEAST: Final = 2
"""Dossiers that every stratum gives, or all it has."""
MOST_FIELDS: Final = 8
OTHER_FIELDS: Final = ""
"""The stratum of the fields too small for one of their own."""
OTHER_FLAGS: Final = "flags.*"
"""The stratum of the flags for which there is no room of their own: the most frequent ones."""


@dataclass(frozen=True, kw_only=True)
class FlaggedDossier:
    """What raises a dossier's weight: its field, the codes of its flags and the weight they give (trọng số rủi ro)."""

    field: str
    weight: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Stratification:
    """Which stratum each flag and each field of the frame belongs to, and the floor of each stratum (phân tầng)."""

    frequencies: Mapping[str, int]
    by_flag: Mapping[str, str]
    by_field: Mapping[str, str]
    floors: Mapping[str, int]

    def stratum_of(self, field: str, flags: Collection[str] = ()) -> str:
        """The stratum of a dossier."""
        return self.by_flag[rarest(flags, self.frequencies)] if flags else self.by_field[field]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields with a stratum of their own."""
        return tuple(sorted(name for name in self.by_field if self.by_field[name] == name and name))

    @property
    def flag_strata(self) -> frozenset[str]:
        """The strata of flags."""
        return frozenset(self.by_flag.values())


def rarest(flags: Iterable[str], frequencies: Mapping[str, int]) -> str:
    """The flag of a dossier that the fewest of the frame carry; of equals the one whose code sorts first.

    >>> rarest(["flags.a", "flags.b", "flags.c"], {"flags.a": 9, "flags.b": 3, "flags.c": 3})
    'flags.b'
    """
    return min(flags, key=lambda flag: (frequencies[flag], flag))


def stratify(
    unflagged: Mapping[str, int], flagged: Mapping[str, FlaggedDossier], size: int
) -> Stratification:
    """Strata for a sample of a size: at most half of it in floors of flags, the other fields by their share.

    ``unflagged`` are the numbers of dossiers without a flag by field. The floors never exceed the sample.
    """
    frequencies = Counter(flag for one in flagged.values() for flag in one.reasons)
    cells = Counter(rarest(one.reasons, frequencies) for one in flagged.values())
    plain = sum(unflagged.values())
    size = min(size, plain + len(flagged))
    if plain and flagged and size < 2 * LEAST:
        return _one_stratum(unflagged, frequencies, size)
    room = size // (2 if plain else 1)
    by_flag = _collapse_flags(cells, frequencies, most=max(room // LEAST, 1))
    counts: Counter[str] = Counter()
    for flag, count in cells.items():
        counts[by_flag[flag]] += count
    floor = max(room // len(counts), LEAST) if counts else 0
    floors = {name: min(floor, count, size) for name, count in counts.items()}
    by_field = _collapse_fields(unflagged, size - sum(floors.values()))
    field_counts: Counter[str] = Counter()
    for name, count in unflagged.items():
        field_counts[by_field[name]] += count
    floors |= {name: min(LEAST, count, size) for name, count in field_counts.items()}
    return Stratification(frequencies=frequencies, by_flag=by_flag, by_field=by_field, floors=floors)


def _one_stratum(unflagged: Mapping[str, int], frequencies: Mapping[str, int], size: int) -> Stratification:
    """All dossiers together: too few are drawn to part them."""
    return Stratification(
        frequencies=frequencies,
        by_flag=dict.fromkeys(frequencies, OTHER_FIELDS),
        by_field=dict.fromkeys(unflagged, OTHER_FIELDS),
        floors={OTHER_FIELDS: min(LEAST, size)},
    )


def _collapse_flags(cells: Mapping[str, int], frequencies: Mapping[str, int], *, most: int) -> dict[str, str]:
    """The rarest flags by themselves, the others together, in at most so many strata."""
    ordered = sorted(cells, key=lambda flag: (frequencies[flag], flag))
    alone = ordered if len(ordered) <= most else ordered[: most - 1]
    return {flag: flag if flag in alone else OTHER_FLAGS for flag in ordered}


def _collapse_fields(counts: Mapping[str, int], size: int) -> dict[str, str]:
    """Fields to which two of the sample fall by their share, the largest first; the others together.

    The stratum of the others too takes fields in until two fall to it.
    """
    total = sum(counts.values())
    ordered = sorted((name for name in counts if name), key=lambda name: (-counts[name], name))
    alone = [name for name in ordered if size * counts[name] >= LEAST * total][:MOST_FIELDS]
    rest = total - sum(counts[name] for name in alone)
    while alone and (0 < size * rest < LEAST * total or len(alone) + bool(rest) > max(size // LEAST, 1)):
        rest += counts[alone.pop()]
    return {name: name if name in alone else OTHER_FIELDS for name in counts}


def count_strata(
    unflagged: Mapping[str, int],
    flagged: Iterable[FlaggedDossier],
    strata: Stratification,
    *,
    baseline: float,
) -> dict[RiskClass, int]:
    """How many dossiers of the frame each class of risk has."""
    counts: Counter[RiskClass] = Counter()
    for one in flagged:
        counts[strata.stratum_of(one.field, one.reasons), one.weight] += 1
    for field, count in unflagged.items():
        counts[strata.stratum_of(field), baseline] += count
    return {key: count for key, count in counts.items() if count}


def sorted_strata(names: Sequence[str], strata: Stratification) -> list[str]:
    """Flags first, the rarest first, then fields; what was collapsed comes last of its kind."""
    return sorted(
        names,
        key=lambda name: (
            name not in strata.flag_strata,
            name in (OTHER_FLAGS, OTHER_FIELDS),
            strata.frequencies.get(name, 0),
            name,
        ),
    )

"""Where a unit stands among those beside it (thứ hạng), with the places that its cases really tell apart."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext

from congtam.foundation.public import Actor
from congtam.indicators.domain.figure import Figure
from congtam.indicators.figures import queries
from congtam.indicators.figures.history import with_month_dispersion
from congtam.indicators.selection.choices import FigureChoice
from congtam.kernel.errors import DomainError
from congtam.kernel.statistics.ranking import Peer, Rank, ranks
from congtam.org_units import public as org_units


def rank_texts(pairs: Sequence[tuple[str, Figure]], choice: FigureChoice) -> dict[str, str]:
    """``4/11 (3–7)`` by unit, for shares of which more or less is better; units with few cases have none.

    Units are ranked among their like: districts among districts, agencies among agencies.
    """
    if not pairs or not pairs[0][1].definition.is_share:
        return {}
    better = pairs[0][1].definition.better
    if better == "none":
        return {}
    groups: dict[tuple[object, bool], list[Peer]] = {}
    for code, figure in pairs:
        peer = Peer(
            code=code,
            numerator=round(figure.numerator or 0),
            denominator=round(figure.denominator),
            dispersion=figure.dispersion,
        )
        groups.setdefault(comparison_group(code, choice), []).append(peer)
    found = {code: one for peers in groups.values() for code, one in ranks(peers, better=better).items()}
    return {code: _rank_text(one) for code, one in found.items()}


def comparison_group(code: str, choice: FigureChoice) -> tuple[object, bool]:
    """What units must have in common to be compared: the level, and being a territory or an agency."""
    node = org_units.tree(choice.tree_day).get(code)
    kind = org_units.find_kind(node.kind if node else "")
    return kind.level, kind.is_territory


def rank_sentence(figure: Figure, choice: FigureChoice, *, to: Actor) -> str:
    """The rank of a unit within the unit above it, in words; empty where the reader may not see those beside it."""
    node = org_units.tree(choice.tree_day).get(figure.unit)
    if node is None or node.parent is None:
        return ""
    try:
        by_code = queries.figures_by_child(
            [figure.code], unit=node.parent, period=choice.period, to=to, map_on=choice.map_on
        )
        pairs = with_month_dispersion(
            by_code, unit=node.parent, period=choice.period, to=to, map_on=choice.map_on
        )[figure.code]
    except DomainError:  # the figures of the units beside it are not for this reader
        return ""
    text = rank_texts([pair for pair in pairs if pair[0] != node.parent], choice).get(figure.unit)
    if text is None:
        return ""
    name = org_units.register().name_on(node.parent, choice.tree_day)
    return gettext("rank {rank} in {unit}").format(rank=text, unit=name)


def _rank_text(one: Rank) -> str:
    band = "" if one.is_clear else f" ({one.best}–{one.worst})"
    return f"{one.position}/{one.ranked}{band}"

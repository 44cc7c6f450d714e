"""The head of a unit's page (số liệu chính): one number with a sentence, and the other figures in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from congtam.indicators.domain.chance import MissedTargets
from congtam.indicators.domain.figure import Figure
from congtam.indicators.selection import wording
from congtam.ui.public import current_language

GROUPS: Final[tuple[tuple[Promise | str, tuple[str, ...]], ...]] = (
    (
        _("Due dates"),
        ("dossiers.on_time", "dossiers.early", "dossiers.late", "overdue", "without_due_date", "steps."),
    ),
    (_("Amount of work"), ("dossiers.received", "dossiers.finished")),
    (_("Online and digital"), ("online", "digitised", "filings.")),
    (_("Handling"), ("",)),
)
"""The groups, each with parts of codes; an indicator stands in the first group that has a part of its code."""


def group_tiles(tiles: Iterable[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """The tiles by group, in the order of the groups; groups without a tile are left out."""
    grouped: dict[int, list[dict[str, Any]]] = {}
    for code, tile in tiles:
        number = next(
            number for number, (_name, parts) in enumerate(GROUPS) if any(part in code for part in parts)
        )
        grouped.setdefault(number, []).append(tile)
    return [{"name": str(GROUPS[number][0]), "tiles": grouped[number]} for number in sorted(grouped)]


def headline(
    figure: Figure,
    *,
    before: Figure | None,
    without: Figure | None,
    tile: Mapping[str, Any],
    rank: str = "",
) -> dict[str, Any]:
    """The one number of the page, and what it says in a sentence."""
    moved = wording.describe_change(figure, before)
    parts = [
        _format_count(figure),
        wording.without_due_date_text(figure, without),
        wording.target_verdict(figure),
        gettext("{change} against the same period last year").format(change=moved["text"]) if moved else "",
        rank,
    ]
    sentence = "; ".join(part for part in parts if part)
    return {
        **tile,
        "interval": wording.interval_text(figure),
        "sentence": f"{sentence[:1].upper()}{sentence[1:]}." if sentence else "",
    }


def _format_count(figure: Figure) -> str:
    """Such as “238 of 460 dossiers with a due date finished in the period”."""
    text = wording.counted_text(figure)
    out_of = figure.definition.out_of_label.in_language(current_language())
    return f"{text} {out_of}" if figure.denominator and not figure.definition.is_composed else text


def table_note(figures: Iterable[Figure], *, has_ranks: bool, missed: MissedTargets) -> str:
    """What the marks in a table of units mean; only those that are drawn. The family of its alarms is named."""
    listed = list(figures)
    parts = [
        gettext("Dot: value; band: confidence interval.") if any(one.interval for one in listed) else "",
        gettext("Tick: target.") if any(one.target for one in listed) else "",
        gettext(
            "Rank among units of the same kind: in brackets the ranks that so many cases cannot tell apart; "
            "all of them hold together with 90%."
        )
        if has_ranks
        else "",
        alarm_note(missed),
    ]
    return " ".join(part for part in parts if part)


def alarm_note(missed: MissedTargets) -> str:
    """Which family the red ones were tested in; empty where nothing can be tested."""
    if not missed.family:
        return ""
    return ngettext(
        "Red: misses its target by more than chance ({count} figure tested).",
        "Red: misses its target by more than chance ({count} figures tested together, at most 5% false alarms).",
        missed.family,
    ).format(count=missed.family)

"""Figures in words (cách ghi số liệu): value, change, interval and target as the pages write them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from congtam.indicators.domain.composed_figure import ComposedFigure
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure import Figure
from congtam.indicators.domain.measures import MEASURES, SHARE
from congtam.ui import public as ui
from congtam.ui.public import current_language

Value = float | int | Decimal | None


def number(value: Value, decimals: int | None = None) -> str:
    """A plain number in the reader's language."""
    return ui.number(value, current_language(), decimals=decimals)


def amount(value: Value) -> str:
    """How many; a count that was shared out between units is marked as not exact."""
    return ui.amount(value, current_language())


def value_text(definition: Definition, value: Value) -> str:
    """The value without its unit of measure: a share as per cent, a mean with one decimal."""
    if definition.measure == "share":
        return ui.rate(value, current_language())
    if definition.measure == "working_days":
        return number(value, 1)
    if definition.is_composed and value is not None and value != int(value):
        return number(value, 2)
    return amount(None if value is None else Decimal(str(value)))


def measure_text(definition: Definition) -> str:
    """The unit of measure to write after the value; a share needs none."""
    return {
        "dossiers": gettext("dossiers"),
        "steps": gettext("steps of dossiers"),
        "filings": gettext("filings"),
        "working_days": gettext("working days"),
        SHARE: "",
    }.get(definition.measure, MEASURES[definition.measure].in_language(current_language()))


def counted_text(figure: Figure) -> str:
    """How many rows the figure rests on, such as “957 of 1.329”; a count has nothing to add."""
    definition = figure.definition
    if figure.is_withheld:
        return gettext("not shown: fewer than {count} cases that you may not see").format(
            count=amount(figure.withheld_below)
        )
    if isinstance(figure, ComposedFigure):
        return "" if figure.value is not None else gettext("a part has no value")
    if not figure.denominator and definition.measure in ("share", "working_days"):
        return gettext("no cases")
    if definition.is_share:
        return gettext("{count} of {total}").format(
            count=amount(figure.numerator), total=amount(figure.denominator)
        )
    if definition.measure == "working_days":
        return gettext("from {total} dossiers").format(total=amount(figure.denominator))
    return ""


def without_due_date_text(figure: Figure, without: Figure | None) -> str:
    """How many rows had no due date, beside a rate that rests on due dates; empty where there are none."""
    if without is None or not without.numerator or not figure.definition.rests_on_due_dates:
        return ""
    return gettext("{count} without a due date").format(count=amount(without.numerator))


def target_text(figure: Figure) -> str:
    """The target in force, or that there is none."""
    target = figure.target
    if target is None:
        return ""
    return gettext("target {value}").format(value=value_text(figure.definition, target.value))


def target_verdict(figure: Figure) -> str:
    """Whether the target is reached, in words; empty without a target or a value."""
    if figure.target is None or figure.meets_target is None:
        return ""
    value = value_text(figure.definition, figure.target.value)
    if figure.meets_target:
        return gettext("reaches the target of {value}").format(value=value)
    return gettext("misses the target of {value}").format(value=value)


def attainment_text(figure: Figure) -> str:
    """How much of what was set for the unit is reached, where more is better; empty without such a target."""
    if figure.attainment is None or figure.definition.better != "higher":
        return ""
    reached = ui.rate(figure.attainment, current_language(), decimals=1)
    return gettext("{share} of the plan").format(share=reached)


def interval_text(figure: Figure) -> str:
    """The interval of a rate; empty for other kinds."""
    if figure.interval is None:
        return ""
    low, high = figure.interval
    return f"{ui.rate(low, current_language(), decimals=1)} – {ui.rate(high, current_language(), decimals=1)}"


def tone(figure: Figure) -> str:
    """Whether the target is met: good, bad, or nothing to say."""
    return {True: "good", False: "bad", None: ""}[figure.meets_target]


def describe_change(figure: Figure, before: Figure | None) -> dict[str, str]:
    """The change against an earlier figure, with the arrow of its direction; empty where there is none.

    It has no colour: half of all periods are worse than the one before (ADR 0124).
    """
    if before is None or figure.value is None or before.value is None or not before.denominator:
        return {}
    difference = float(figure.value) - float(before.value)
    if not difference:
        return {"text": gettext("unchanged"), "tone": ""}
    if figure.definition.measure == "share":
        text = gettext("{change} points").format(change=ui.signed(difference * 100, current_language()))
    else:
        is_whole = figure.definition.measure != "working_days" and difference == int(difference)
        decimals = 0 if is_whole else (2 if figure.definition.is_composed else 1)
        text = ui.signed(difference, current_language(), decimals=decimals)
    return {"text": text, "tone": "ct-up" if difference > 0 else "ct-down"}


def as_float(value: Value) -> float | None:
    """A number for a drawing."""
    return None if value is None else float(value)


def trend_label(definition: Definition, values: list[float | None]) -> str:
    """What a small trend shows, for those who do not see it."""
    present = [value for value in values if value is not None]
    if not present:
        return gettext("no figures in these months")
    return gettext("{count} months: from {first} to {last}").format(
        count=len(values), first=value_text(definition, present[0]), last=value_text(definition, present[-1])
    )


def tile(
    figure: Figure, *, before: Figure | None, trend: list[Figure], url: str, without: Figure | None = None
) -> dict[str, Any]:
    """A figure as a tile, with how many rows beside it had no due date."""
    definition = figure.definition
    values = [as_float(one.value) for one in trend]
    moved = describe_change(figure, before)
    target = figure.target
    return {
        "label": definition.name.in_language(current_language()),
        "url": url,
        "value": value_text(definition, figure.value),
        "unit": measure_text(definition),
        "tone": tone(figure),
        "facts": [
            text
            for text in (
                target_verdict(figure) or target_text(figure),
                interval_text(figure),
                counted_text(figure),
                without_due_date_text(figure, without),
            )
            if text
        ],
        "change": moved.get("text"),
        "change_tone": moved.get("tone"),
        "trend": values if any(value is not None for value in values) else None,
        "trend_label": trend_label(definition, values),
        "target": target.value if target else None,
    }

"""What a process chart says in an icon and a sentence (biến động, khả năng đạt mục tiêu)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from congtam.indicators.domain.chance import Process
from congtam.indicators.domain.figure import Figure
from congtam.kernel.statistics.process_chart import Assurance, Variation
from congtam.kernel.statistics.process_rules import Rule, Signal
from congtam.ui.public import current_language


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """An icon with its words and its tone: good, bad, or nothing to say; ``detail`` says by which rule."""

    heading: str
    icon: str
    text: str
    tone: str
    detail: str = ""


_TEXTS: Final[Mapping[Variation, Promise | str]] = {
    Variation.COMMON: _("No change beyond chance"),
    Variation.BETTER: _("Changed for the better"),
    Variation.WORSE: _("Changed for the worse"),
    Variation.HIGHER: _("Higher than usual"),
    Variation.LOWER: _("Lower than usual"),
}
_TONES: Final = {Variation.BETTER: "good", Variation.WORSE: "bad"}
_RULES: Final[Mapping[Rule, tuple[Promise | str, Promise | str]]] = {
    Rule.BEYOND_LIMITS: (_("{month} lies above the limits"), _("{month} lies below the limits")),
    Rule.TWO_OF_THREE: (
        _("two of the last three months lie near the upper limit"),
        _("two of the last three months lie near the lower limit"),
    ),
    Rule.RUN: (
        _("seven or more months in a row lie above what is expected"),
        _("seven or more months in a row lie below what is expected"),
    ),
    Rule.TREND: (_("six or more months in a row rise"), _("six or more months in a row fall")),
}
_ASSURANCES: Final[Mapping[Assurance, tuple[str, Promise | str, str]]] = {
    Assurance.REACHES: ("circle-check", _("The process reaches it every month"), "good"),
    Assurance.MISSES: ("circle-x", _("The process does not reach it unless it changes"), "bad"),
    Assurance.UNCERTAIN: ("arrows-shuffle", _("Reached in some months by chance"), ""),
}


def variation_verdict(process: Process) -> Verdict | None:
    """What the newest month that is over says about the process; None without limits."""
    if process.chart is None:
        return None
    newest = process.judged[-1]
    found = process.chart.variation(newest.definition.better)
    signals = process.chart.newest.signals
    if not process.chart.newest.is_judged:
        return Verdict(
            heading=gettext("Variation"),
            icon="wave-sine",
            text=gettext("Not judged: the first month of its kind around Tết"),
            tone="",
        )
    return Verdict(
        heading=gettext("Variation"),
        icon=_variation_icon(signals),
        text=str(_TEXTS[found]),
        tone=_TONES.get(found, ""),
        detail=signal_text(process),
    )


def signal_text(process: Process) -> str:
    """The clearest rule that holds at the newest month, in words; empty without one."""
    if process.chart is None or not process.chart.newest.signals:
        return ""
    signal = process.chart.newest.signals[0]
    text = str(_RULES[signal.rule][0 if signal.direction > 0 else 1])
    return text.format(month=process.judged[-1].period.label(current_language()))


def rule_name(signals: tuple[Signal, ...]) -> str:
    """The rules of a point, for the table below a chart."""
    names = {
        Rule.BEYOND_LIMITS: gettext("beyond the limits"),
        Rule.TWO_OF_THREE: gettext("two of three near a limit"),
        Rule.RUN: gettext("seven on one side"),
        Rule.TREND: gettext("six in one direction"),
    }
    return ", ".join(dict.fromkeys(names[signal.rule] for signal in signals))


def assurance_verdict(process: Process, shown: Figure) -> Verdict | None:
    """What can be expected of the process against its target; None without limits, target or direction."""
    target, better = shown.target, shown.definition.better
    if process.chart is None or target is None or better == "none" or not process.chart.newest.is_judged:
        return None
    icon, text, tone = _ASSURANCES[process.chart.assurance(target.value, better)]
    return Verdict(heading=gettext("Target over the months"), icon=icon, text=str(text), tone=tone)


def _variation_icon(signals: tuple[Signal, ...]) -> str:
    if not signals:
        return "wave-sine"
    return "arrow-up-right" if signals[0].direction > 0 else "arrow-down-right"

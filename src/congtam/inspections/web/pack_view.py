"""A pack as its page shows it (trang bộ số liệu): every text ready, nothing left for the template to compute."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from congtam.inspections.domain.charts import peers_spec, trend_spec
from congtam.inspections.domain.content import (
    IndicatorLine,
    PackContent,
    PackFigure,
    RankLine,
    SampleLine,
)
from congtam.inspections.domain.reading import (
    difference_against,
    is_improvement,
    missed_targets,
    raised_flags,
)
from congtam.inspections.drawing import OTHER_FLAGS_STRATUM, OTHER_STRATUM
from congtam.inspections.models import InspectionPack
from congtam.inspections.web.flag_view import FlagWriter, dossier_row, page_url
from congtam.inspections.web.pack_parts import ComparedValue, FigureRow, PackDossierRow, PackView
from congtam.inspections.web.redraw import redraw_steps
from congtam.kernel.periods import Period
from congtam.ui.public import MISSING, amount, day, mean_working_days_text, number, rate, signed

HEADLINE = "dossiers.on_time_rate"


def pack_view(pack: InspectionPack, content: PackContent, *, language: str) -> PackView:
    """Build the view in the reader's language."""
    writer = _PackWriter(content, language)
    flags = FlagWriter(pack.key, language, last_day=Period.parse(content.period).last_day)
    return PackView(
        unit=content.unit.name,
        unit_url=page_url("indicators:unit", content.unit.code, query=f"?period={content.period}"),
        period=Period.parse(content.period).label(language),
        written_period=Period.parse(content.period).label("vi").lower(),
        map_on=day(date.fromisoformat(content.map_on)),
        tiles=writer.tiles(),
        figures=tuple(writer.figure_row(line) for line in content.indicators),
        flags=tuple(flags.section(flag) for flag in raised_flags(content)),
        quiet_flags=tuple(flags.quiet_text(flag) for flag in content.flags if not flag.count),
        sample_rows=tuple(writer.sample_row(line) for line in content.sample.rows),
        sample_summary=writer.sample_summary(),
        strata=writer.strata(),
        redraw=writer.redraw(pack),
        flag_list_url=page_url("inspections:flag_list", pack.key) if content.flag_list else "",
        charts=writer.charts(),
        peers_hidden=content.peers_hidden,
        synthetic=content.synthetic,
        reasons_hidden=content.sample.reasons_hidden,
        compares_twice=not Period.parse(content.period).is_compared_once,
    )


class _PackWriter:
    """Writes the parts of one pack in one language."""

    def __init__(self, content: PackContent, language: str) -> None:
        self.content = content
        self.language = language

    def tiles(self) -> tuple[dict[str, Any], ...]:
        content = self.content
        missed, raised = missed_targets(content), raised_flags(content)
        with_target = sum(line.meets is not None for line in content.indicators)
        headline = content.indicator(HEADLINE)
        tiles = [
            self._tile_context(
                _("Targets missed"),
                f"{number(len(missed), self.language)}/{number(with_target, self.language)}",
                tone="bad" if missed else "good",
                facts=[line.name.in_language(self.language) for line in missed[:2]],
            ),
            self._tile_context(
                _("Red flags raised"),
                f"{number(len(raised), self.language)}/{number(len(content.flags), self.language)}",
                tone="warn" if raised else "good",
                facts=[flag.name.in_language(self.language) for flag in raised[:1]],
            ),
            self._tile_context(
                _("Sample"),
                number(content.sample.size, self.language),
                facts=[
                    _("of %(count)s dossiers") % {"count": number(content.sample.population, self.language)}
                ],
            ),
        ]
        if content.sample.reasons_hidden and not content.sample.rows:
            tiles = tiles[:1]  # not open to this reader yet: neither flags nor sample are zero
        if headline is not None:
            tiles.insert(0, self._headline_tile(headline))
        return tuple(tiles)

    def _headline_tile(self, line: IndicatorLine) -> dict[str, Any]:
        tone = {True: "good", False: "bad"}.get(line.meets, "") if line.meets is not None else ""
        trend = next((trend for trend in self.content.trends if trend.code == line.code), None)
        facts = [_("target %(value)s") % {"value": self.target(line)}] if line.target is not None else []
        tile = self._tile_context(
            line.name.in_language(self.language),
            self.value(line.now.value, line.measure),
            tone=tone,
            facts=facts,
        )
        if trend is not None:
            tile |= {
                "trend": [point.value for point in trend.points],
                "trend_label": _("by month"),
                "target": trend.target,
            }
        return tile

    @staticmethod
    def _tile_context(
        label: str, value: str, *, tone: str = "", facts: list[str] | None = None
    ) -> dict[str, Any]:
        return {"label": label, "value": value, "tone": tone, "facts": facts or []}

    def figure_row(self, line: IndicatorLine) -> FigureRow:
        verdicts = {True: (_("met"), "good"), False: (_("not met"), "bad")}
        verdict, tone = ("", "") if line.meets is None else verdicts[line.meets]
        rank, rank_note = self._rank_text(line.rank)
        query = f"?period={self.content.period}"
        return FigureRow(
            name=line.name.in_language(self.language),
            value=self.value(line.now.value, line.measure),
            counts=self._share_counts_text(line),
            target=self.target(line),
            verdict=verdict,
            tone=tone,
            previous=self._build_comparison(line, line.previous, against="previous"),
            last_year=self._build_comparison(line, line.last_year, against="last_year"),
            rank=rank,
            rank_note=rank_note,
            url=page_url("indicators:figure", line.code, self.content.unit.code, query=query),
        )

    def value(self, value: float | None, measure: str) -> str:
        if measure == "share":
            return rate(value, self.language)
        if measure == "working_days" and value is not None:
            return mean_working_days_text(value)
        return amount(value, self.language)

    def target(self, line: IndicatorLine) -> str:
        if line.target is None:
            return MISSING
        sign = "≤" if line.better == "lower" else "≥"
        text = (
            rate(line.target, self.language, decimals=0 if line.target * 100 % 1 == 0 else 1)
            if line.measure == "share"
            else self.value(line.target, line.measure)
        )
        return f"{sign}\u00a0{text}"

    def _share_counts_text(self, line: IndicatorLine) -> str:
        if line.measure != "share":
            return ""
        return f"{amount(line.now.numerator, self.language)} / {amount(line.now.denominator, self.language)}"

    def _build_comparison(
        self, line: IndicatorLine, other: PackFigure | None, *, against: str
    ) -> ComparedValue:
        difference = difference_against(line, against=against)
        if other is None or other.value is None or difference is None:
            return ComparedValue(text=MISSING)
        points = difference * 100 if line.measure == "share" else difference
        decimals = 2 if line.measure == "share" else 0 if points == int(points) else 1
        change_text = signed(points, self.language, decimals=decimals)
        text = f"{self.value(other.value, line.measure)} ({change_text})"
        # What is shown as no change is no change for the tone either.
        better = is_improvement(line, difference) if round(points, decimals) else None
        if better is None:
            return ComparedValue(text=text)
        return ComparedValue(
            text=text,
            tone="good" if better else "bad",
            icon="trending-up" if difference > 0 else "trending-down",
            judgement=_("better") if better else _("worse"),
        )

    def _rank_text(self, rank: RankLine | None) -> tuple[str, str]:
        if rank is None:
            return MISSING, ""
        note = (
            ""
            if rank.best == rank.worst
            else _("between %(best)s and %(worst)s") % {"best": rank.best, "worst": rank.worst}
        )
        return f"{rank.place}/{rank.ranked}", note

    @cached_property
    def strata_names(self) -> dict[str, str]:
        """The strata that have a name in both languages, by what the pack calls them."""
        flags = {stratum.name: stratum.flag for stratum in self.content.sample.strata if stratum.flag}
        names = {
            name: self.content.flag_names.get(flag, OTHER_FLAGS_STRATUM).in_language(self.language)
            for name, flag in flags.items()
        }
        return {OTHER_STRATUM.vi: OTHER_STRATUM.in_language(self.language), **names}

    def sample_row(self, line: SampleLine) -> PackDossierRow:
        names = self.content.flag_names
        reasons = tuple(
            names[code].in_language(self.language) if code in names else code for code in line.reasons
        )
        return dossier_row(
            line.dossier,
            last_day=Period.parse(self.content.period).last_day,
            stratum=self.strata_names.get(line.stratum, line.stratum),
            probability=rate(line.probability, self.language),
            reasons=reasons,
        )

    def sample_summary(self) -> str:
        sample = self.content.sample
        return ngettext(
            "%(count)s dossier drawn from %(population)s, seed %(seed)s, method %(method)s.",
            "%(count)s dossiers drawn from %(population)s, seed %(seed)s, method %(method)s.",
            sample.size,
        ) % {
            "count": number(sample.size, self.language),
            "population": number(sample.population, self.language),
            "seed": sample.seed,
            "method": sample.method,
        }

    def strata(self) -> tuple[dict[str, str], ...]:
        return tuple(
            {
                "name": self.strata_names.get(stratum.name, stratum.name),
                "population": number(stratum.population, self.language),
                "size": number(stratum.size, self.language),
            }
            for stratum in self.content.sample.strata
        )

    def redraw(self, pack: InspectionPack) -> tuple[str, ...]:
        return redraw_steps(self.content.sample.method, pack.seed)

    def charts(self) -> tuple[dict[str, Any], ...]:
        charts = [
            {
                "spec": trend_spec(trend, self.language) | {"width": "container"},
                "title": trend.name.in_language(self.language),
            }
            for trend in self.content.trends
        ]
        line = self.content.indicator(HEADLINE)
        if line is not None and line.rank is not None:
            spec = peers_spec(line, self.content.unit.code, self.language) | {"width": "container"}
            charts.insert(1, {"spec": spec, "title": _("Compared with units of the same level")})
        return tuple(charts)

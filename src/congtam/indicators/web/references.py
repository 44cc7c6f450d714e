"""References to indicators and to figures (tham chiếu chỉ tiêu, số liệu), and indicators as a source of the search."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext_lazy

from congtam.foundation.public import Actor, clock
from congtam.foundation.references import Ref, ReferenceKind
from congtam.foundation.search import Hit, SearchSource
from congtam.indicators.definitions.shipped import all_definitions, definitions
from congtam.indicators.domain.definitions import Definition
from congtam.indicators.domain.figure_names import KIND, FigureName
from congtam.indicators.figures.web.catalogue_page import own_units
from congtam.kernel.clock import today
from congtam.kernel.vietnamese import fold
from congtam.org_units import public as org_units
from congtam.org_units.public import is_registered_unit, unit_name
from congtam.ui.public import current_language

NamedFigure = tuple[Definition, FigureName]


def _newest_definitions() -> dict[str, Definition]:
    return {one.code: one for one in sorted(all_definitions(), key=lambda one: one.version)}


def _visible_indicators(_actor: Actor, codes: Collection[str]) -> Mapping[str, Definition]:
    """Definitions are open to all who signed in."""
    return {code: one for code, one in _newest_definitions().items() if code in codes}


def _visible_figures(actor: Actor, codes: Collection[str]) -> Mapping[str, NamedFigure]:
    """Figures of registered units only: who sees everything would else get a label and a link to a missing page."""
    reach, newest = org_units.visible_units(actor), _newest_definitions()
    names = {code: name for code in codes if (name := FigureName.parse(code))}
    return {
        code: (newest[name.indicator], name)
        for code, name in names.items()
        if name.unit in reach and is_registered_unit(name.unit) and name.indicator in newest
    }


def _figure_label(figure: NamedFigure) -> str:
    definition, name = figure
    unit = unit_name(name.unit, name.period.last_day)
    return " · ".join(
        (definition.name.in_language(current_language()), unit, name.period.label(current_language()))
    )


def _figure_url(figure: NamedFigure) -> str:
    _definition, name = figure
    return f"{reverse('indicators:figure', args=[name.indicator, name.unit])}?period={name.period.text}"


INDICATOR = ReferenceKind(
    kind="indicator",
    visible=_visible_indicators,
    label=lambda one: one.name.in_language(current_language()),
    url=lambda _one: reverse("indicators:catalogue"),
)
FIGURE = ReferenceKind(kind=KIND, visible=_visible_figures, label=_figure_label, url=_figure_url)


def find_indicators(actor: Actor, text: str, limit: int) -> list[Hit]:
    """Indicators in force by name or code; they open on the first of the person's units."""
    return list(_search_indicators(actor, fold(text).split()))[:limit]


def _search_indicators(actor: Actor, terms: list[str]) -> Iterator[Hit]:
    units = own_units(actor)
    for one in definitions(today(clock())):
        key = fold(f"{one.name.vi} {one.name.en} {one.code}")
        if all(word in key for word in terms):
            url = reverse("indicators:figure", args=[one.code, units[0]["code"]]) if units else ""
            yield Hit(
                ref=Ref("indicator", one.code),
                label=one.name.in_language(current_language()),
                detail=units[0]["name"] if units else one.code,
                url=url or reverse("indicators:catalogue"),
            )


INDICATORS = SearchSource(
    kind="indicator", name=gettext_lazy("Indicators"), icon="chart-line", find=find_indicators, order=60
)

"""What a room offers on a page of a room beside it: neither knows the other, so it is registered here."""

from __future__ import annotations

from congtam.administration.web.overview import installation_needs
from congtam.dossiers.web.unit_links import dossier_links_of_unit
from congtam.foundation.public import Actor
from congtam.home.public import HOME_NEEDS, Need
from congtam.indicators.public import FIGURES_LINKS, UnitInPeriod
from congtam.ui.public import PageLink


def _dossier_links(shown: UnitInPeriod, actor: Actor) -> list[PageLink]:
    return dossier_links_of_unit(shown.unit, actor)


def _installation_needs(_page: None, actor: Actor) -> list[Need]:
    return [Need(**need) for need in installation_needs(actor)]


def register() -> None:
    """Register; called once, when the program starts."""
    FIGURES_LINKS.register(_dossier_links, order=20)
    HOME_NEEDS.register(_installation_needs)

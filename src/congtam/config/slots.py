"""What a room offers on a page of a room beside it: neither knows the other, so it is registered here."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from congtam.administration.web.overview import installation_needs, installation_tiles
from congtam.administration.web.tabs import described_pages
from congtam.dossiers.web.unit_links import dossier_links_of_unit
from congtam.foundation.public import Actor
from congtam.home.public import HOME_NEEDS, HOME_OVERVIEWS, Need, Overview
from congtam.indicators.public import FIGURES_LINKS, UnitInPeriod
from congtam.ui.public import PageLink


def _dossier_links(shown: UnitInPeriod, actor: Actor) -> list[PageLink]:
    return dossier_links_of_unit(shown.unit, actor)


def _installation_needs(_page: None, actor: Actor) -> list[Need]:
    return [Need(**need) for need in installation_needs(actor)]


def _installation_overview(_page: None, actor: Actor) -> list[Overview]:
    tiles = installation_tiles(actor)
    if not tiles:
        return []
    url, title = reverse("administration:overview"), gettext("Administration")
    return [Overview(title=title, url=url, tiles=tiles, pages=described_pages(actor))]


def register() -> None:
    """Register; called once, when the program starts."""
    FIGURES_LINKS.register(_dossier_links, order=20)
    HOME_NEEDS.register(_installation_needs)
    HOME_OVERVIEWS.register(_installation_overview)

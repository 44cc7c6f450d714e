"""What the figures offer on pages of other rooms (liên kết đến số liệu)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.foundation.public import Actor
from congtam.ui.public import PageLink


def unit_figures_link(code: str, _actor: Actor) -> list[PageLink]:
    """The way from a unit to its figures."""
    url = reverse("indicators:unit", args=[code])
    return [PageLink(text=_("Figures of this unit"), icon="chart-line", url=url, is_primary=True)]

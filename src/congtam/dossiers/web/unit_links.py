"""What the dossiers offer on pages of other rooms (liên kết đến danh sách hồ sơ)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.foundation.public import Actor
from congtam.ui.public import PageLink


def dossier_links_of_unit(code: str, _actor: Actor) -> list[PageLink]:
    """The way from a unit to its dossiers."""
    url = f"{reverse('dossiers:list')}?{urlencode({'unit': code})}"
    return [PageLink(text=_("Dossiers of this unit"), icon="folders", url=url)]

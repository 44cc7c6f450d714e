"""What the inspections offer on pages of other rooms (liên kết đến chuẩn bị kiểm tra)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.foundation.public import Actor
from congtam.indicators.public import UnitInPeriod
from congtam.inspections.permissions import may_prepare_anywhere
from congtam.ui.public import PageLink


def preparation_link(shown: UnitInPeriod, actor: Actor) -> list[PageLink]:
    """The way from a unit's figures to the preparation of its inspection, for who may prepare one."""
    if not may_prepare_anywhere(actor):
        return []
    query = urlencode({"unit": shown.unit, "period": shown.period.text})
    url = f"{reverse('inspections:prepare')}?{query}"
    return [PageLink(text=_("Prepare an inspection"), icon="checklist", url=url)]

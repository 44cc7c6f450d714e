"""What gateways offer on pages of other rooms (liên kết đến tệp đối soát)."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from congtam.foundation.public import Actor
from congtam.gateways.permissions import may_reconcile
from congtam.ui.public import PageLink


def daily_files_link(_subject: None, actor: Actor) -> list[PageLink]:
    """The way from the list of fees to the daily files, for who may compare them."""
    if not may_reconcile(actor):
        return []
    return [PageLink(text=_("Daily files of gateways"), icon="checklist", url=reverse("gateways:reconcile"))]

"""The home page of each role (trang chủ)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """Pages that gather from all rooms."""

    name = "congtam.home"
    label = "home"
    verbose_name = _("Home")

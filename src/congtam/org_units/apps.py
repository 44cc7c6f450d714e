from __future__ import annotations

from django.apps import AppConfig


class OrgUnitsConfig(AppConfig):
    name = "congtam.org_units"
    label = "org_units"

from __future__ import annotations

from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "congtam.demonstration"
    label = "demonstration"

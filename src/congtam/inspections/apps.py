from __future__ import annotations

from django.apps import AppConfig


class InspectionsConfig(AppConfig):
    name = "congtam.inspections"
    label = "inspections"

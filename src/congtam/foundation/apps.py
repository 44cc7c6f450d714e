from __future__ import annotations

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "congtam.foundation"
    label = "foundation"

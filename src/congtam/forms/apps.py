from __future__ import annotations

from django.apps import AppConfig


class FormsConfig(AppConfig):
    name = "congtam.forms"
    label = "forms"

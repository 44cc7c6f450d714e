from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "congtam.reports"
    label = "reports"

from __future__ import annotations

from django.apps import AppConfig


class ProceduresConfig(AppConfig):
    name = "congtam.procedures"
    label = "procedures"

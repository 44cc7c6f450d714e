"""The shared look (giao diện chung)."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base templates, components and template tags; no domain words."""

    name = "congtam.ui"
    label = "ui"

"""The shared look (giao diện chung)."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Base templates, components and template tags; no domain words."""

    name = "congtam.ui"
    label = "ui"

    def ready(self) -> None:
        """Make the pages of the menu searchable."""
        from congtam.foundation.search import register_source
        from congtam.ui.web.search_pages import PAGES

        register_source(PAGES)

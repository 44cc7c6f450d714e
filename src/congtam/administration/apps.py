"""What administrators do (quản trị)."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdministrationConfig(AppConfig):
    """Accounts and roles, tokens, the ledger, queues, storage, settings."""

    name = "congtam.administration"
    label = "administration"
    verbose_name = _("Administration")

    def ready(self) -> None:
        """Say what may be searched and which files are kept; nothing else happens at start."""
        from congtam.administration.accounts import sheet_files
        from congtam.administration.accounts.lines import own_lines
        from congtam.administration.web.search_source import ACCOUNTS
        from congtam.foundation.search import register_source
        from congtam.sign_in.public import ACCOUNT_LINES, declare_person_pages

        sheet_files.declare_sheet_files()
        ACCOUNT_LINES.register(own_lines)
        declare_person_pages({"administration:erase": "code"})
        register_source(ACCOUNTS)

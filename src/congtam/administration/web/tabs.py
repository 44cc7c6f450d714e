"""The tabs over the pages of the administration (thẻ điều hướng quản trị); pages of rooms below are among them."""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congtam.administration.permissions import is_administrator
from congtam.foundation.public import Actor

_ACCOUNT_PAGES: Final = frozenset(
    f"administration:{page}" for page in ("accounts", "open", "sheet", "sheet_confirm", "account", "act")
)
_TABS: Final = (
    ("administration:overview", _("Overview"), frozenset[str]()),
    ("administration:accounts", _("Accounts"), _ACCOUNT_PAGES),
    ("sign_in:events", _("Sign-ins"), frozenset({"sign_in:policy"})),
    ("administration:tokens", _("API tokens"), frozenset[str]()),
    ("webhooks:list", _("Messages to other systems"), frozenset({"webhooks:detail", "webhooks:delivery"})),
    ("administration:ledger", _("Ledger"), frozenset[str]()),
    ("administration:queues", _("Queues"), frozenset[str]()),
    ("administration:storage", _("Storage and backup"), frozenset[str]()),
    ("administration:agency_codes", _("Agency codes"), frozenset[str]()),
    ("administration:erasures", _("Personal data"), frozenset({"administration:erase"})),
    ("administration:settings", _("Settings"), frozenset[str]()),
)

_TEXTS: Final = {
    "administration:accounts": (
        "users",
        _("Open, lock and reset accounts; roles by unit and period; many from .xlsx."),
    ),
    "sign_in:events": ("shield-check", _("Who signed in or failed to; second steps required by role.")),
    "administration:tokens": ("key", _("Access of programs: what they may do, until when; revoke them.")),
    "webhooks:list": ("send", _("What is sent to other systems, and what could not be delivered.")),
    "administration:ledger": ("book", _("Who saw and changed what; search and export.")),
    "administration:queues": ("list-details", _("What waits and what failed: messages, jobs, e-mails.")),
    "administration:storage": ("database", _("Free space, quotas, day of the last backup.")),
    "administration:agency_codes": ("building", _("The first part of the dossier numbers of each unit.")),
    "administration:settings": ("settings", _("Every setting in force, and where it comes from.")),
}


def described_pages(actor: Actor) -> list[dict[str, Any]]:
    """The pages of the administration with what each is for; none for others."""
    if not is_administrator(actor):
        return []
    return [
        {"url": reverse(page), "label": label, "icon": _TEXTS[page][0], "text": _TEXTS[page][1]}
        for page, label, _pages in _TABS
        if page in _TEXTS
    ]


def section_tabs(actor: Actor, view_name: str) -> list[dict[str, Any]]:
    """The tabs for a page of the administration; none for other pages, and for who is no administrator."""
    if not any(view_name in {page, *pages} for page, _label, pages in _TABS) or not is_administrator(actor):
        return []
    return [
        {"url": reverse(page), "label": label, "is_current": view_name in {page, *pages}}
        for page, label, pages in _TABS
    ]

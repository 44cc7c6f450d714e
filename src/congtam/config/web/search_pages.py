"""The pages of the menu as a source of the search (trang): those that the person has a use for."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from congtam.config.web.menu import ENTRIES, MenuEntry
from congtam.foundation.public import Actor
from congtam.foundation.references import Ref
from congtam.foundation.search import Hit, SearchSource
from congtam.kernel.vietnamese import fold

_BESIDES = (
    MenuEntry(
        label=_("Work calendar"),
        url_name="work_calendar:calendar",
        icon="calendar",
        namespace="work_calendar",
    ),
    MenuEntry(label=_("Change password"), url_name="account_change_password", icon="key", namespace=""),
)


def find_pages(actor: Actor, text: str, limit: int) -> list[Hit]:
    """The pages whose name holds every word, without regard to diacritics."""
    tokens = fold(text).split()
    return [hit for hit in _visible_pages(actor) if all(word in fold(hit.label) for word in tokens)][:limit]


def _visible_pages(actor: Actor) -> Iterator[Hit]:
    for entry in (*ENTRIES, *_BESIDES):
        if entry.roles and not actor.has_role(*entry.roles):
            continue
        yield Hit(ref=Ref("page", entry.url_name), label=str(entry.label), url=reverse(entry.url_name))


PAGES = SearchSource(kind="page", name=_("Pages"), icon="file-text", find=find_pages, order=10)

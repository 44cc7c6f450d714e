"""The lists a person keeps by name (bộ lọc đã lưu)."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs

from django.urls import reverse

from congtam.dossiers.models import SavedView
from congtam.foundation.public import Actor
from congtam.kernel.vietnamese import collation_key


@dataclass(frozen=True, kw_only=True)
class SavedViewLink:
    """A saved list: its name and the address it stands for."""

    name: str
    query: str

    @property
    def url(self) -> str:
        """Where it opens: among the work lists when it is one of them, else among all dossiers."""
        page = "dossiers:work" if "list" in parse_qs(self.query) else "dossiers:list"
        return f"{reverse(page)}?{self.query}"


def saved_views(actor: Actor) -> list[SavedViewLink]:
    """The saved lists of a person, in the order of the alphabet."""
    rows = SavedView.objects.filter(account=actor.username).values_list("name", "query")
    views = [SavedViewLink(name=name, query=query) for name, query in rows]
    return sorted(views, key=lambda view: collation_key(view.name))

"""One search for everything (tìm kiếm chung): its page, and what the box in the header shows while one types."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from congtam.foundation.public import Actor, actor_of
from congtam.foundation.search import FEW, LONGEST, SHORTEST, Group, search
from congtam.kernel.errors import InputRefused

MOST: Final = 25
"""How many hits of a source the page shows."""


@require_GET
@vary_on_headers("HX-Request")
def search_page(request: HttpRequest) -> HttpResponse:
    """Everything the person may open that the text may mean; for the box only the list, with the first of each kind."""
    is_box = request.headers.get("HX-Request") == "true"
    context = _search_context(
        request.GET.get("q", ""), actor=actor_of(request), limit=FEW if is_box else MOST
    )
    template = "ui/part/search_results.html" if is_box else "ui/search.html"
    return render(request, template, context | {"is_box": is_box})


def _search_context(text: str, *, actor: Actor, limit: int) -> dict[str, Any]:
    context: dict[str, Any] = {"text": text[:LONGEST], "longest": LONGEST}
    try:
        groups = search(text, to=actor, limit=limit)
    except InputRefused as refused:
        return context | {"summary": refused.problems[0].format_message(_)}
    return context | {"groups": groups, "summary": _result_summary(text, groups)}


def _result_summary(text: str, groups: Sequence[Group]) -> str:
    if len(text.strip()) < SHORTEST:
        return _("Enter at least two characters of a name, a code or a telephone number.")
    count = sum(len(group.hits) for group in groups)
    if not count:
        return _("No results that you can open. Try fewer or other words.")
    if any(group.has_more for group in groups):
        return _("The first {count} results").format(count=count)
    return ngettext("{count} result", "{count} results", count).format(count=count)

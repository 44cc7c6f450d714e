"""Who saw and changed this (trang nhật ký)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any, Final
from urllib.parse import urlencode

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from congtam.administration.ledger.export import MEDIA_TYPES, write_lines
from congtam.administration.ledger.reading import PAGE, export_ledger, search_ledger
from congtam.administration.ledger.wording import kind_text, verb_text
from congtam.administration.permissions import require_administrator
from congtam.foundation.ledger_search import LedgerEntry, LedgerQuery, ledger_kinds, recent_verbs
from congtam.foundation.public import Actor, actor_of, display_names
from congtam.foundation.references import Ref, resolve_many
from congtam.foundation.web.downloads import temporary_download
from congtam.kernel.errors import DomainError, NotFound
from congtam.kernel.input.days import day_or_none
from congtam.kernel.input.numbers import digits_or_none
from congtam.kernel.input.texts import compact
from congtam.org_units.public import unit_name

_FIELDS: Final = ("kind", "key", "actor", "verb", "text", "since", "until")


@never_cache
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """A page of the ledger by its filters, the newest line first."""
    actor = actor_of(request)
    require_administrator(actor)
    typed, query = _read_query(request)
    before = digits_or_none(request.GET.get("before", ""), most=10**18)
    error, lines = "", []
    try:
        lines = search_ledger(query, actor=actor, before=before)
    except DomainError as refused:
        error = refused.format_message(gettext)
    context = {
        **_page_context(typed, lines, actor),
        **typed,
        "error": error,
        "is_later_page": before is not None,
    }
    return render(request, "administration/ledger.html", context, status=400 if error else 200)


@never_cache
@require_safe
def ledger_file(request: HttpRequest, extension: str) -> FileResponse:
    """All lines that match, as a file."""
    if extension not in MEDIA_TYPES:
        raise NotFound(kind="file", key=extension)
    _typed, query = _read_query(request)
    lines = export_ledger(query, form=extension, actor=actor_of(request))
    write = partial(write_lines, lines=lines, form=extension)
    name = f"{gettext('ledger')}.{extension}"
    return temporary_download(write, name=name, media_type=MEDIA_TYPES[extension])


def _read_query(request: HttpRequest) -> tuple[dict[str, str], LedgerQuery]:
    """What was typed, and what it means; a day that is none counts as not typed."""
    typed = {name: compact(request.GET.get(name, ""))[:120] for name in _FIELDS}
    since, until = day_or_none(typed["since"]), day_or_none(typed["until"])
    words = {name: typed[name] for name in ("kind", "key", "actor", "verb", "text")}
    return typed, LedgerQuery(**words, since=since, until=until)


def _page_context(typed: Mapping[str, str], lines: list[LedgerEntry], actor: Actor) -> dict[str, Any]:
    shown, has_more = lines[:PAGE], len(lines) > PAGE
    filters = {name: value for name, value in typed.items() if value}
    query = urlencode(filters)
    return {
        "rows": _line_rows(shown, actor),
        "kinds": [{"code": kind, "name": kind_text(kind)} for kind in ledger_kinds()],
        "verbs": [{"code": verb, "name": verb_text(verb)} for verb in recent_verbs()],
        "next_url": "?" + urlencode(filters | {"before": shown[-1].id}) if has_more else "",
        "first_url": f"?{query}",
        "files": [
            {"form": form, "url": f"{reverse('administration:ledger_file', args=[form])}?{query}"}
            for form in ("xlsx", "csv")
        ],
        "is_filtered": bool(filters),
    }


def _line_rows(lines: list[LedgerEntry], actor: Actor) -> list[dict[str, Any]]:
    names = display_names(line.actor for line in lines)
    refs = {line.id: ref for line in lines if (ref := _subject_ref(line)) is not None}
    resolved = resolve_many(refs.values(), to=actor)
    return [
        {
            "line": line,
            "who": names.get(line.actor, line.actor),
            "verb": verb_text(line.verb),
            "kind": kind_text(line.kind),
            "subject": resolved.get(refs[line.id]) if line.id in refs else None,
            "unit": unit_name(line.unit_code) if line.unit_code else "",
            "details": json.dumps(dict(line.data), ensure_ascii=False, indent=1) if line.data else "",
            "about_url": f"?{urlencode({'kind': line.kind, 'key': line.key})}",
            "by_url": f"?{urlencode({'actor': line.actor})}",
        }
        for line in lines
    ]


def _subject_ref(line: LedgerEntry) -> Ref | None:
    """The subject as something that may have a page."""
    try:
        return Ref(line.kind, line.key)
    except DomainError:
        return None

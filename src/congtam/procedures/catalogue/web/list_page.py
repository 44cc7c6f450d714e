"""What the list of procedures shows (danh mục thủ tục)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import QueryDict

from congtam.kernel.input.days import day_or_none
from congtam.procedures.catalogue.queries import PageKey, count, field_names, load_page, matching_versions
from congtam.procedures.domain.levels import LEVELS
from congtam.procedures.models import ProcedureVersion
from congtam.ui.public import current_language, time_limit_text

_SALT = "procedures.page"


@dataclass(frozen=True)
class ProcedureFilters:
    """What the reader looks for."""

    text: str
    field_name: str
    level: str
    on: date
    after: PageKey | None


def parse_filters(query: QueryDict, *, now: date) -> ProcedureFilters:
    """The filters of a query string; what is not understood asks for nothing."""
    on = day_or_none(query.get("on", "")) or now
    level = query.get("level", "")
    return ProcedureFilters(
        text=query.get("q", "").strip()[:200],
        field_name=query.get("field", "")[:300],
        level=level if level in LEVELS else "",
        on=on,
        after=_page_key(query.get("after", "")),
    )


def _page_key(text: str) -> PageKey | None:
    """The place in the list that a link names; a link that was tampered with starts at the beginning."""
    try:
        return PageKey(**signing.loads(text, salt=_SALT)) if text else None
    except (signing.BadSignature, TypeError):
        return None


def context(filters: ProcedureFilters, *, with_choices: bool) -> dict[str, Any]:
    """The values of the template; the choices of the form only where the whole page is shown."""
    versions = matching_versions(
        filters.text, on=filters.on, field_name=filters.field_name, level=filters.level
    )
    page = load_page(versions, after=filters.after)
    values: dict[str, Any] = {
        "filters": filters,
        "rows": [_procedure_row(version) for version in page.rows],
        "count": count(versions),
        "first_url": _page_query(filters, None) if filters.after else "",
        "next_url": _page_query(filters, page.following) if page.following else "",
    }
    if with_choices:
        language = current_language()
        values["fields"] = field_names(filters.on)
        values["levels"] = [{"code": level.code, "name": level.name(language)} for level in LEVELS.values()]
    return values


def _procedure_row(version: ProcedureVersion) -> dict[str, Any]:
    language = current_language()
    return {
        "code": version.procedure.code,
        "name": version.name,
        "field": version.field_name,
        "levels": [LEVELS[code].name(language) for code in version.levels if code in LEVELS],
        "agency": version.executing_agency or version.issuing_agency,
        "limits": _limit_texts(version),
    }


def _limit_texts(version: ProcedureVersion) -> list[str]:
    """The different limits of all channels, without repeating one."""
    texts = [time_limit_text(row.amount, row.unit) for row in version.limits.all() if row.amount is not None]
    return list(dict.fromkeys(texts))


def _page_query(filters: ProcedureFilters, after: PageKey | None) -> str:
    values = {
        "q": filters.text,
        "field": filters.field_name,
        "level": filters.level,
        "on": filters.on.isoformat(),
    }
    values["after"] = signing.dumps(asdict(after), salt=_SALT) if after else ""
    return "?" + urlencode({name: value for name, value in values.items() if value})

"""What the list of procedures shows (danh mục thủ tục)."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.core import signing
from django.http import QueryDict

from congtam.kernel.input.days import day_or_none
from congtam.procedures.catalogue.queries import PageKey, count_to, field_names, matching, page_of
from congtam.procedures.domain.levels import LEVELS
from congtam.procedures.labels import amount_in_words
from congtam.procedures.models import ProcedureVersion
from congtam.ui.public import current_language

_SALT = "procedures.page"


@dataclass(frozen=True)
class Asked:
    """What the reader looks for."""

    text: str
    field_name: str
    level: str
    on: date
    after: PageKey | None


def asked_of(query: QueryDict, *, now: date) -> Asked:
    """The filters of a query string; what is not understood asks for nothing."""
    on = day_or_none(query.get("on", "")) or now
    level = query.get("level", "")
    return Asked(
        text=query.get("q", "").strip()[:200],
        field_name=query.get("field", "")[:300],
        level=level if level in LEVELS else "",
        on=on,
        after=_key(query.get("after", "")),
    )


def _key(text: str) -> PageKey | None:
    """The place in the list that a link names; a link that was tampered with starts at the beginning."""
    try:
        return PageKey(**signing.loads(text, salt=_SALT)) if text else None
    except (signing.BadSignature, TypeError):
        return None


def context(asked: Asked, *, with_choices: bool) -> dict[str, Any]:
    """The values of the template; the choices of the form only where the whole page is shown."""
    found = matching(asked.text, on=asked.on, field_name=asked.field_name, level=asked.level)
    page = page_of(found, after=asked.after)
    values: dict[str, Any] = {
        "asked": asked,
        "rows": [_row(version) for version in page.rows],
        "count": count_to(found),
        "first_url": _url(asked, None) if asked.after else "",
        "next_url": _url(asked, page.following) if page.following else "",
    }
    if with_choices:
        language = current_language()
        values["fields"] = field_names(asked.on)
        values["levels"] = [{"code": level.code, "name": level.name(language)} for level in LEVELS.values()]
    return values


def _row(version: ProcedureVersion) -> dict[str, Any]:
    language = current_language()
    return {
        "code": version.procedure.code,
        "name": version.name,
        "field": version.field_name,
        "levels": [LEVELS[code].name(language) for code in version.levels if code in LEVELS],
        "agency": version.executing_agency or version.issuing_agency,
        "limits": _limits(version),
    }


def _limits(version: ProcedureVersion) -> list[str]:
    """The different limits of all channels, without repeating one."""
    words = [amount_in_words(row.amount, row.unit) for row in version.limits.all() if row.amount is not None]
    return list(dict.fromkeys(words))


def _url(asked: Asked, after: PageKey | None) -> str:
    values = {"q": asked.text, "field": asked.field_name, "level": asked.level, "on": asked.on.isoformat()}
    values["after"] = signing.dumps(asdict(after), salt=_SALT) if after else ""
    return "?" + urlencode({name: value for name, value in values.items() if value})

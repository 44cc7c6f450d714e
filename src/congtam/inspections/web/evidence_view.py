"""The evidence of a pack as its page lists it (bảng minh chứng)."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from congtam.foundation.evidence import Evidence, EvidenceLine
from congtam.ui.public import number


def evidence_view(evidence: Evidence) -> dict[str, Any]:
    """The values of the template; without lines nothing is shown."""
    return {"digest": evidence.digest, "rows": [_evidence_row(line) for line in evidence.lines]}


def _evidence_row(line: EvidenceLine) -> dict[str, Any]:
    if line.is_withheld:
        return {"position": line.position, "name": _("Hidden: you do not have permission to view it")}
    describe = _DESCRIPTIONS.get(line.form)
    return {
        "position": line.position,
        "name": line.label,
        "url": line.url,
        "description": describe(json.loads(line.text)) if describe else "",
        "digest": line.digest[:16],
    }


def _describe_receipt(content: Mapping[str, Any]) -> str:
    return _("figure, data version {version}").format(version=content["data_version"])


def _describe_rows(content: Mapping[str, Any]) -> str:
    count = number(content["count"], get_language() or "vi")
    text = _("the sample: {count} dossiers, data version {version}")
    return text.format(count=count, version=content["data_version"])


_DESCRIPTIONS: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "receipt": _describe_receipt,
    "rows": _describe_rows,
}

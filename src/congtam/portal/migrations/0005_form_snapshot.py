"""What the form asked when a draft was begun is its `form_snapshot`; files of drafts have a `position`.

Renaming the column locks the table of drafts for a moment. Drafts with files are rewritten, and those begun with a form
that names bounds: its digest is another since the bounds are called `minimum` and `maximum`, and their writers shall
not be told that the form was changed. Drafts are kept for thirty days, so these are few.

Locks: portal_draft for an instant, then the rows it rewrites.
Rewrites: portal_draft: drafts with files or with bounds, of thirty days at most.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from django.db import migrations

_BOUNDS: Final = {"minimum": "least", "maximum": "most"}
_FILES: Final = {"place": "position", "lent": "is_borrowed"}


def _renamed(rows: list[dict[str, Any]], names: dict[str, str]) -> list[dict[str, Any]]:
    renamed = [{names.get(name, name): value for name, value in row.items()} for row in rows]
    return [
        {**row, "columns": _renamed(row["columns"], names)} if "columns" in row else row for row in renamed
    ]


def _inverse(names: dict[str, str]) -> dict[str, str]:
    return {new: old for old, new in names.items()}


def _form_digest(fields: list[dict[str, Any]]) -> str:
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _digests(apps: Any) -> dict[str, str]:
    """By the digest of a form with the former names of its bounds, the one with the names of now."""
    versions = apps.get_model("procedures", "ProcedureVersion").objects.filter(
        details__has_key="form_fields"
    )
    forms = versions.values_list("details__form_fields", flat=True)
    return {_form_digest(_renamed(form, _BOUNDS)): _form_digest(form) for form in forms}


def _rewrite(apps: Any, file_names: dict[str, str], digests: dict[str, str]) -> None:
    for draft in apps.get_model("portal", "Draft").objects.filter(filing_code=""):
        draft.files = _renamed(draft.files, file_names)
        digest = draft.form_snapshot.get("digest", "")
        draft.form_snapshot |= {"digest": digests[digest]} if digest in digests else {}
        draft.save(update_fields=["files", "form_snapshot"])


def forwards(apps: Any, _editor: Any) -> None:
    """To the names of now."""
    _rewrite(apps, _FILES, _digests(apps))


def backwards(apps: Any, _editor: Any) -> None:
    """To the names of before."""
    _rewrite(apps, _inverse(_FILES), _inverse(_digests(apps)))


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0004_notices_in_foundation"),
        ("procedures", "0004_form_bounds"),
    ]

    operations = [
        migrations.RenameField("draft", "asked", "form_snapshot"),
        migrations.RunPython(forwards, backwards),
    ]

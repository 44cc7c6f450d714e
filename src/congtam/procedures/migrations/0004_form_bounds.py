"""The bounds of a form field are stored as `minimum` and `maximum`, no longer as `least` and `most`.

Reads the contents of all versions of procedures and rewrites those whose form names a bound; only these rows are
locked. Digests stay as they are: dossiers and the ledger name a version by its digest.

Locks: the rows it rewrites.
Rewrites: procedures_procedureversion: versions whose form names a bound.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.db import migrations

_NAMES: Final = {"least": "minimum", "most": "maximum"}


def _rename(fields: list[dict[str, Any]], names: Mapping[str, str]) -> list[dict[str, Any]]:
    renamed = [{names.get(name, name): value for name, value in field.items()} for field in fields]
    return [
        {**field, "columns": _rename(field["columns"], names)} if "columns" in field else field
        for field in renamed
    ]


def _rewrite(apps: Any, names: Mapping[str, str]) -> None:
    for version in apps.get_model("procedures", "ProcedureVersion").objects.filter(
        details__has_key="form_fields"
    ):
        renamed = _rename(version.details["form_fields"], names)
        if renamed != version.details["form_fields"]:
            version.details["form_fields"] = renamed
            version.save(update_fields=["details"])


def forwards(apps: Any, _editor: Any) -> None:
    """To the names of now."""
    _rewrite(apps, _NAMES)


def backwards(apps: Any, _editor: Any) -> None:
    """To the names of before."""
    _rewrite(apps, {new: old for old, new in _NAMES.items()})


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0003_forms_filled_online"),
    ]

    operations = [migrations.RunPython(forwards, backwards)]

"""Limits, papers, fees and steps of internal processes have a `position`, no longer a `place`.

Renaming columns and constraints locks the three tables for a moment; nothing of them is rewritten. The steps of every
internal process (some thousand rows) are rewritten with their digest, which decides whether a process that is entered
once more is the same.

Locks: procedures_procedurelimit, procedures_requiredpaper and procedures_procedurefee for an instant each.
Rewrites: procedures_internalprocess: every row, some thousand.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from django.db import migrations, models

_TABLES: Final = {
    "procedurelimit": "procedure_limit",
    "requiredpaper": "required_paper",
    "procedurefee": "procedure_fee",
}


def _rewrite(apps: Any, old: str, new: str) -> None:
    for process in apps.get_model("procedures", "InternalProcess").objects.all():
        process.steps = [
            {new if name == old else name: value for name, value in step.items()} for step in process.steps
        ]
        text = json.dumps(
            [process.code, process.decision, process.steps], ensure_ascii=False, sort_keys=True
        )
        process.digest = hashlib.sha256(text.encode()).hexdigest()
        process.save(update_fields=["steps", "digest"])


def forwards(apps: Any, _editor: Any) -> None:
    """To the name of now."""
    _rewrite(apps, "place", "position")


def backwards(apps: Any, _editor: Any) -> None:
    """To the name of before."""
    _rewrite(apps, "position", "place")


def _renaming(model: str, constraint: str) -> migrations.SeparateDatabaseAndState:
    """The column and its constraint renamed where they are, so that no index is built anew."""
    field = migrations.RenameField(model, "place", "position")
    position = models.UniqueConstraint(fields=["version", "position"], name=f"{constraint}_position")
    rename = f"ALTER TABLE procedures_{model} RENAME CONSTRAINT"
    names = f"{constraint}_place", f"{constraint}_position"
    return migrations.SeparateDatabaseAndState(
        database_operations=[
            field,
            migrations.RunSQL(f"{rename} {names[0]} TO {names[1]}", f"{rename} {names[1]} TO {names[0]}"),
        ],
        state_operations=[
            migrations.RemoveConstraint(model, f"{constraint}_place"),
            field,
            migrations.AddConstraint(model, position),
        ],
    )


class Migration(migrations.Migration):
    dependencies = [
        ("procedures", "0004_form_bounds"),
    ]

    operations = [
        *(_renaming(model, constraint) for model, constraint in _TABLES.items()),
        migrations.RunPython(forwards, backwards),
    ]

"""A place in the checklist or in the internal process is a `position`, in columns and in JSON.

Renaming the two columns locks their tables for a moment. Then every desk record that has a process or a checklist,
every supplement letter that was answered with papers and every filing with files is rewritten once, and these rows stay
locked until the migration ends: on a busy province some minutes, so migrate outside office hours. Seals of before are
of edition 1 and stay valid (`dossiers.record.seals`). Steps keep the names under which the ledger has their digest
(`StepAttributes.FORMER_NAMES`).

Locks: dossiers_deskrecord and dossiers_paper for an instant, then the rows it rewrites until it ends, minutes for a
    busy province.
Rewrites: dossiers_deskrecord, dossiers_letter and dossiers_filing: rows with a process, a checklist, papers or files.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import migrations

_POSITION: Final = {"place": "position"}
_PAPERS: Final = {"place": "position", "filled_online": "is_filled_online"}


def _renamed(rows: str, names: Mapping[str, str]) -> str:
    key = " ".join(f"WHEN '{old}' THEN '{new}'" for old, new in names.items())
    return (
        f"(SELECT coalesce(jsonb_agg((SELECT jsonb_object_agg(CASE k.key {key} ELSE k.key END, k.value)"
        f" FROM jsonb_each(r.value) k) ORDER BY r.ordinality), '[]')"
        f" FROM jsonb_array_elements({rows}) WITH ORDINALITY r)"
    )


def _statements(position: Mapping[str, str], papers: Mapping[str, str]) -> list[str]:
    (old,) = position
    answered = _renamed("answer -> 'papers'", position)
    return [
        f"UPDATE dossiers_deskrecord SET process = {_renamed('process', position)},"
        f" papers = {_renamed('papers', papers)}"
        f" WHERE jsonb_path_exists(process, '$[*].{old}') OR jsonb_path_exists(papers, '$[*].{old}')",
        f"UPDATE dossiers_letter SET answer = jsonb_set(answer, '{{papers}}', {answered})"
        f" WHERE kind = 'supplement' AND jsonb_path_exists(answer, '$.papers[*].{old}')",
        f"UPDATE dossiers_filing SET files = {_renamed('files', position)}"
        f" WHERE jsonb_path_exists(files, '$[*].{old}')",
    ]


def _inverse(names: Mapping[str, str]) -> dict[str, str]:
    return {new: old for old, new in names.items()}


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0008_given_back"),
    ]

    operations = [
        migrations.RenameField("deskrecord", "place", "position"),
        migrations.RenameField("paper", "place", "position"),
        migrations.RunSQL(
            _statements(_POSITION, _PAPERS), _statements(_inverse(_POSITION), _inverse(_PAPERS))
        ),
    ]

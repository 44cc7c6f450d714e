"""Earlier versions of dossiers that an import changes (phiên bản trước), and putting them back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from congtam.dossiers.models.replaced import ReplacedDossier
from congtam.dossiers.record.domain.rows import DOSSIER_FIELDS, STEP_FIELDS, SUSPENSION_FIELDS
from congtam.dossiers.storing.parties import ImportedApplicant, replace_parties
from congtam.foundation.public import real_clock

UNDO_TIME: Final = timedelta(days=90)
"""How long an import can be undone, and so how long the versions it replaced are stored."""
_RESTORED: Final = (
    *(name for name in DOSSIER_FIELDS if name not in {"code", "unit_code"}),
    "subject_id",
    "source_code",
    "source_row",
    "import_key",
    "row_digest",
    "person_digest",
)
_PARTS: Final = {
    "dossiers_step": ("steps", STEP_FIELDS),
    "dossiers_suspension": ("suspensions", SUSPENSION_FIELDS),
}
_SAVE: Final = """
INSERT INTO dossiers_replaceddossier (import_key, dossier_id, replaced_at, content)
SELECT %(key)s, d.id, %(now)s, to_jsonb(d) || jsonb_build_object(
  'steps',
  (SELECT coalesce(jsonb_agg(to_jsonb(s) ORDER BY s.id), '[]') FROM dossiers_step s WHERE s.dossier_id = d.id),
  'suspensions',
  (SELECT coalesce(jsonb_agg(to_jsonb(p) ORDER BY p.id), '[]') FROM dossiers_suspension p WHERE p.dossier_id = d.id))
FROM dossiers_dossier d WHERE d.id = ANY(%(ids)s)
ON CONFLICT (import_key, dossier_id) DO NOTHING
"""


def save_replaced(cursor: Any, ids: Sequence[int], *, import_key: str) -> None:
    """Store dossiers as they are, before an import changes them; of one changed twice, as it was before the first."""
    cursor.execute(_SAVE, {"key": import_key, "now": real_clock().now(), "ids": list(ids)})


def restore_replaced(cursor: Any, import_key: str) -> list[str]:
    """Put back every version that an import replaced; the codes of these dossiers."""
    columns = ", ".join(_RESTORED)
    # Columns that a version does not know, because it is older than they are, stay as they are.
    cursor.execute(
        f"UPDATE dossiers_dossier d SET ({columns}) = (SELECT {columns} FROM jsonb_populate_record(d, r.content))"  # noqa: S608
        " FROM dossiers_replaceddossier r WHERE r.dossier_id = d.id AND r.import_key = %s"
        " RETURNING d.id, d.code, d.applicant, d.attributes ->> 'phone'",
        [import_key],
    )
    restored = cursor.fetchall()
    ids = [row[0] for row in restored]
    for table, (part, names) in _PARTS.items():
        columns = ", ".join(("dossier_id", *names))
        cursor.execute(f"DELETE FROM {table} WHERE dossier_id = ANY(%s)", [ids])  # noqa: S608 - our own names
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM (SELECT part.*"  # noqa: S608
            " FROM dossiers_replaceddossier r,"
            f" jsonb_populate_recordset(NULL::{table}, r.content -> '{part}') WITH ORDINALITY part"
            " WHERE r.import_key = %s ORDER BY r.dossier_id, part.ordinality) parts",
            [import_key],
        )
    replace_parties(
        cursor, [ImportedApplicant(key, applicant, phone or "") for key, _code, applicant, phone in restored]
    )
    ReplacedDossier.objects.filter(import_key=import_key).delete()
    return [row[1] for row in restored]


def forget_replaced(*, before: datetime) -> int:
    """Remove versions that were replaced before an instant; how many there were."""
    return ReplacedDossier.objects.filter(replaced_at__lt=before).delete()[0]

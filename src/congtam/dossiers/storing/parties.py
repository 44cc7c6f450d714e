"""The applicants of dossiers from other systems (người nộp của hồ sơ nhập), kept so that they can be searched for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.db import connection, transaction

from congtam.dossiers.models import Dossier
from congtam.dossiers.storing.copying import copy_into
from congtam.foundation.public import Actor, record
from congtam.kernel.vietnamese import fold

_COLUMNS: Final = (
    "dossier_id",
    "name",
    "name_key",
    "phone",
    "email",
    "id_number",
    "address",
    "submitter",
    "account",
)
_OTHER_COLUMNS_EMPTY: Final = ("",) * 5
PHONE: Final = "phone"
"""The attribute in which an import stores the phone number of the applicant."""
_CHUNK: Final = 20_000
_key = lru_cache(maxsize=65_536)(fold)


class ImportedApplicant(NamedTuple):
    """Who applies, by the key of the dossier."""

    dossier_id: int
    name: str
    phone: str = ""


def write_parties(cursor: Any, applicants: Iterable[ImportedApplicant]) -> None:
    """Keep who applies, by the key of the dossier; those without an applicant have no party."""
    rows = [
        (key, name, _key(name), phone, *_OTHER_COLUMNS_EMPTY)
        for key, name, phone in applicants
        if name or phone
    ]
    if rows:
        copy_into(cursor, "dossiers_party", columns=_COLUMNS, rows=rows)


def replace_parties(cursor: Any, applicants: Sequence[ImportedApplicant]) -> None:
    """The same for dossiers that may have one already."""
    cursor.execute(
        "DELETE FROM dossiers_party WHERE dossier_id = ANY(%s)",
        [[applicant.dossier_id for applicant in applicants]],
    )
    write_parties(cursor, applicants)


def enter_missing_parties(*, actor: Actor) -> int:
    """Keep the applicants of dossiers that were stored before there was a search for them; how many were missing.

    Chunk by chunk, each in a transaction of its own: it may be broken off and run again.
    """
    missing = Dossier.objects.filter(party__isnull=True).exclude(applicant="").order_by("pk")
    count, last = 0, 0
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            chunk = list(missing.filter(pk__gt=last).values_list("pk", "applicant")[:_CHUNK])
            if not chunk:
                break
            write_parties(cursor, [ImportedApplicant(*row) for row in chunk])
            count, last = count + len(chunk), chunk[-1][0]
    if count:
        record(actor, "dossiers.parties_entered", kind="dossiers", key="parties", data={"count": count})
    return count

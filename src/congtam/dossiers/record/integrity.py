"""Whether what is stored is still what the program wrote (kiểm tra toàn vẹn hồ sơ)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from django.db.models import Max

from congtam.dossiers.models import DeskRecord, Dossier, Step, Suspension
from congtam.dossiers.record.canonical_sql import keys_with_differing_digest
from congtam.dossiers.record.digests import person_of
from congtam.dossiers.record.domain.rows import (
    DOSSIER_FIELDS,
    STEP_FIELDS,
    SUSPENSION_FIELDS,
    DossierRow,
    StepRow,
    SuspensionRow,
    former_digest,
    is_former,
    person_text,
    row_digest,
)
from congtam.dossiers.record.seals import keyed_former_digest, seals_by_ledger_edition
from congtam.foundation.person_keys import keyed_digest, keys_of
from congtam.foundation.public import newest_sealed_entries
from congtam.foundation.sealing import SEAL, Alteration, find_alterations, find_missing
from congtam.kernel.errors import msgid
from congtam.kernel.progress import Advance, ignore_advance

_CHUNK: Final = 5000
_RANGE: Final = 50_000


def altered_dossiers(advance: Advance = ignore_advance) -> Iterator[str]:
    """The codes of dossiers whose content, steps or pauses no longer give the digest stored with them.

    The database makes the digests; only what differs there is read and made again by the rule itself.
    """
    last = Dossier.objects.aggregate(last=Max("pk"))["last"] or 0
    for after in range(0, last, _RANGE):
        suspects = keys_with_differing_digest(after, after + _RANGE)
        for start in range(0, len(suspects), _CHUNK):
            yield from _altered_codes(suspects[start : start + _CHUNK])
        advance(min(after + _RANGE, last), last)


def _altered_codes(keys: Sequence[int]) -> Iterator[str]:
    """Of the dossiers with these keys the codes of those that do not give their digest."""
    rows = Dossier.objects.filter(pk__in=keys).order_by("pk")
    person_keys = keys_of(person_of(code) for code in rows.values_list("code", flat=True))
    steps, pauses = (
        _parts_by_dossier(Step, STEP_FIELDS, keys),
        _parts_by_dossier(Suspension, SUSPENSION_FIELDS, keys),
    )
    for key, digest, person, *values in rows.values_list(
        "pk", "row_digest", "person_digest", *DOSSIER_FIELDS
    ):
        row = DossierRow(
            **dict(zip(DOSSIER_FIELDS, values, strict=True)),
            steps=tuple(StepRow(**fields) for fields in steps[key]),
            suspensions=tuple(SuspensionRow(**fields) for fields in pauses[key]),
        )
        if not _has_digests(row, digest, person, key=person_keys.get(person_of(row.code))):
            yield row.code


def _has_digests(row: DossierRow, digest: str, person: str, *, key: bytes | None) -> bool:
    """Whether a dossier has these digests; one of the first edition has only the first, which holds everything."""
    if is_former(digest):
        return former_digest(row) == digest
    if row_digest(row) != digest:
        return False
    text = person_text(row)
    return person == (keyed_digest(key, text) if text and key else "") and (bool(key) or not text)


def altered_desks(advance: Advance = ignore_advance) -> Iterator[Alteration]:
    """Dossiers received here whose rows are not those the ledger sealed, which it does not know, or which are gone."""
    yield from find_alterations(DeskRecord.objects.all(), _find_alterations, advance=advance)
    yield from find_missing("dossier.received", kind="dossier", stored=Dossier.objects.all())


def _find_alterations(keys: Sequence[int]) -> dict[int, Alteration]:
    rows = list(Dossier.objects.filter(pk__in=keys).values_list("pk", "code", "row_digest"))
    ledger_lines = newest_sealed_entries("dossier", [code for _key, code, _digest in rows], with_after=True)
    sealed = {key: _stored_seal(ledger_lines.get(code)) for key, code, _digest in rows}
    current_seals = seals_by_ledger_edition(sealed)
    keys_by_ref = keys_of(person_of(code) for _key, code, digest in rows if is_former(digest))
    faults = {
        key: _seal_fault(
            ledger_lines.get(code),
            _digests_in_ledger(digest, keys_by_ref.get(person_of(code))),
            sealed=sealed[key],
            current=current_seals[key],
        )
        for key, code, digest in rows
    }
    return {key: Alteration(code=code, fault=faults[key]) for key, code, _digest in rows if faults[key]}


def _stored_seal(line: Mapping[str, Any] | None) -> str:
    """The seal a line holds; lines from before there were seals have none."""
    return str(line.get("data", {}).get(SEAL, "")) if line else ""


def _digests_in_ledger(digest: str, key: bytes | None) -> set[str]:
    """What the ledger may say of a stored digest: of a former one also its form under the applicant's key."""
    return {digest, keyed_former_digest(key, digest)} if key and is_former(digest) else {digest}


def _seal_fault(line: Mapping[str, Any] | None, digests: set[str], *, sealed: str, current: str) -> str:
    if line is None:
        return msgid("the ledger has no record of its creation")
    if line["after"] not in digests:
        return msgid("its content differs from the last ledger entry")
    if SEAL in line.get("data", {}) and sealed != current:
        return msgid("its desk record, clock ledger, party, files or letters are not what the ledger sealed")
    return ""


def _parts_by_dossier(
    model: type[Step | Suspension], fields: Sequence[str], keys: Sequence[int]
) -> dict[int, list[dict[str, Any]]]:
    """The parts of dossiers in the order in which they were written, which is that of the digest."""
    by_dossier: dict[int, list[dict[str, Any]]] = defaultdict(list)
    rows = model._default_manager.filter(dossier_id__in=keys).order_by("pk")  # noqa: SLF001 - Django's name for it
    for key, *values in rows.values_list("dossier_id", *fields):
        by_dossier[key].append(dict(zip(fields, values, strict=True)))
    return by_dossier

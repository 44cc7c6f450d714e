"""Writing versions of procedures to the tables."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.db.backends.postgresql.psycopg_any import DateRange

from congtam.foundation.row_seals import reseal
from congtam.kernel.vietnamese import collation_key, fold
from congtam.procedures.catalogue import edition
from congtam.procedures.domain.content import ChannelLimit, Content, limits_to_json, to_json
from congtam.procedures.models import Procedure, ProcedureFee, ProcedureLimit, ProcedureVersion, RequiredPaper

_BATCH: Final = 500
_LEADING: Final = re.compile(r"^[\W_]+")
"""Dots, dashes and quotation marks that sources put before a name."""
_SORTED_BY: Final = 60
"""Characters of a name that decide its place in a list; ties fall to the key."""


@dataclass(frozen=True)
class NewVersion:
    """A version to be opened."""

    code: str
    content: Content
    valid_from: date | None
    by_hand: Collection[str] = ()
    limits_source: str | None = None
    """Where the limits come from; None: from the source of the version."""


def version_columns(content: Content) -> dict[str, Any]:
    """The columns of a version that follow from its content."""
    return {
        "name": content.name,
        "sort_key": collation_key(_LEADING.sub("", content.name)[:_SORTED_BY]),
        "field_name": content.field_name,
        "levels": list(content.levels),
        "issuing_agency": content.issuing_agency,
        "executing_agency": content.executing_agency,
        "decision": content.decision,
        "kind": content.kind,
        "url": content.url,
        "details": to_json(content),
        "digest": content.digest(),
    }


def search_key(code: str, content: Content) -> str:
    """What a search looks through: code, name and field, folded."""
    return fold(f"{code} {content.name} | {content.field_name}")


def create_versions(news: Sequence[NewVersion], *, source: str) -> None:
    """Write new versions, with a procedure for each code that is not on record."""
    if not news:
        return
    codes = dict.fromkeys(new.code for new in news)
    Procedure.objects.bulk_create(
        (Procedure(code=code) for code in codes), ignore_conflicts=True, batch_size=_BATCH
    )
    keys = dict(Procedure.objects.filter(code__in=codes).values_list("code", "pk"))
    versions = ProcedureVersion.objects.bulk_create(
        (
            ProcedureVersion(
                procedure_id=keys[new.code],
                valid=DateRange(new.valid_from, None),
                search_key=search_key(new.code, new.content),
                source=source,
                by_hand=sorted(new.by_hand),
                limits_source=_limits_source(new, source),
                **version_columns(new.content),
            )
            for new in news
        ),
        batch_size=_BATCH,
    )
    write_parts(zip(versions, (new.content for new in news), strict=True))
    edition.renew_edition()
    reseal(ProcedureVersion, [version.pk for version in versions])


def _limits_source(new: NewVersion, source: str) -> str:
    if new.limits_source is not None:
        return new.limits_source
    return source if new.content.limits else ""


def close_versions(versions: Sequence[ProcedureVersion], day: date) -> None:
    """End the validity of versions; the day itself is no longer theirs."""
    for version in versions:
        version.valid = DateRange(version.valid.lower, day)
    ProcedureVersion.objects.bulk_update(versions, ["valid"], batch_size=_BATCH)
    if versions:
        edition.renew_edition()
        reseal(ProcedureVersion, [version.pk for version in versions])


def rewrite_versions(pairs: Sequence[tuple[ProcedureVersion, Content]]) -> None:
    """Give existing versions a new content without touching their validity."""
    if not pairs:
        return
    for version, content in pairs:
        for name, value in version_columns(content).items():
            setattr(version, name, value)
        version.search_key = search_key(version.procedure.code, content)
    versions = [version for version, _ in pairs]
    names = ["search_key", "by_hand", "limits_source", *version_columns(Content(name="-"))]
    ProcedureVersion.objects.bulk_update(versions, names, batch_size=_BATCH)
    for part in (ProcedureLimit, RequiredPaper, ProcedureFee):
        part.objects.filter(version__in=versions).delete()
    write_parts(pairs)
    edition.renew_edition()
    reseal(ProcedureVersion, [version.pk for version in versions])


def write_parts(pairs: Iterable[tuple[ProcedureVersion, Content]]) -> None:
    """Write the limits, papers and fees of versions."""
    listed = list(pairs)
    ProcedureLimit.objects.bulk_create(
        (
            _limit_of_version(version, position, limit)
            for version, content in listed
            for position, limit in enumerate(content.limits)
        ),
        batch_size=_BATCH,
    )
    RequiredPaper.objects.bulk_create(
        (
            RequiredPaper(version=version, position=position, **asdict(paper))
            for version, content in listed
            for position, paper in enumerate(content.papers)
        ),
        batch_size=_BATCH,
    )
    ProcedureFee.objects.bulk_create(
        (
            ProcedureFee(version=version, position=position, **asdict(fee))
            for version, content in listed
            for position, fee in enumerate(content.fees)
        ),
        batch_size=_BATCH,
    )


def _limit_of_version(version: ProcedureVersion, position: int, row: ChannelLimit) -> ProcedureLimit:
    limit = row.limit
    return ProcedureLimit(
        version=version,
        position=position,
        channel=row.channel,
        case_kind=row.case_kind,
        latest_receipt=row.latest_receipt,
        amount=limit.amount.value if limit.amount else None,
        unit=limit.amount.unit if limit.amount else "",
        raw_text=limit.raw_text,
        reason=limit.reason,
        conditions=limits_to_json([row])[0]["limit"]["conditions"],
    )

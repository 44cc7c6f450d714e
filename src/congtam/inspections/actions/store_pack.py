"""Keep a pack and the documents made of it (lưu bộ số liệu kiểm tra)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from congtam.foundation.public import Actor, clock, record
from congtam.inspections.actions.evidence import freeze_evidence
from congtam.inspections.domain.content import PackContent
from congtam.inspections.domain.states import PackState
from congtam.inspections.lifecycle import PACKS, PREPARE_AGAIN, PackSubject
from congtam.inspections.models import InspectionPack, PackFile
from congtam.inspections.serialization import dump
from congtam.inspections.visibility import preparing_office
from congtam.kernel.periods import Period


@transaction.atomic
def store_pack(content: PackContent, *, actor: Actor) -> InspectionPack:
    """Write the pack down once; the same content prepared again for an office is the pack that is already there.

    A withdrawn pack that is prepared again is a draft again.
    """
    digest = content.digest()
    period = Period.parse(content.period)
    office = preparing_office(content.unit.code, actor)
    pack, is_new = InspectionPack.objects.get_or_create(
        digest=digest,
        office_code=office,
        defaults={
            "key": _free_key(content, digest, office),
            "unit_code": content.unit.code,
            "unit_name": content.unit.name,
            "period_start": period.start,
            "period_end": period.end,
            "seed": content.sample.seed,
            "map_on": date.fromisoformat(content.map_on),
            "prepared_by": actor.username,
            "prepared_by_name": actor.name,
            "prepared_at": clock().now(),
            "content": dump(content),
        },
    )
    if is_new:
        record(
            actor,
            "inspection.pack_prepared",
            kind="inspection_pack",
            key=pack.key,
            unit_code=pack.unit_code,
            data={
                "period": content.period,
                "seed": content.sample.seed,
                "data_version": content.data_version,
            },
            after=digest,
        )
        freeze_evidence(pack, content, actor=actor)
    elif pack.state == PackState.WITHDRAWN:
        PACKS.perform_on(PackSubject(actor=actor, pack=pack), PREPARE_AGAIN)
        pack.refresh_from_db()
    return pack


def _free_key(content: PackContent, digest: str, office: str) -> str:
    """Another office that prepared the same content has a pack of its own, which this one must not show."""
    key = f"KT-{content.unit.code}-{content.period}-{digest[:8]}"
    return f"{key}-{office or '0'}" if InspectionPack.objects.filter(key=key).exists() else key


@transaction.atomic
def record_pack_file(pack: InspectionPack, form: str, *, digest: str, name: str, actor: Actor) -> PackFile:
    """Remember which stored file is the pack's document in this format."""
    pack_file, is_new = PackFile.objects.get_or_create(
        pack=pack, format=form, defaults={"digest": digest, "name": name}
    )
    if is_new:
        record(
            actor,
            "inspection.document_made",
            kind="inspection_pack",
            key=pack.key,
            unit_code=pack.unit_code,
            data={"format": form},
            after=digest,
        )
    return pack_file

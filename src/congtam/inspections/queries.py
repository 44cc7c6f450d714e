"""Reading packs: always through what the actor may see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from congtam.foundation.public import Actor, system_actor
from congtam.inspections.domain.addressed import content_for_unit
from congtam.inspections.domain.content import DossierLine, FlagLine, PackContent
from congtam.inspections.domain.states import PackState
from congtam.inspections.frame import FACT, Frame
from congtam.inspections.models import InspectionPack, PackFile
from congtam.inspections.models.packs import PackQuerySet
from congtam.inspections.serialization import load
from congtam.inspections.visibility import is_preparer, packs_visible_to
from congtam.kernel.errors import NotFound
from congtam.kernel.periods import Period
from congtam.org_units.public import visible_units
from congtam.warehouse.public import VersionGone, data_version


def visible_packs(to: Actor) -> PackQuerySet:
    """The packs that lists show to the actor, newest first, without their content; withdrawn ones are not listed."""
    return packs_visible_to(to).listed().newest_first().defer("content")


def get_visible_pack(key: str, *, to: Actor) -> InspectionPack:
    """The pack, or NotFound: an actor never learns of one it may not see."""
    pack = packs_visible_to(to).filter(key=key).first()
    if pack is None:
        raise NotFound(kind="inspection pack", key=key)
    return pack


def content_of(pack: InspectionPack) -> PackContent:
    """What the pack holds."""
    return load(pack.content)


def readable_content(pack: InspectionPack, *, to: Actor) -> PackContent:
    """What of the pack the actor may read: the figures of peers only for who may see every one of them.

    A pack is prepared by somebody who looks over all peers, but read by the inspected unit too, which reads only what
    is addressed to it.
    """
    content = content_of(pack)
    if not is_preparer(pack, to):
        content = content_for_unit(content, pack.state)
    visible = visible_units(to)
    if all(peer.code in visible for line in content.indicators for peer in line.peers):
        return content
    without_peers = tuple(replace(line, peers=(), rank=None) for line in content.indicators)
    flags = tuple(replace(line, expected_by_peers=None) for line in content.flags)
    return replace(content, indicators=without_peers, flags=flags, peers_hidden=True)


def get_flag(content: PackContent, code: str) -> FlagLine:
    """The line of a red flag that names dossiers, or NotFound."""
    line = content.flag(code)
    if line is None or not line.count:
        raise NotFound(kind="red flag", key=code)
    return line


def flagged_dossiers(content: PackContent, codes: Sequence[str], *, to: Actor) -> tuple[DossierLine, ...]:
    """These dossiers of a flag as they were when the pack was prepared, of the units the actor may see.

    Where the data of that time are no longer stored they are shown as they are now; of one that is gone only the code
    is left, which was in the pack before.
    """
    frame = Frame(
        units=(),
        period=Period.parse(content.period),
        version=int(content.data_version),
        # Told apart below: a dossier out of sight is left out, of one that is gone the code stays.
        to=system_actor("inspections"),
    )
    try:
        details = frame.instants(codes)
    except VersionGone:
        details = replace(frame, version=data_version(FACT)).instants(codes)
    visible = visible_units(to)
    lines = (details.get(code, DossierLine(code=code)) for code in codes)
    return tuple(line for line in lines if not line.unit or line.unit in visible)


def may_read_documents(pack: InspectionPack, *, to: Actor) -> bool:
    """Whether the actor may have the report: those who prepare always, the unit once the inspection is open to it."""
    return pack.state == PackState.OPEN or is_preparer(pack, to)


def altered_packs() -> Iterator[str]:
    """The keys of packs whose content no longer gives their digest (kiểm tra toàn vẹn)."""
    for pack in InspectionPack.objects.order_by("pk").iterator(50):
        try:
            digest = content_of(pack).digest()
        except (KeyError, TypeError, ValueError):
            digest = ""
        if digest != pack.digest:
            yield pack.key


def find_file(pack: InspectionPack, form: str) -> PackFile | None:
    """The document made of the pack in this format, None before it was made."""
    return pack.files.filter(format=form).first()

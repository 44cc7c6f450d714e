"""Make and keep the documents of an inspection pack (văn bản của bộ số liệu kiểm tra)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from congtam.foundation.files import store_file
from congtam.foundation.public import Actor
from congtam.inspections.pack_content import UnitLine
from congtam.inspections.public import (
    InspectionPack,
    PackContent,
    content_of,
    find_file,
    may_read_documents,
    readable_content,
    record_pack_file,
)
from congtam.kernel.clock import local_day
from congtam.kernel.errors import NotFound
from congtam.kernel.vietnamese import collation_key
from congtam.org_units.public import find_version, history, tree
from congtam.reports.actions.rendering import render_form
from congtam.reports.inspection import inspection_report
from congtam.reports.inspection.letterhead import Offices, offices_of
from congtam.reports.inspection.report import INSPECTION_REPORT
from congtam.typesetting.public import MEDIA_TYPES, OfficialDocument

FILE_KIND: Final = "report"
_MARKS: Final = {(False, False): "", (True, False): "-alone", (False, True): "-unit", (True, True): "-own"}
"""Marks a document by what it leaves out: the peers, the reasons of the sample."""


@dataclass(frozen=True, kw_only=True)
class StoredDocument:
    """A document in the file store (văn bản đã lưu)."""

    digest: str
    name: str
    media_type: str


def build_pack_report(pack: InspectionPack, content: PackContent | None = None) -> OfficialDocument:
    """The report of a pack, or of the part of its content given, dated the day the pack was prepared."""
    prepared_on = local_day(pack.prepared_at)
    shown = content or content_of(pack)
    offices = _offices_on(shown.unit, pack.map_on, prepared_on)
    return inspection_report(
        shown, key=pack.key, prepared_on=prepared_on, offices=offices, digest=pack.digest
    )


def _offices_on(unit: UnitLine, map_on: date, day: date) -> Offices:
    """The offices as they are called on the day of the report, after mergers too."""
    named = offices_of(unit)
    above = tree(map_on).ancestors(unit.code)
    names = _names_on(above[0].code, day) if above else ()
    return Offices(
        above=names[0] if names else named.above, inspected=_names_on(unit.code, day) or named.inspected
    )


def _names_on(code: str, day: date) -> tuple[str, ...]:
    """What the unit is called on a day, or what followed it until then; nothing where that is not on record."""
    version = find_version(code, day)
    if version is not None:
        return (version.name,)
    unit_history = history(code)
    rows = unit_history.successors if unit_history else ()
    heirs = {row.successor for row in rows if row.on_date <= day and not row.only_forward}
    names = {name for heir in heirs for name in _names_on(heir, day)}
    return tuple(sorted(names, key=collation_key))


def pack_document(pack: InspectionPack, form: str, *, actor: Actor) -> StoredDocument:
    """The stored document of the pack in a format; it is made when it is asked for the first time.

    A .docx is made in the template in force on the day the pack was prepared, and stays as it was made.
    The same pack gives the same bytes, so a document made twice at once is still one file. Who may not see all peers
    gets a document of its own, without them, and so does the inspected unit, once the inspection is open to it.
    """
    if form not in MEDIA_TYPES or not may_read_documents(pack, to=actor):
        raise NotFound(kind="document", key=f"{pack.key}.{form}")
    shown = readable_content(pack, to=actor)
    hides_peers = shown.peers_hidden and not content_of(pack).peers_hidden
    mark = _MARKS[hides_peers, shown.sample.reasons_hidden]
    pack_file = find_file(pack, form + mark)
    if pack_file is None:
        name = f"{pack.key}{mark}.{form}"
        content = render_form(build_pack_report(pack, shown), INSPECTION_REPORT, form)
        stored = store_file(content, name=name, media_type=MEDIA_TYPES[form], kind=FILE_KIND, actor=actor)
        pack_file = record_pack_file(pack, form + mark, digest=stored.digest, name=name, actor=actor)
    return StoredDocument(digest=pack_file.digest, name=pack_file.name, media_type=MEDIA_TYPES[form])

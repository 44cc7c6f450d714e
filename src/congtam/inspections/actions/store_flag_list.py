"""Keep the workbook that lists every dossier of every red flag of a pack (lưu danh sách hồ sơ có dấu hiệu)."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Final

from congtam.foundation.files import is_stored, store_file
from congtam.foundation.public import Actor
from congtam.inspections.domain.content import FileLine, PackContent
from congtam.inspections.flag_workbook import flag_workbook
from congtam.inspections.frame import Frame
from congtam.kernel.periods import Period
from congtam.kernel.spreadsheets import XLSX_TYPE
from congtam.org_units.public import unit_name

FLAG_LIST_KIND: Final = "flag_list"


def store_flag_list(content: PackContent, frame: Frame, *, actor: Actor) -> PackContent:
    """The content with its workbook, which is stored; unchanged where no flag names a dossier."""
    raised = [flag for flag in content.flags if flag.count]
    if not raised:
        return content
    details = frame.instants(code for flag in raised for code in flag.codes)
    flagged = [(flag, [details[code] for code in flag.codes]) for flag in raised]
    day = Period.parse(content.period).last_day
    names = {unit: unit_name(unit, day) for unit in {line.unit for line in details.values()}}
    book = flag_workbook(content, flagged, names)
    name = f"dau-hieu-{content.unit.code}-{content.period}.xlsx"
    digest = hashlib.sha256(book).hexdigest()
    if not is_stored(digest, kind=FLAG_LIST_KIND):
        store_file(book, name=name, media_type=XLSX_TYPE, kind=FLAG_LIST_KIND, actor=actor)
    return replace(content, flag_list=FileLine(name=name, digest=digest))

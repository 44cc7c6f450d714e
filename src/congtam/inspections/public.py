"""What other contexts may use of the inspections (kiểm tra)."""

from congtam.inspections.actions.prepare import LARGEST_SAMPLE, LARGEST_SEED, USUAL_SAMPLE, prepare
from congtam.inspections.actions.store_pack import record_pack_file
from congtam.inspections.domain.charts import peers_spec, trend_spec
from congtam.inspections.domain.content import PackContent
from congtam.inspections.domain.reading import shown_difference
from congtam.inspections.domain.sampling import FIRST_METHOD, METHOD, METHODS
from congtam.inspections.flag_workbook import sheet_name
from congtam.inspections.lifecycle import ANNOUNCE, OPEN, PACKS, WITHDRAW
from congtam.inspections.models import InspectionPack
from congtam.inspections.queries import (
    altered_packs,
    content_of,
    find_file,
    flagged_dossiers,
    get_visible_pack,
    may_read_documents,
    readable_content,
    visible_packs,
)
from congtam.inspections.serialization import dump
from congtam.inspections.slots import PACK_LINKS
from congtam.kernel.statistics.ranking import MINIMUM_CASES

__all__ = [
    "ANNOUNCE",
    "FIRST_METHOD",
    "LARGEST_SAMPLE",
    "LARGEST_SEED",
    "METHOD",
    "METHODS",
    "MINIMUM_CASES",
    "OPEN",
    "PACKS",
    "PACK_LINKS",
    "USUAL_SAMPLE",
    "WITHDRAW",
    "InspectionPack",
    "PackContent",
    "altered_packs",
    "content_of",
    "dump",
    "find_file",
    "flagged_dossiers",
    "get_visible_pack",
    "may_read_documents",
    "peers_spec",
    "prepare",
    "readable_content",
    "record_pack_file",
    "sheet_name",
    "shown_difference",
    "trend_spec",
    "visible_packs",
]

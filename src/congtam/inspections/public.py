"""What other contexts may use of the inspections (kiểm tra)."""

from congtam.inspections.actions.keep import keep_file
from congtam.inspections.actions.prepare import LARGEST_SAMPLE, LARGEST_SEED, USUAL_SAMPLE, prepare
from congtam.inspections.domain.charts import peers_spec, trend_spec
from congtam.inspections.domain.content import (
    DossierLine,
    FlagLine,
    IndicatorLine,
    PackContent,
    PeerLine,
    RankLine,
    Receipt,
    SampleLine,
    SampleSection,
    StratumLine,
    Trend,
    TrendPoint,
    UnitLine,
    Wording,
)
from congtam.inspections.domain.ranking import MINIMUM_CASES
from congtam.inspections.models import InspectionPack
from congtam.inspections.queries import (
    altered_packs,
    content_for,
    content_of,
    find_file,
    get_visible_pack,
    visible_packs,
)
from congtam.inspections.slots import PACK_LINKS
from congtam.inspections.wire import dump

__all__ = [
    "LARGEST_SAMPLE",
    "LARGEST_SEED",
    "MINIMUM_CASES",
    "PACK_LINKS",
    "USUAL_SAMPLE",
    "DossierLine",
    "FlagLine",
    "IndicatorLine",
    "InspectionPack",
    "PackContent",
    "PeerLine",
    "RankLine",
    "Receipt",
    "SampleLine",
    "SampleSection",
    "StratumLine",
    "Trend",
    "TrendPoint",
    "UnitLine",
    "Wording",
    "altered_packs",
    "content_for",
    "content_of",
    "dump",
    "find_file",
    "get_visible_pack",
    "keep_file",
    "peers_spec",
    "prepare",
    "trend_spec",
    "visible_packs",
]

"""What other contexts may use of the inspections (kiểm tra)."""

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
from congtam.inspections.wire import dump, load

__all__ = [
    "MINIMUM_CASES",
    "DossierLine",
    "FlagLine",
    "IndicatorLine",
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
    "dump",
    "load",
    "peers_spec",
    "trend_spec",
]

"""The parts of an inspection pack, for rooms that print them (nội dung bộ hồ sơ kiểm tra)."""

from congtam.inspections.domain.content import (
    Breakdown,
    BreakdownRow,
    DossierLine,
    FlagLine,
    IndicatorLine,
    PackFigure,
    PeerLine,
    RankLine,
    SampleLine,
    SampleSection,
    StratumLine,
    Trend,
    TrendPoint,
    UnitLine,
)

__all__ = [
    "Breakdown",
    "BreakdownRow",
    "DossierLine",
    "FlagLine",
    "IndicatorLine",
    "PackFigure",
    "PeerLine",
    "RankLine",
    "SampleLine",
    "SampleSection",
    "StratumLine",
    "Trend",
    "TrendPoint",
    "UnitLine",
]

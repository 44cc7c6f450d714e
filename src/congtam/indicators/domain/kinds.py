"""How the rows of an indicator become one number (cách tính)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from congtam.kernel.localized_text import LocalizedText


class Kind(StrEnum):
    """How the rows become one number (cách tính)."""

    RATE = "rate"
    COUNT = "count"
    SUM = "sum"
    MEAN = "mean"
    RATIO = "ratio_of_sums"
    MEDIAN = "median"
    QUANTILE = "quantile"
    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    DISTINCT = "distinct"
    DISTINCT_RATE = "distinct_rate"
    STOCK = "stock"
    RATE_IN_HAND = "rate_in_hand"
    DIFFERENCE = "difference"
    RATIO_OF_PARTS = "ratio_of_indicators"
    WEIGHTED_MEAN = "weighted_mean"
    INDEX = "index"
    GROWTH = "growth"


ADDITIVE: Final = frozenset({Kind.RATE, Kind.COUNT, Kind.SUM, Kind.MEAN, Kind.RATIO})
"""Kinds whose parts of a period are the sums of the parts of its months."""
AT_AN_INSTANT: Final = frozenset({Kind.STOCK, Kind.RATE_IN_HAND})
"""Kinds without a period column: their expressions speak of the instant ``:as_of`` and of the period's ends."""
RANKED: Final = frozenset({Kind.MEDIAN, Kind.QUANTILE, Kind.MINIMUM, Kind.MAXIMUM})
"""Kinds that yield one of the values, by its rank among all."""
OF_VALUES: Final = RANKED | {Kind.DISTINCT, Kind.DISTINCT_RATE}
"""Kinds that rest on how often each value occurs; they are exact for each level and do not add up."""
COUNTED: Final = frozenset({Kind.COUNT, Kind.STOCK, Kind.SUM, Kind.DISTINCT})
"""Kinds whose value is the numerator: nothing counts as 0."""
ROWS_COUNT: Final = frozenset({Kind.RATE, Kind.COUNT, Kind.STOCK, Kind.RATE_IN_HAND})
"""Kinds whose numerator is how many rows count."""
OUT_OF_ROWS: Final = ROWS_COUNT | RANKED | {Kind.SUM, Kind.MEAN}
"""Kinds whose denominator is how many rows there are."""
COMPOSED: Final = frozenset(
    {Kind.DIFFERENCE, Kind.RATIO_OF_PARTS, Kind.WEIGHTED_MEAN, Kind.INDEX, Kind.GROWTH}
)
"""Kinds that are made of other indicators, not of rows."""
NEEDS_VALUE: Final = OF_VALUES | {Kind.SUM, Kind.MEAN, Kind.RATIO}

SENTENCES: Final[Mapping[Kind, LocalizedText]] = {
    Kind.RATE: LocalizedText(
        vi="Tỷ lệ {counts} trong tổng số {out_of}.", en="The share of {counts} among {out_of}."
    ),
    Kind.RATE_IN_HAND: LocalizedText(
        vi="Tỷ lệ {counts} trong tổng số {out_of}, tính đến cuối kỳ (hoặc hiện tại, nếu kỳ chưa kết thúc).",
        en="The share of {counts} among {out_of}, as of the end of the period (or now, if it has not ended).",
    ),
    Kind.COUNT: LocalizedText(
        vi="Số {counts}, trong tổng số {out_of}.", en="The number of {counts}, among {out_of}."
    ),
    Kind.MEAN: LocalizedText(
        vi="Trung bình cộng {counts} của {out_of}.", en="The mean of {counts} of {out_of}."
    ),
    Kind.MEDIAN: LocalizedText(
        vi="Trung vị {counts} của {out_of}: một nửa số hồ sơ không vượt quá giá trị này.",
        en="The median of {counts} of {out_of}: half of them do not exceed it.",
    ),
    Kind.STOCK: LocalizedText(
        vi="Số {counts} tại thời điểm cuối kỳ (hoặc hiện tại, nếu kỳ chưa kết thúc), trong tổng số {out_of}.",
        en="The number of {counts} at the end of the period (or now, if it has not ended), among {out_of}.",
    ),
    Kind.SUM: LocalizedText(vi="Tổng {counts} của {out_of}.", en="The sum of {counts} of {out_of}."),
    Kind.RATIO: LocalizedText(
        vi="Tổng {counts} chia cho tổng {out_of}.", en="The sum of {counts} divided by the sum of {out_of}."
    ),
    Kind.QUANTILE: LocalizedText(
        vi="Phân vị {quantile} của {counts}, trong {out_of}: tỷ lệ {quantile} số dòng không vượt quá giá trị này.",
        en="The {quantile} quantile of {counts} of {out_of}: so many of them do not exceed it.",
    ),
    Kind.MINIMUM: LocalizedText(vi="{counts} nhỏ nhất của {out_of}.", en="The least {counts} of {out_of}."),
    Kind.MAXIMUM: LocalizedText(
        vi="{counts} lớn nhất của {out_of}.", en="The greatest {counts} of {out_of}."
    ),
    Kind.DISTINCT: LocalizedText(
        vi="Số {counts} khác nhau trong {out_of}.", en="The number of different {counts} among {out_of}."
    ),
    Kind.DISTINCT_RATE: LocalizedText(
        vi="Tỷ lệ {counts} trong số các giá trị khác nhau của {out_of}.",
        en="The share of {counts} among the different values of {out_of}.",
    ),
    Kind.DIFFERENCE: LocalizedText(
        vi="Hiệu của hai chỉ tiêu thành phần: chỉ tiêu thứ nhất trừ chỉ tiêu thứ hai.",
        en="The difference of two indicators: the first less the second.",
    ),
    Kind.RATIO_OF_PARTS: LocalizedText(
        vi="Tỷ số của hai chỉ tiêu thành phần: chỉ tiêu thứ nhất chia chỉ tiêu thứ hai.",
        en="The ratio of two indicators: the first divided by the second.",
    ),
    Kind.WEIGHTED_MEAN: LocalizedText(
        vi="Trung bình có trọng số của các chỉ tiêu thành phần.", en="The weighted mean of its parts."
    ),
    Kind.INDEX: LocalizedText(
        vi="Tổng điểm của các chỉ tiêu thành phần; mỗi chỉ tiêu được điểm theo tỷ lệ, tối đa từ mức điểm tuyệt đối.",
        en="The sum of the points of its parts; each has points in proportion, all of them from its full mark on.",
    ),
    Kind.GROWTH: LocalizedText(
        vi="Mức tăng trưởng của chỉ tiêu thành phần so với kỳ so sánh.",
        en="The growth of its part against the period it is compared with.",
    ),
}

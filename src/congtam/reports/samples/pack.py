"""A made-up inspection pack with every part (bộ số liệu mẫu): for previews of the report, and for its tests."""

from __future__ import annotations

from congtam.inspections.pack_content import (
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
from congtam.inspections.public import PackContent
from congtam.kernel.localized_text import LocalizedText

ON_TIME = LocalizedText(vi="Tỷ lệ hồ sơ giải quyết đúng hạn, trước hạn", en="Dossiers finished on time")


def sample_figure(code: str, numerator: int, denominator: int, *, period: str = "2025-Q3") -> PackFigure:
    return PackFigure(
        code=code,
        unit="024",
        period=period,
        definition_version="1",
        data_version="7",
        map="then",
        as_of="2025-10-01T00:00:00+07:00",
        numerator=numerator,
        denominator=denominator,
        value=numerator / denominator if denominator else None,
        digest=f"{numerator:08x}" * 8,
        low=0.6,
        high=0.99,
    )


def sample_on_time_line() -> IndicatorLine:
    peers = [
        ("024", "Thành phố Hà Giang", 1911, 1998),
        ("026", "Huyện Đồng Văn", 900, 912),
        ("027", "Huyện Mèo Vạc", 800, 850),
    ]
    return IndicatorLine(
        code="dossiers.on_time_rate",
        name=ON_TIME,
        kind="rate",
        measure="share",
        better="higher",
        now=sample_figure("dossiers.on_time_rate", 1911, 1998),
        previous=sample_figure("dossiers.on_time_rate", 1850, 1900, period="2025-Q2"),
        last_year=sample_figure("dossiers.on_time_rate", 0, 0, period="2024-Q3"),
        target=0.98,
        target_source="Kế hoạch năm 2025",
        meets=False,
        rank=RankLine(place=2, best=2, worst=3, ranked=3, unranked=1),
        peers=tuple(
            PeerLine(code=code, name=name, numerator=k, denominator=n, value=k / n)
            for code, name, k, n in peers
        ),
    )


def sample_count_line(code: str, vi: str, number: int) -> IndicatorLine:
    name = LocalizedText(vi=vi, en=code)
    now = sample_figure(code, number, number)
    now = PackFigure(**{**vars(now), "value": number})
    return IndicatorLine(code=code, name=name, kind="count", measure="dossiers", better="none", now=now)


def sample_flag_line() -> FlagLine:
    rows = tuple(sample_dossier_line(number) for number in range(1, 6))
    return FlagLine(
        code="flags.last_hour",
        name=LocalizedText(
            vi="Kết thúc trong giờ cuối trước hạn", en="Finished in the last hour before the deadline"
        ),
        why=LocalizedText(
            vi="Có thể ghi nhận kết thúc để kịp hạn khi kết quả chưa có.",
            en="May be stamped to look on time.",
        ),
        weight=2.0,
        count=41,
        rows=rows,
    )


def sample_dossier_line(number: int) -> DossierLine:
    return DossierLine(
        code=f"H22.24-250701-{number:04d}",
        unit="024",
        procedure="Đăng ký biến động về quyền sử dụng đất, quyền sở hữu tài sản gắn liền với đất",
        received_on="2025-07-01",
        due_on="2025-07-21",
        finished_on="2025-07-21",
        state="returned",
    )


def sample_pack_content() -> PackContent:
    months = [f"2024-{month:02d}" for month in range(9, 13)] + [f"2025-{month:02d}" for month in range(1, 10)]
    points = tuple(
        TrendPoint(month=month, value=None if month == "2025-02" else 0.93 + 0.004 * index, denominator=600)
        for index, month in enumerate(months)
    )
    rows = tuple(
        SampleLine(
            dossier=sample_dossier_line(number),
            stratum="Đất đai" if number < 13 else "Hộ tịch",
            weight=3.0 if number % 2 else 1.0,
            probability=0.12 if number % 2 else 0.04,
            reasons=("flags.last_hour",) if number % 2 else (),
        )
        for number in range(1, 21)
    )
    strata = (
        StratumLine(name="Đất đai", population=1200, size=12),
        StratumLine(name="Hộ tịch", population=841, size=8),
    )
    return PackContent(
        unit=UnitLine(
            code="024",
            name="Thành phố Hà Giang",
            kind=LocalizedText(vi="Thành phố thuộc tỉnh", en="City"),
            parent_code="02",
            parent_name="Tỉnh Hà Giang",
            province_name="Tỉnh Hà Giang",
        ),
        period="2025-Q3",
        map_on="2025-09-30",
        data_version="7",
        indicators=(
            sample_count_line("dossiers.received", "Hồ sơ tiếp nhận", 2041),
            sample_count_line("dossiers.finished", "Hồ sơ đã giải quyết", 1998),
            sample_on_time_line(),
            sample_count_line("dossiers.open_overdue", "Hồ sơ quá hạn chưa giải quyết xong", 12),
        ),
        trends=(Trend(code="dossiers.on_time_rate", name=ON_TIME, target=0.98, points=points),),
        flags=(sample_flag_line(),),
        sample=SampleSection(method="pareto-1", seed=7, population=2041, strata=strata, rows=rows),
        synthetic=True,
        flag_names={"flags.last_hour": sample_flag_line().name},
    )

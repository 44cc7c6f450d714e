"""Part II of the report: the figures against target, past and peers (kết quả theo số liệu)."""

from __future__ import annotations

from congtam.inspections.pack_content import IndicatorLine, RankLine
from congtam.inspections.public import MINIMUM_CASES, PackContent, peers_spec, shown_difference, trend_spec
from congtam.kernel.periods import Period
from congtam.reports.inspection.writing import (
    bound_figure_runs,
    count_text,
    percent_points,
    target_value_text,
    value_text,
)
from congtam.typesetting.public import (
    Block,
    Bullets,
    Chart,
    Heading,
    Paragraph,
    Runs,
    Table,
    TableColumn,
    Text,
)
from congtam.ui.public import MISSING

HEADLINE = "dossiers.on_time_rate"


def results(content: PackContent) -> tuple[Block, ...]:
    """The figures of the unit, first as a table, then what follows from them."""
    return (
        Heading("II. KẾT QUẢ THEO SỐ LIỆU"),
        Heading("1. Các chỉ tiêu trong kỳ", 2),
        _results_table(content),
        Paragraph((Text(_table_note(content)),), note=True),
        *_trend_charts(content),
        Heading("2. So với mục tiêu", 2),
        *_target_blocks(content),
        Heading("3. So với đơn vị cùng cấp", 2),
        *_peer_rank_blocks(content),
    )


def _results_table(content: PackContent) -> Table:
    with_previous = not Period.parse(content.period).is_compared_once
    columns = (
        TableColumn("TT", 1.1, "center"),
        TableColumn("Chỉ tiêu", 3.6 if with_previous else 5.7),
        TableColumn("Kỳ này", 2.1, "right"),
        TableColumn("Mục tiêu", 1.6, "right"),
        *((TableColumn("Kỳ trước", 2.1, "right"),) if with_previous else ()),
        TableColumn("Cùng kỳ năm trước", 2.1, "right"),
        TableColumn("Thứ hạng (khoảng)", 2.5, "center"),
    )
    rows = tuple(
        _result_row(content, line, number=number, with_previous=with_previous)
        for number, line in enumerate(content.indicators, start=1)
    )
    return Table(columns=columns, rows=rows, caption="Bảng 1. Các chỉ tiêu trong kỳ", size=11)


def _result_row(
    content: PackContent, line: IndicatorLine, *, number: int, with_previous: bool
) -> tuple[Runs, ...]:
    unit = content.unit.name
    return (
        (Text(str(number)),),
        (Text(line.name.vi),),
        bound_figure_runs(line, line.now, unit=unit, bold=line.meets is False),
        (Text(target_text(line)),),
        *((bound_figure_runs(line, line.previous, unit=unit),) if with_previous else ()),
        bound_figure_runs(line, line.last_year, unit=unit),
        (Text(rank_text(line.rank)),),
    )


def target_text(line: IndicatorLine) -> str:
    """The target with its direction."""
    if line.target is None:
        return MISSING
    sign = "≤" if line.better == "lower" else "≥"
    return f"{sign}\u00a0{target_value_text(line.target, line.measure)}"


def rank_text(rank: RankLine | None) -> str:
    """``4/11 (3-7)``; no band where the place is clear, a dash where nothing can be ranked."""
    if rank is None:
        return MISSING
    band = "" if rank.best == rank.worst else f" ({rank.best}-{rank.worst})"
    return f"{rank.place}/{rank.ranked}{band}"


def _table_note(content: PackContent) -> str:
    hidden = " Người lập báo cáo không có quyền xem số liệu của đơn vị cùng cấp nên không xếp hạng."
    return (
        "Ghi chú: số in đậm là chỉ tiêu chưa đạt mục tiêu. Thứ hạng tính trong các đơn vị cùng cấp hành chính, "
        "cùng cấp trên trực tiếp, "
        f"có từ {MINIMUM_CASES} hồ sơ trở lên; trong ngoặc là khoảng thứ hạng với độ tin cậy 90 %: "
        f"trong khoảng đó, "
        f"số hồ sơ chưa đủ để phân biệt hơn kém.{hidden if content.peers_hidden else ''}"
    )


def _trend_charts(content: PackContent) -> list[Block]:
    return [
        Chart(
            spec=trend_spec(trend),
            alt=_trend_alt_text(trend.name.vi, [(p.month, p.value) for p in trend.points]),
            caption=f"Biểu đồ {number}. {trend.name.vi} theo tháng (đường đứt: mục tiêu)"
            if trend.target is not None
            else f"Biểu đồ {number}. {trend.name.vi} theo tháng",
        )
        for number, trend in enumerate(content.trends, start=1)
        if sum(point.value is not None for point in trend.points) > 1
    ]


def _trend_alt_text(name: str, points: list[tuple[str, float | None]]) -> str:
    written = "; ".join(f"tháng {month}: {value_text(value, 'share')}" for month, value in points)
    return f"{name} theo tháng. {written}."


def _target_blocks(content: PackContent) -> list[Block]:
    missed = [line for line in content.indicators if line.meets is False]
    reached = [line for line in content.indicators if line.meets]
    blocks: list[Block] = []
    if reached:
        names = "; ".join(line.name.vi for line in reached)
        blocks.append(Paragraph((Text(f"Đạt mục tiêu {len(reached)} chỉ tiêu: {names}."),)))
    if missed:
        blocks.append(Paragraph((Text(f"Chưa đạt mục tiêu {len(missed)} chỉ tiêu:"),)))
        blocks.append(Bullets(tuple(_missed_target(content, line) for line in missed)))
    if not reached and not missed:
        blocks.append(Paragraph((Text("Không có chỉ tiêu nào có mục tiêu còn hiệu lực trong kỳ."),)))
    return blocks


def _missed_target(content: PackContent, line: IndicatorLine) -> Runs:
    counts = f" ({count_text(line.now.numerator)}/{count_text(line.now.denominator)} hồ sơ)"
    return (
        Text(f"{line.name.vi}: đạt "),
        *bound_figure_runs(line, line.now, unit=content.unit.name, bold=True),
        Text(
            f"{counts if line.measure == 'share' else ''}, {_target_gap_text(line)}{_change_since_last_year(line)}."
        ),
    )


def _target_gap_text(line: IndicatorLine) -> str:
    if line.target is None or line.now.value is None:
        return "chưa có mục tiêu"
    gap = shown_difference(line.now.value, line.target, line.measure)
    distance = percent_points(gap) if line.measure == "share" else value_text(abs(gap), line.measure)
    side = "thấp hơn" if gap < 0 else "cao hơn"
    return f"{side} mục tiêu {target_value_text(line.target, line.measure)} là {distance}"


def _change_since_last_year(line: IndicatorLine) -> str:
    if line.last_year is None or line.last_year.value is None or line.now.value is None:
        return ""
    gap = shown_difference(line.now.value, line.last_year.value, line.measure)
    distance = percent_points(gap) if line.measure == "share" else value_text(abs(gap), line.measure)
    if gap == 0:
        return "; không đổi so với cùng kỳ năm trước"
    return f"; {'tăng' if gap > 0 else 'giảm'} {distance} so với cùng kỳ năm trước"


def _peer_rank_blocks(content: PackContent) -> list[Block]:
    line = content.indicator(HEADLINE)
    if line is None or line.rank is None:
        return [Paragraph((Text(_no_rank(content)),))]
    unclear = (
        f" Với số hồ sơ hiện có, thứ hạng thật có thể từ {line.rank.best} đến {line.rank.worst} (độ tin "
        f"cậy 90 %)."
        if line.rank.best != line.rank.worst
        else ""
    )
    small = (
        f" Có {line.rank.unranked} đơn vị không xếp hạng vì dưới {MINIMUM_CASES} hồ sơ."
        if line.rank.unranked
        else ""
    )
    text = f"{line.name.vi}: xếp thứ {line.rank.place} trong {line.rank.ranked} đơn vị.{unclear}{small}"
    number = len(_trend_charts(content)) + 1
    dashed = " (đường đứt: mục tiêu)" if line.target is not None else ""
    chart = Chart(
        spec=peers_spec(line, content.unit.code),
        alt=f"{line.name.vi} của các đơn vị cùng cấp, kèm khoảng tin cậy 95 %. {text}",
        caption=f"Biểu đồ {number}. {line.name.vi} của các đơn vị cùng cấp{dashed}",
    )
    return [Paragraph((Text(text),)), chart]


def _no_rank(content: PackContent) -> str:
    if content.peers_hidden:
        return "Không so sánh: người lập báo cáo không có quyền xem số liệu của đơn vị cùng cấp."
    return f"Không xếp hạng: không có đủ hai đơn vị cùng cấp có từ {MINIMUM_CASES} hồ sơ trở lên trong kỳ."

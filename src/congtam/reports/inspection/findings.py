"""Parts IV and V of the report: the sample, proposals (mẫu, đề nghị)."""

from __future__ import annotations

from congtam.inspections.public import FIRST_METHOD, PackContent
from congtam.reports.inspection.breakdowns import table_count
from congtam.reports.inspection.writing import count_text, grouped_digest, unit_name_in_sentence
from congtam.typesetting.public import Block, Bullets, Heading, Paragraph, Table, TableColumn, Text

REPORT_DAYS_BEFORE = 3
"""Working days before the visit by which the unit reports: Hà Nội, QĐ 4843/QĐ-UBND of 23/9/2025."""


def sample_section(content: PackContent) -> tuple[Block, ...]:
    """How the sample was drawn, so that the unit can draw it again."""
    drawn = content.sample
    if not drawn.population:
        reason = (
            "Trong kỳ, đơn vị không có hồ sơ nào được tiếp nhận, kết thúc hoặc còn tồn, nên không chọn mẫu."
        )
        return (Heading("IV. MẪU HỒ SƠ KIỂM TRA"), Paragraph((Text(reason),)))
    text = (
        f"Chọn {count_text(drawn.size)} hồ sơ trong {count_text(drawn.population)} hồ sơ được tiếp "
        f"nhận, kết thúc trong kỳ "
        f"hoặc còn tồn cuối kỳ. Cách chọn: {_strata_text(drawn.method)}, xác suất chọn tỷ lệ với trọng số rủi "
        "ro (hồ sơ có dấu hiệu "
        f"ở mục III có trọng số lớn hơn), phương pháp {drawn.method}, số khởi tạo {drawn.seed}. Đơn vị "
        f"được kiểm tra có thể "
        "tự chọn lại từ cùng dữ liệu và phải ra đúng danh sách này. Tỷ lệ sai sót của toàn bộ hồ sơ được ước "
        "lượng từ kết quả kiểm tra mẫu theo ước lượng Hájek, không phải tỷ lệ của riêng mẫu."
    )
    columns = (
        TableColumn("TT", 1.1, "center"),
        TableColumn("Tầng", 8),
        TableColumn("Số hồ sơ", 2.2, "right"),
        TableColumn("Số hồ sơ chọn", 2.2, "right"),
    )
    rows = tuple(
        (
            (Text(str(number)),),
            (Text(stratum.name),),
            (Text(count_text(stratum.population)),),
            (Text(count_text(stratum.size)),),
        )
        for number, stratum in enumerate(drawn.strata, start=1)
    )
    table = Table(
        columns=columns, rows=rows, caption=f"Bảng {3 + table_count(content)}. Phân bổ mẫu theo tầng", size=12
    )
    return (
        Heading("IV. MẪU HỒ SƠ KIỂM TRA"),
        Paragraph((Text(text),)),
        *((table,) if rows else ()),
        Paragraph((Text("Danh sách hồ sơ mẫu, xác suất chọn và lý do chọn từng hồ sơ nêu tại Phụ lục."),)),
    )


def _strata_text(method: str) -> str:
    if method == FIRST_METHOD:
        return "phân tầng theo lĩnh vực"
    return (
        "hồ sơ có dấu hiệu xếp vào tầng của dấu hiệu hiếm nhất mà hồ sơ mang, hồ sơ khác xếp vào tầng theo lĩnh "
        "vực; một nửa mẫu chia đều cho các dấu hiệu, phần còn lại chia theo tổng trọng số, mỗi tầng ít nhất 02 hồ sơ"
    )


def _where_listed(content: PackContent) -> str:
    """Where the unit finds every dossier it is to explain."""
    file = content.flag_list
    if file is None:
        return ""
    return f", liệt kê đầy đủ tại tệp {file.name} kèm theo (mã băm SHA-256: {grouped_digest(file.digest)})"


def proposals_section(content: PackContent) -> tuple[Block, ...]:
    """What the unit is asked to do before the visit."""
    unit = unit_name_in_sentence(content.unit.name)
    days = f"chậm nhất {REPORT_DAYS_BEFORE:02d} ngày làm việc trước ngày kiểm tra"
    items: list[str] = []
    if content.sample.size:
        items.append(
            f"Chuẩn bị hồ sơ giấy và hồ sơ điện tử của {count_text(content.sample.size)} hồ sơ mẫu, "
            f"cung cấp cho "
            f"Đoàn kiểm tra {days};"
        )
    missed = [line.name.vi for line in content.indicators if line.meets is False]
    if missed:
        items.append(
            f"Báo cáo nguyên nhân, trách nhiệm và giải pháp đối với chỉ tiêu chưa đạt: {'; '.join(missed)};"
        )
    raised = [flag for flag in content.flags if flag.count]
    if raised:
        names = "; ".join(f"{flag.name.vi} ({count_text(flag.count)} hồ sơ)" for flag in raised)
        items.append(f"Rà soát và giải trình từng hồ sơ có dấu hiệu{_where_listed(content)}: {names};")
    if not content.sample.population:
        items.append(
            "Xác nhận bằng văn bản việc không phát sinh hồ sơ trong kỳ, hoặc bổ sung hồ sơ còn thiếu;"
        )
    items.append("Đối chiếu số liệu tại các phụ lục; nếu có chênh lệch, nêu rõ hồ sơ và căn cứ để tính lại.")
    return (
        Heading("V. ĐỀ NGHỊ"),
        Paragraph((Text(f"Đoàn kiểm tra đề nghị {unit}:"),)),
        Bullets(tuple((Text(item),) for item in items)),
    )

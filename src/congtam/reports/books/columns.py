"""The columns of the book of dossiers (sổ theo dõi hồ sơ), shared by screen, .xlsx, .docx and PDF."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext as _

from congtam.dossiers.printing.public import BookLine
from congtam.dossiers.public import STATE_LABELS
from congtam.reports.letterheads import short_moment
from congtam.typesetting.public import TableColumn

COLUMNS: Final = (
    TableColumn("STT", 0.75, "center"),
    TableColumn("Mã hồ sơ", 3.0),
    TableColumn("Nội dung hồ sơ", 3.0),
    TableColumn("Số lượng (bộ)", 0.8, "center"),
    TableColumn("Họ tên chủ hồ sơ", 1.8),
    TableColumn("Địa chỉ", 2.0),
    TableColumn("Số điện thoại", 1.55),
    TableColumn("Ngày nhận", 1.45, "center"),
    TableColumn("Ngày hẹn trả", 1.45, "center"),
    TableColumn("Ngày nhận kết quả", 1.45, "center"),
    TableColumn("Bên giao ký", 0.9),
    TableColumn("Bên nhận ký", 0.9),
    TableColumn("Ghi chú", 1.2),
)
"""As domain practice and the circulars have them; the two for signatures are left empty for the pen."""
_SIGNED: Final = 10
STATES_VI: Final = {
    "received": "Đã tiếp nhận",
    "in_progress": "Đang xử lý",
    "awaiting_supplement": "Chờ bổ sung",
    "awaiting_payment": "Chờ nộp phí",
    "finished": "Đã có kết quả",
    "returned": "Đã trả kết quả",
    "refused": "Từ chối",
    "withdrawn": "Đã rút",
    "stopped": "Dừng giải quyết",
}


def titles() -> tuple[str, ...]:
    """The titles in the language of the screen."""
    return (
        _("Order"), _("Dossier code"), _("Content"), _("Sets"), _("Owner of the dossier"), _("Address"), _("Phone"),
        _("Received on"), _("Due on"), _("Result received on"), _("Note"),
    )  # fmt: skip


def printed_cells(position: int, line: BookLine) -> tuple[str, ...]:
    """The cells of a line on paper."""
    return (
        str(position),
        line.code,
        line.procedure,
        f"{line.sets:02}",
        line.applicant,
        line.address,
        line.phone,
        short_moment(line.received_at),
        short_moment(line.due_at),
        short_moment(line.returned_at),
        "",
        "",
        STATES_VI.get(line.state, line.state),
    )


def shown_cells(position: int, line: BookLine) -> tuple[str, ...]:
    """The same on the screen: nothing to sign, the state in the language of the reader."""
    return (*printed_cells(position, line)[:_SIGNED], str(STATE_LABELS[line.state].text))

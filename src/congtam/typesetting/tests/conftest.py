"""What the tests of documents share: the fonts, and one document that has every part."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from congtam.foundation.files import frontend_dir
from congtam.typesetting.domain.document import (
    Annex,
    Attachment,
    BoundFigure,
    Bullets,
    Chart,
    Heading,
    Issuer,
    OfficialDocument,
    PageBreak,
    Paragraph,
    Signer,
    Table,
    TableColumn,
    Text,
)

VIETNAMESE = (
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬBCDĐEÈẺẼÉẸÊỀỂỄẾỆGHIÌỈĨÍỊKLMNOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢPQRSTUÙỦŨÚỤƯỪỬỮỨỰVXYỲỶỸÝỴ₫"
)


@pytest.fixture(scope="session")
def fonts() -> Path:
    folder = frontend_dir() / "fonts"
    assert folder.is_dir(), "the front-end packages are not there: run `make setup`"
    return folder


def figure(
    code: str = "dossiers.on_time_rate", printed: str = "97,71 %", *, bold: bool = False, **receipt: Any
) -> BoundFigure:
    """A figure whose receipt is any JSON: nothing here reads it."""
    carried = {"code": code, "value": printed, "digest": "3fa9c0d1" * 8, **receipt}
    return BoundFigure(code=code, printed=printed, receipt=carried, bold=bold)


def chart(unit: str = "Đúng hạn") -> Chart:
    months = [{"tháng": f"{number:02d}/2025", "rate": 0.9 + number / 200} for number in range(1, 13)]
    return Chart(
        spec={
            "data": {"values": months},
            "width": 560,
            "height": 200,
            "mark": "line",
            "encoding": {
                "x": {"field": "tháng", "type": "ordinal", "title": "Tháng"},
                "y": {
                    "field": "rate",
                    "type": "quantitative",
                    "scale": {"zero": False},
                    "axis": {"format": ".1%", "title": unit},
                },
            },
        },
        alt="Đường tỷ lệ đúng hạn tăng dần trong năm 2025",
        caption="Biểu đồ 1. Tỷ lệ đúng hạn theo tháng",
    )


@pytest.fixture
def document() -> OfficialDocument:
    rows = tuple(
        ((Text(str(number)),), (Text(f"H22.24-250701-{number:04d}"),), (Text("Cuối hạn"),))
        for number in range(1, 71)
    )
    columns = (TableColumn("TT", 0.6, "center"), TableColumn("Mã hồ sơ", 2), TableColumn("Lý do chọn", 3))
    return OfficialDocument(
        issuer=Issuer(parent=("UBND tỉnh Hà Giang",), body=("Sở Nội vụ",)),
        symbol="BC-SNV",
        place="Hà Giang",
        date=date(2025, 10, 5),
        type_name="BÁO CÁO",
        abstract="Kết quả phân tích số liệu",
        grounds=("Căn cứ Nghị định số 118/2025/NĐ-CP", "Căn cứ Kế hoạch kiểm tra năm 2025"),
        blocks=(
            Heading("I. KHÁI QUÁT"),
            Paragraph((Text("Tỷ lệ đạt "), figure(bold=True), Text(". " + VIETNAMESE))),
            Bullets(((Text("Hồ sơ quá hạn: "), figure("dossiers.late", "46")),)),
            chart(),
            PageBreak(),
            Paragraph((Text("Đạt "), figure(), Text(" như trên.")), note=True),
        ),
        signer=Signer(capacity=("TRƯỞNG ĐOÀN",), name="Nguyễn Văn Ổn"),
        recipients=("Như trên", "Lưu: VT"),
        annexes=(
            Annex(title="DANH SÁCH", blocks=(Table(columns=columns, rows=rows, size=10),), landscape=True),
        ),
        attachments=(
            Attachment(
                name="pack.json", media_type="application/json", content=b'{"a": 1}', description="JSON"
            ),
        ),
        trace="Gói kiểm tra KT-1",
        synthetic=True,
    )

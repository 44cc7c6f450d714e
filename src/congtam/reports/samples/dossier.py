"""A made-up dossier with every paper written (hồ sơ mẫu): for previews of forms, and for the tests of printing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from congtam.dossiers.printing.public import (
    PrintedDossier,
    PrintedLetter,
    PrintedPaper,
    PrintedPerson,
    PrintedStep,
    PrintedUnit,
    Verdict,
)

WARD = PrintedUnit(
    code="00688",
    name="Phường Quang Trung",
    kind="ward",
    parent_name="Thành phố Hà Giang",
    parent_kind="city",
    province_name="Tỉnh Hà Giang",
)
AUGUST = datetime(2025, 8, 4, 2, 15, tzinfo=UTC)
OCTOBER = datetime(2025, 10, 6, 2, 15, tzinfo=UTC)
PAPERS = (
    PrintedPaper(name="Tờ khai đăng ký kết hôn theo mẫu", originals=1),
    PrintedPaper(name="Giấy xác nhận tình trạng hôn nhân", originals=1),
    PrintedPaper(name="Căn cước công dân của hai bên nam, nữ", certified=2, copies=1),
    PrintedPaper(name="Giấy tờ không nộp"),
)
CONTENT: dict[str, dict[str, Any]] = {
    "supplement": {
        "missing": ["Giấy xác nhận tình trạng hôn nhân của bên nữ", "Bản sao hộ chiếu"],
        "reason": "Thiếu giấy tờ theo quy định tại Điều 10 Nghị định số 123/2015/NĐ-CP",
    },
    "refusal": {"ground": "Không thuộc thẩm quyền", "reason": "Hai bên không cư trú trên địa bàn phường."},
    "apology": {
        "reason": "chờ kết quả xác minh của cơ quan đăng ký hộ tịch nơi cư trú trước đây",
        "old_due_at": "2025-08-07T17:00:00+07:00",
        "new_due_at": "2025-08-14T17:00:00+07:00",
    },
    "stop": {"reason": "Theo đơn đề nghị dừng giải quyết của người nộp."},
    "withdrawal": {"reason": "Người nộp tự nguyện rút hồ sơ."},
    "mistake": {
        "reason": "Cán bộ tiếp nhận chọn nhầm thủ tục hành chính",
        "replaced_by": "H22.24.08-250804-0011",
    },
}


def sample_letter(kind: str, at: datetime) -> PrintedLetter:
    """A letter of the kind, written a day after receipt."""
    return PrintedLetter(
        sequence=1,
        kind=kind,
        number="01/H22.24.08-250804-0007",
        issued_at=at + timedelta(days=1),
        issued_by="Nguyễn Thị Hoa",
        content=CONTENT[kind],
        due_at=at + timedelta(days=30) if kind == "supplement" else None,
    )


def sample_steps(at: datetime) -> tuple[PrintedStep, ...]:
    """Three hand-overs: one early, one late, one under way."""
    steps = (
        ("Bộ phận Một cửa", "Tiếp nhận hồ sơ", Verdict.ON_TIME),
        ("Công chức Tư pháp - Hộ tịch", "Thụ lý hồ sơ", Verdict.LATE),
        ("Lãnh đạo UBND phường", "Phê duyệt kết quả", Verdict.RUNNING),
    )
    return tuple(
        PrintedStep(
            office=office,
            name=name,
            handed_over_by="Nguyễn Thị Hoa",
            handed_over_at=at + timedelta(hours=hours),
            received_by="Vàng Mí Sính",
            received_at=at + timedelta(hours=hours, minutes=20),
            finished_at=at + timedelta(hours=hours + 1) if verdict is not Verdict.RUNNING else None,
            due_at=at + timedelta(hours=hours + 1),
            verdict=verdict,
            note="Chờ xác minh" if verdict is Verdict.LATE else "",
        )
        for hours, (office, name, verdict) in enumerate(steps)
    )


def sample_dossier(at: datetime = AUGUST, **changed: Any) -> PrintedDossier:
    """A marriage registered at a ward, with every letter written."""
    values: dict[str, Any] = {
        "code": "H22.24.08-250804-0007",
        "state": "in_progress",
        "unit": WARD,
        "received_at_unit": WARD,
        "procedure_code": "1.000894",
        "procedure_name": "Thủ tục đăng ký kết hôn",
        "field_name": "Hộ tịch",
        "channel": "desk",
        "person": PrintedPerson(
            name="Vừ Thị Mỷ",
            kind="citizen",
            address="Tổ 5, phường Quang Trung, thành phố Hà Giang",
            phone="0912345678",
            email="my.vu@example.vn",
            id_number="002199001234",
        ),
        "has_person": True,
        "received_at": at,
        "received_by": "Nguyễn Thị Hoa",
        "promised_at": at + timedelta(days=3, hours=8),
        "due_at": at + timedelta(days=3, hours=8),
        "finished_at": None,
        "returned_at": None,
        "limit_text": "03 ngày làm việc",
        "is_of_desk": True,
        "fee_dong": 30000,
        "payment": "cash",
        "papers": PAPERS,
        "letters": tuple(sample_letter(kind, at) for kind in CONTENT),
        "steps": sample_steps(at),
        "result": {"number": "15/2025", "summary": "Giấy chứng nhận kết hôn"},
        "return_way": "desk",
        "lookup_secret": "K7M2QXWA",
    }
    return PrintedDossier(**{**values, **changed})

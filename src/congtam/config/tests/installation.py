"""An installation to be verified: what is entered in database, warehouse and folder of files."""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import connection

from congtam.dossiers.applicant.public import AttachedFile
from congtam.dossiers.public import (
    Applicant,
    DossierRow,
    Receipt,
    StepRow,
    SuspensionRow,
    receive,
    receive_supplement,
    request_supplement,
    store_dossiers,
)
from congtam.foundation.files import FileLimits, declare_file_kind, store_file
from congtam.foundation.public import console_actor, drain_outbox
from congtam.inspections.public import prepare
from congtam.kernel.periods import Period
from congtam.procedures.public import Amount, ChannelLimit, Content, TimeLimit, TimeUnit, enter_procedure_list
from congtam.testing.doors.dossiers import answer, consult

AT = datetime(2025, 3, 3, 2, tzinfo=UTC)


def enter_stored() -> None:
    """Two dossiers with their parts in database and warehouse, a pack about them, and a file."""
    rows = [
        DossierRow(
            code=code,
            unit_code="024",
            received_at=AT,
            applicant="Vừ Thị Máy",
            attributes={"z": 1.5, "a": "Đồng Văn"},
            steps=(StepRow(sequence=1, name="Tiếp nhận", started_at=AT, attributes={"k": "v"}),),
            suspensions=(SuspensionRow(ground="supplement", started_at=AT, note="thiếu giấy"),),
        )
        for code in ("H-1", "H-2")
    ]
    store_dossiers(rows, unit_code="024", actor=console_actor(), import_key="one", source="test")
    drain_outbox()
    prepare(unit="024", period=Period.parse("2025-Q1"), seed=1, actor=console_actor())
    declare_file_kind("verify.test", FileLimits(size=100, endings=(".csv",)))
    store_file(b"a,b", name="a.csv", media_type="text/csv", kind="verify.test", actor=console_actor())


def code_at_desk() -> str:
    """The dossier that was received at the desk."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM dossiers_dossier JOIN dossiers_deskrecord r ON r.dossier_id = dossiers_dossier.id"
        )
        return str(cursor.fetchone()[0])


def enter_received() -> None:
    """A dossier received at the desk."""
    limit = TimeLimit("03 ngày làm việc", Amount.from_number(3, TimeUnit.WORKING_DAYS))
    content = Content(name="Đăng ký kết hôn", limits=(ChannelLimit(channel="desk", limit=limit),))
    enter_procedure_list({"1.000894": content}, valid_from=None, source="test", actor=console_actor())
    receipt = Receipt(procedure_code="1.000894", unit_code="024", applicant=Applicant(name="Vừ Thị Máy"))
    receive(receipt, actor=console_actor())
    drain_outbox()


def enter_steps() -> None:
    """That dossier after a few steps: with a letter, a file, a pause and its end."""
    by, received = console_actor(), code_at_desk()
    file = AttachedFile(digest="0" * 64, name="ảnh.pdf", media_type="application/pdf", size=10)
    request_supplement(received, missing=["Ảnh"], reason="Thiếu ảnh", actor=by)
    receive_supplement(received, files=[file], actor=by)
    consult(received, to_unit="026", question="Có đúng không?", answer_within_hours=8, actor=by)
    answer(received, letter=2, text="Đúng", actor=by)
    drain_outbox()

"""Internal processes: by day and unit, and lists of them with every problem told by sheet, row and column."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter

from congtam.foundation.public import actor_for, console_actor
from congtam.kernel.errors import InputRefused, NotAllowed, NotFound
from congtam.kernel.input.unreadable_files import FileUnreadable
from congtam.procedures.domain.content import Content
from congtam.procedures.domain.desk import DeskLimit, ProcessStep
from congtam.procedures.domain.processes import limit_exceeded_problem
from congtam.procedures.models import InternalProcess
from congtam.procedures.processes.edit import enter_process
from congtam.procedures.processes.import_processes import import_processes
from congtam.procedures.public import NewProcess, desk_procedure, enter_procedure_list
from congtam.testing.cast import Cast
from congtam.testing.units import enter_small_tree

pytestmark = pytest.mark.django_db
CODE, FIRST, DAY = "1.001193", date(2026, 1, 1), date(2026, 3, 2)
HEADER = (
    "Mã thủ tục",
    "Mã quy trình",
    "Mã đơn vị",
    "Hiệu lực từ",
    "Tên bước",
    "Nơi thực hiện",
    "Người thực hiện",
    "Số giờ",
)


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    enter_small_tree()
    contents = {CODE: Content(name="Khai sinh"), "1.000894": Content(name="Kết hôn")}
    enter_procedure_list(contents, valid_from=FIRST, source="test", actor=console_actor())


def step(name: str, role: str = "officer", hours: str = "4") -> ProcessStep:
    return ProcessStep(position=0, code="", name=name, office="", role=role, hours=Decimal(hours))


def process(name: str, day: date = FIRST, unit: str = "") -> NewProcess:
    steps = (step("Tiếp nhận", "clerk"), step(name))
    return NewProcess(procedure_code=CODE, valid_from=day, unit_code=unit, code="QTTP-01", steps=steps)


def enter(*news: NewProcess) -> None:
    for new in news:
        enter_process(new, actor=console_actor())


def second_step(on: date = DAY, unit: str = "") -> str:
    found = desk_procedure(CODE, on, unit_code=unit)
    assert found is not None
    return found.process[1].name


def test_without_a_process_the_steps_of_the_law_hold() -> None:
    assert second_step() == "Thụ lý hồ sơ"


def test_the_process_of_the_day_holds() -> None:
    enter(process("Cũ"), process("Mới", DAY))
    assert (second_step(date(2026, 3, 1)), second_step()) == ("Cũ", "Mới")
    assert second_step(date(2025, 12, 31)) if desk_procedure(CODE, date(2025, 12, 31)) else True


def test_an_earlier_process_entered_later_ends_where_the_next_begins() -> None:
    enter(process("Mới", DAY), process("Cũ"))
    assert (second_step(date(2026, 3, 1)), second_step()) == ("Cũ", "Mới")


def test_the_nearest_unit_with_a_process_of_its_own_decides() -> None:
    enter(process("Chung"), process("Thành phố", unit="024"), process("Phường", unit="00688"))
    assert [second_step(unit=unit) for unit in ("", "026", "024", "00691", "00688")] == [
        *("Chung", "Chung", "Thành phố", "Thành phố", "Phường")
    ]


def test_the_same_process_again_changes_nothing_and_a_correction_replaces_it() -> None:
    assert enter_process(process("Một"), actor=console_actor())
    assert not enter_process(process("Một", DAY), actor=console_actor())
    assert enter_process(process("Hai"), actor=console_actor())
    assert InternalProcess.objects.count() == 1
    assert second_step() == "Hai"


@pytest.mark.parametrize(
    ("part", "unit", "may"),
    [
        ("reform_officer", "", True),
        ("administrator", "", True),
        ("reform_officer", "024", True),
        ("unit_head", "024", False),
        ("clerk", "024", False),
        ("outsider", "024", False),
    ],
)
def test_who_may_enter(*, cast: Cast, part: str, unit: str, may: bool) -> None:
    actor = actor_for(getattr(cast, part))
    if may:
        assert enter_process(process("X", unit=unit), actor=actor)
    else:
        with pytest.raises(NotAllowed):
            enter_process(process("X", unit=unit), actor=actor)


def test_a_process_of_an_unknown_procedure_or_without_steps_is_refused() -> None:
    with pytest.raises(NotFound):
        enter(NewProcess(procedure_code="9", valid_from=FIRST, steps=(step("X"),)))
    with pytest.raises(InputRefused):
        enter(NewProcess(procedure_code=CODE, valid_from=FIRST, steps=()))


def test_steps_longer_than_the_limit_are_warned_of() -> None:
    limit = DeskLimit(value=Decimal(1), unit="working_days")
    assert limit_exceeded_problem([step("a", hours="8")], limit) is None
    warning = limit_exceeded_problem([step("a", hours="8"), step("b", hours="0.5")], limit)
    assert warning is not None
    assert warning.format_message() == "The steps take 8.5 hours in total; the time limit allows 8."


def workbook(*rows: tuple[object, ...], header: tuple[str, ...] = HEADER) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Quy trình")
    sheet.write_row(0, 0, ["DANH SÁCH QUY TRÌNH NỘI BỘ"])
    for number, row in enumerate((header, *rows), 2):
        sheet.write_row(number, 0, row)
    book.close()
    return target.getvalue()


GOOD = (
    (CODE, "QTTP-01", "", "01/02/2026", "Tiếp nhận", "Một cửa", "Công chức Một cửa", 0.5),
    ("", "", "", "", "Thẩm định", "Phòng Tư pháp", "Chuyên viên", "3,5"),
    ("", "", "", "", "Ký", "UBND", "Chủ tịch UBND xã", 3),
    ("1.000894", "QTTP-02", "024", "", "Tiếp nhận", "Một cửa", "Cán bộ tiếp nhận", 1),
)


def test_a_list_is_read_with_empty_cells_repeating_what_is_above() -> None:
    done = import_processes(workbook(*GOOD), name="qt.xlsx", valid_from=FIRST, actor=console_actor())
    assert (done.processes, done.changed, done.steps) == (2, 2, 4)
    found = desk_procedure(CODE, DAY)
    assert found is not None
    assert [(each.position, each.role, each.hours) for each in found.process] == [
        (1, "clerk", Decimal("0.5")),
        (2, "officer", Decimal("3.5")),
        (3, "unit_head", Decimal(3)),
    ]
    assert desk_procedure("1.000894", DAY, unit_code="024").process_code == "QTTP-02"  # type: ignore[union-attr]
    again = import_processes(workbook(*GOOD), name="qt.xlsx", valid_from=FIRST, actor=console_actor())
    assert again.changed == 0


def test_all_problems_of_a_list_are_told_at_once_and_nothing_is_entered() -> None:
    rows = (
        *GOOD,
        ("9.999999", "", "zz", "hôm qua", "", "", "Robot", "nhiều"),
        (CODE, "", "", "", "Duyệt", "", "Chuyên viên", -1),
    )
    with pytest.raises(InputRefused) as refused:
        import_processes(workbook(*rows), name="qt.xlsx", valid_from=FIRST, actor=console_actor())
    told = {(each.sheet, each.row, each.column) for each in refused.value.problems}
    assert told == {
        *(("Quy trình", 8, column) for column in ("Mã thủ tục", "Mã đơn vị", "Hiệu lực từ", "Tên bước")),
        *(("Quy trình", 8, column) for column in ("Người thực hiện", "Số giờ")),
        *(("Quy trình", 9, column) for column in ("Mã thủ tục", "Số giờ", "Người thực hiện")),
    }
    assert not InternalProcess.objects.exists()


@pytest.mark.parametrize(("separator", "end"), [(",", "\n"), (";", "\n"), (";", "\r")])
def test_a_csv_is_read_too(separator: str, end: str) -> None:
    lines = ["Mã thủ tục|Tên bước|Người thực hiện|Số giờ", f"{CODE}|Tiếp nhận|Một cửa|4"]
    content = end.join(lines).replace("|", separator).encode("utf-8-sig")
    assert import_processes(content, name="qt.csv", valid_from=FIRST, actor=console_actor()).steps == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.xlsx", b"nothing"),
        ("a.csv", b"a,b\n1,2\n"),
        ("a.csv", "Mã".encode("utf-16")),
        ("a.csv", b'"' + b"x" * 200_000),
    ],
)
def test_what_is_no_list_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(FileUnreadable):
        import_processes(content, name=name, valid_from=FIRST, actor=console_actor())

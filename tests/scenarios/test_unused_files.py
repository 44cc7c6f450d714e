"""Files that nothing refers to are removed after two days; whatever anything refers to stays."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from congtam.config.data_checks import check_unused_files
from congtam.dossiers.applicant.public import AttachedFile, IncomingFile, file_online
from congtam.dossiers.files.declined import forget_declined_files
from congtam.dossiers.files.public import take_file
from congtam.dossiers.models import Filing, Paper
from congtam.dossiers.public import issue_result, receive
from congtam.dossiers.tests import desk
from congtam.foundation.files import store_file, stored_path
from congtam.foundation.models import StoredFile
from congtam.foundation.public import set_installation_notes, unused_count
from congtam.foundation.unused_files import remove_strays, remove_unused
from congtam.kernel.clock import FixedClock
from congtam.kernel.errors import NotFound
from congtam.portal.filing import drafts
from congtam.testing.cast import Cast
from congtam.testing.doors.dossiers import attach, decline_filing
from congtam.testing.ledger import audit_lines
from congtam.testing.prepared import FROZEN, prepared

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
@prepared(desk.enter_procedures, at=FROZEN)
def at_the_desk(warehouse_dir: Path, frozen_clock: FixedClock, *, small_tree: None, cast: Cast) -> None: ...


def pdf(text: str) -> io.BytesIO:
    return io.BytesIO(b"%PDF-1.4\n" + text.encode() + b"\n%%EOF\n")


def taken(text: str, cast: Cast, *, name: str = "a.pdf") -> AttachedFile:
    return take_file(IncomingFile(pdf(text), name), actor=desk.part(cast, "clerk"))


def is_kept(file: AttachedFile) -> bool:
    try:
        return stored_path(file.digest).is_file()
    except NotFound:
        return False


def days_pass(clock: FixedClock, days: float) -> None:
    """All that was stored so far was stored at the clock's now; then time passes."""
    StoredFile.objects.update(stored_at=clock.now())
    clock.advance(timedelta(days=days))


def test_what_was_never_attached_goes_after_two_days_on_record(cast: Cast, frozen_clock: FixedClock) -> None:
    file = taken("lost", cast)
    days_pass(frozen_clock, 1.9)
    assert (unused_count(), remove_unused(), is_kept(file)) == (0, 0, True)
    frozen_clock.advance(timedelta(days=0.2))
    assert unused_count() == 1
    assert "1 tệp không dùng" in check_unused_files().observation
    assert (remove_unused(), is_kept(file)) == (1, False)
    assert [(line.verb, line.key) for line in audit_lines(kind="file")] == [("file.forgotten", file.digest)]
    assert not StoredFile.objects.exists()


def test_whatever_anything_refers_to_stays(cast: Cast, frozen_clock: FixedClock) -> None:
    clerk, head = desk.part(cast, "clerk"), desk.part(cast, "unit_head")
    attached, scanned, filed, drafted = (taken(text, cast) for text in ("a", "b", "c", "d"))
    receive(replace(desk.application(), files=(replace(scanned, position=0),)), actor=clerk)
    code = desk.approved(cast).code
    result = taken("e", cast)
    issue_result(code, summary="Giấy", file=result, actor=head)
    attach(code, file=replace(attached, kind="result"), actor=clerk)
    file_online(
        replace(desk.filed_application(), files=(replace(filed, position=0), replace(filed, position=1)))
    )
    draft = drafts.begin_draft(desk.MARRIAGE, browser="b", form_snapshot={})
    drafts.add_files(draft, [IncomingFile(pdf("d"), "d.pdf")])
    days_pass(frozen_clock, 20)
    assert remove_unused() == 0
    assert all(map(is_kept, (attached, scanned, filed, drafted, result)))
    Paper.objects.all().delete()
    assert remove_unused() == 2  # the result stands with the dossier itself
    assert is_kept(result)


def test_content_kept_as_another_kind_or_stored_anew_stays(cast: Cast, frozen_clock: FixedClock) -> None:
    file = taken("twice", cast)
    content = pdf("twice").getvalue()
    clerk = desk.part(cast, "clerk")
    store_file(content, name="f.pdf", media_type="application/pdf", kind="procedure_form", actor=clerk)
    days_pass(frozen_clock, 3)
    assert (remove_unused(), is_kept(file)) == (1, True)
    again = taken("anew", cast)
    days_pass(frozen_clock, 3)
    taken("anew", cast)
    assert (remove_unused(), is_kept(again)) == (0, True)


def test_files_of_a_declined_filing_go_when_their_time_is_over(cast: Cast, frozen_clock: FixedClock) -> None:
    set_installation_notes(declined_filing_days=30)
    file, clerk = taken("filed", cast), desk.part(cast, "clerk")
    scans = (replace(file, position=0), replace(file, position=1))
    filing = file_online(replace(desk.filed_application(), files=scans))
    waiting = file_online(replace(desk.filed_application(), files=scans))
    decline_filing(filing.code, reason="Thiếu", actor=clerk)
    days_pass(frozen_clock, 31)
    forget_declined_files()
    assert Filing.objects.get(code=filing.code).files == []
    assert Filing.objects.get(code=waiting.code).files != []
    assert (remove_unused(), is_kept(file)) == (0, True)
    assert [line.verb for line in audit_lines(kind="filing")][-1] == "filing.files_forgotten"
    decline_filing(waiting.code, reason="Thiếu", actor=clerk)
    frozen_clock.advance(timedelta(days=31))
    forget_declined_files()
    assert (remove_unused(), is_kept(file)) == (1, False)


def test_what_a_broken_upload_left_on_the_disk_goes(
    warehouse_dir: Path, cast: Cast, frozen_clock: FixedClock
) -> None:
    file = taken("kept", cast)
    stray = warehouse_dir / "files" / "tmpabc"
    stray.write_bytes(b"half")
    frozen_clock.instant = frozen_clock.now().replace(year=2100)
    StoredFile.objects.update(stored_at=frozen_clock.now())
    assert (remove_strays(), stray.exists(), is_kept(file)) == (1, False, True)

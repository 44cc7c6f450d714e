"""The import pages: who sees what, from sending a file to its result."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from congtam.imports.jobs import run_import_job
from congtam.imports.models import Import, ImportState
from congtam.imports.tests.files import dossiers
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_tree", "warehouse_dir")]
SignIn = Callable[[object], Client]
ROWS = (
    "MaHoSo,TenTTHC,NgayTiepNhan,NgayHenTra,NgayKetThucXuLy,ChuHoSo\n"
    "H-1,Khai sinh,20240105090000,20240107090000,20240106100000,Nguyễn Văn A\n"
    "H-2,Khai sinh,20240105090000,20240107090000,20231231100000,Trần Thị B\n"
)


def send(
    client: Client, content: str = ROWS, *, unit: str = "024", mapping: str = "dvcqg", **more: object
) -> object:
    file = SimpleUploadedFile("ho-so.csv", content.encode())
    return client.post(reverse("imports:upload"), {"file": file, "mapping": mapping, "unit": unit, **more})


@pytest.fixture
def sent(cast: Cast, client_for: SignIn) -> Import:
    """A file the clerk has sent, checked as the background would."""
    send(client_for(cast.clerk))
    started = Import.objects.get()
    run_import_job.task.func(key=started.key, by="clerk", dry_run=True)
    started.refresh_from_db()
    return started


def test_from_a_file_to_its_result(cast: Cast, client_for: SignIn, sent: Import) -> None:
    client = client_for(cast.clerk)
    assert sent.state == ImportState.PREVIEWED
    assert not dossiers().exists()
    page = client.get(reverse("imports:import_detail", args=[sent.key])).content.decode()
    assert "H-1" in page
    assert "finished_before_received" in page
    answer = client.post(reverse("imports:confirm", args=[sent.key]))
    assert answer.status_code == 302
    run_import_job.task.func(key=sent.key, by="clerk", dry_run=False)
    sent.refresh_from_db()
    assert sent.state == ImportState.DONE
    assert list(dossiers().values_list("code", "import_key")) == [("H-1", sent.key)]
    refused = client.get(reverse("imports:refused", args=[sent.key]))
    lines = b"".join(refused).decode("utf-8-sig").splitlines()
    assert [line.split(",")[0] for line in lines] == ["MaHoSo", "H-2"]


def test_a_confirmation_counts_once(cast: Cast, client_for: SignIn, sent: Import) -> None:
    client = client_for(cast.clerk)
    assert client.post(reverse("imports:confirm", args=[sent.key])).status_code == 302
    assert client.post(reverse("imports:confirm", args=[sent.key])).status_code == 400


@pytest.mark.parametrize("name", ["import_detail", "progress", "refused"])
def test_an_outsider_learns_nothing(*, cast: Cast, client_for: SignIn, sent: Import, name: str) -> None:
    client = client_for(cast.outsider)
    assert client.get(reverse(f"imports:{name}", args=[sent.key])).status_code == 404
    assert client.post(reverse("imports:confirm", args=[sent.key])).status_code == 404
    assert sent.key not in client.get(reverse("imports:upload")).content.decode()


@pytest.mark.parametrize("part", ["observer", "officer", "inspector"])
def test_readers_see_but_do_not_act(*, cast: Cast, client_for: SignIn, sent: Import, part: str) -> None:
    client = client_for(cast.everyone()[part])
    page = client.get(reverse("imports:import_detail", args=[sent.key]))
    assert page.status_code == 200
    assert "Trần Thị B" not in page.content.decode()
    assert client.get(reverse("imports:refused", args=[sent.key])).status_code == 403
    assert client.post(reverse("imports:confirm", args=[sent.key])).status_code == 403
    assert send(client).status_code == 403  # type: ignore[attr-defined]
    assert Import.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "method"),
    [("confirm", "get"), ("import_detail", "post"), ("progress", "post"), ("refused", "post")],
)
def test_wrong_methods_are_refused(
    *, cast: Cast, client_for: SignIn, sent: Import, name: str, method: str
) -> None:
    client = client_for(cast.clerk)
    assert getattr(client, method)(reverse(f"imports:{name}", args=[sent.key])).status_code == 405


def test_nobody_enters_without_signing_in(sent: Import) -> None:
    for name in ("import_detail", "progress", "refused"):
        assert Client().get(reverse(f"imports:{name}", args=[sent.key])).status_code == 302
    assert Client().get(reverse("imports:upload")).status_code == 302


@pytest.mark.parametrize("unit", ["026", "no-such", "02"])
def test_a_clerk_sends_files_for_own_units_only(cast: Cast, client_for: SignIn, unit: str) -> None:
    assert send(client_for(cast.clerk), unit=unit).status_code in {400, 403}  # type: ignore[attr-defined]
    assert not Import.objects.exists()


def test_mistakes_of_an_own_mapping_are_listed_with_their_lines(cast: Cast, client_for: SignIn) -> None:
    mapping = SimpleUploadedFile("m.yaml", b"mapping: 1\nname: x\ncase:\n  code: A\n  sate: B\n")
    answer = send(client_for(cast.clerk), mapping="own", mapping_file=mapping)
    page = answer.content.decode()  # type: ignore[attr-defined]
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert "case.sate" in page
    assert "case.received" in page


def test_mappings_of_research_logs_stand_apart(cast: Cast, client_for: SignIn) -> None:
    page = client_for(cast.clerk).get(reverse("imports:upload")).content.decode()
    office, research = page.split("<optgroup")[1:]
    assert all(f'value="{name}"' in office for name in ("dvcqg", "igate", "own"))
    assert all(f'value="{name}"' in research for name in ("bpic2015", "bpic2020-permit", "wabo-receipt"))


def test_a_list_of_a_one_stop_system_is_read(cast: Cast, client_for: SignIn) -> None:
    rows = (
        "Số hồ sơ;Tên thủ tục;Chủ hồ sơ;Ngày tiếp nhận;Ngày hẹn trả;Ngày trả kết quả;Trạng thái;Hình thức nộp\n"
        "000.01.24;Khai sinh;Lò Thị A;05/01/2024 08:10;09/01/2024;08/01/2024 15:30;Đã trả kết quả;Trực tiếp\n"
    )
    send(client_for(cast.clerk), rows, mapping="igate")
    run_import_job.task.func(key=Import.objects.get().key, by="clerk", dry_run=True)
    (row,) = Import.objects.get().report["sample"]
    assert (row["state"], row["channel"], row["finished_at"]) == (
        "returned",
        "desk",
        "2024-01-08T08:30:00+00:00",
    )


def test_progress_asks_for_the_page_again_when_done(cast: Cast, client_for: SignIn, sent: Import) -> None:
    client = client_for(cast.clerk)
    assert client.get(reverse("imports:progress", args=[sent.key]))["HX-Refresh"] == "true"
    Import.objects.update(state=ImportState.RUNNING)
    assert "HX-Refresh" not in client.get(reverse("imports:progress", args=[sent.key]))

"""Storage, settings, the last backup, units without an agency code: what an administrator reads of the installation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from congtam.administration.public import last_backup, units_lacking_agency_code
from congtam.config.data_checks import (
    check_agency_codes,
    check_anchors,
    check_backup,
    check_unprotected_sign_ins,
)
from congtam.dossiers.intake.public import set_agency_code
from congtam.foundation.anchors import anchor_ledger
from congtam.foundation.public import (
    Grant,
    Role,
    console_actor,
    create_or_update_account,
    set_installation_notes,
)
from congtam.kernel.clock import FixedClock
from congtam.testing.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db
OVERVIEW = "/administration/"


def test_sizes_are_shown(administrator: Client, warehouse_dir: Any) -> None:
    (warehouse_dir / "warehouse" / "dossiers").mkdir(parents=True)
    (warehouse_dir / "warehouse" / "dossiers" / "part.parquet").write_bytes(b"x" * 5 * 1024)
    tiles = administrator.get("/administration/storage/").context["tiles"]
    values = {tile["label"]: tile["value"] for tile in tiles}
    assert values["Warehouse"] == "5 KiB"
    assert values["Unused files"] == "0"
    assert values["Database"].endswith("MiB")
    assert set(values) == {"Database", "Files", "Warehouse", "Free space", "Unused files"}


def test_without_a_backup_the_pages_say_so_and_what_to_do(
    frozen_clock: FixedClock, administrator: Client
) -> None:
    assert "No backup is recorded" in administrator.get(OVERVIEW).content.decode()
    assert "pg_dump" in administrator.get("/administration/storage/").content.decode()
    with translation.override("en"):
        assert (check_backup().level, check_backup().observation) == ("warning", "none is recorded")


def test_a_backup_is_recorded_on_the_page(frozen_clock: FixedClock, administrator: Client) -> None:
    made = {"day": "2026-03-02", "hour": "08:00", "location": "máy chủ sao lưu"}
    assert administrator.post("/administration/storage/", made).status_code == 302
    page = administrator.get("/administration/storage/").content.decode()
    assert "02/03/2026 08:00" in page
    assert "máy chủ sao lưu" in page
    assert check_backup().level == "good"
    assert "No backup is recorded" not in administrator.get(OVERVIEW).content.decode()
    frozen_clock.advance(timedelta(days=3))
    assert "The last recorded backup is of 02/03/2026" in administrator.get(OVERVIEW).content.decode()
    assert check_backup().level == "warning"


@pytest.fixture
def english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.mark.usefixtures("english")
def test_doctor_tells_of_the_anchors_of_the_ledger(cast: Cast, tmp_path: Path, settings: Any) -> None:
    settings.CONGTAM_ANCHORS = str(tmp_path / "elsewhere")
    assert check_anchors().level == "warning"
    assert anchor_ledger() == []
    found = check_anchors()
    assert found.level == "good"
    assert str(tmp_path / "elsewhere") in found.observation
    file = tmp_path / "elsewhere" / "ledger.txt"
    text = file.read_text()
    file.write_text("something else")
    assert check_anchors().level == "fault"
    assert "damaged" in check_anchors().observation
    file.write_text(re.sub("at 20..", "at 2019", text))
    assert check_anchors().level == "warning"
    file.unlink()
    assert check_anchors().level == "fault"
    assert "missing" in check_anchors().observation


@pytest.mark.usefixtures("english")
@pytest.mark.parametrize(
    ("headers", "observation"),
    [
        ({"HTTP_X_FORWARDED_FOR": "203.0.113.7"}, "through a proxy, but CONGTAM_HTTPS is off"),
        ({"REMOTE_ADDR": "203.0.113.7"}, "over the network without HTTPS"),
    ],
)
def test_doctor_tells_of_passwords_that_travelled_openly(
    cast: Cast, headers: dict[str, str], *, observation: str
) -> None:
    assert list(check_unprotected_sign_ins()) == []
    visitor = Client(**headers)  # type: ignore[arg-type]
    visitor.get(reverse("account_login"))
    visitor.post(reverse("account_login"), {"login": cast.clerk.username, "password": PASSWORD})
    assert "_auth_user_id" in visitor.session
    (found,) = check_unprotected_sign_ins()
    assert found.level == "warning"
    assert observation in found.observation


@pytest.mark.parametrize(
    ("day", "hour"), [("2026-03-02", "10:00"), ("2026-03-01", "08:00"), ("soon", "08:00"), ("2026-03-02", "")]
)
def test_a_backup_of_the_future_or_before_the_last_is_refused(
    *, frozen_clock: FixedClock, administrator: Client, day: str, hour: str
) -> None:
    administrator.post("/administration/storage/", {"day": "2026-03-02", "hour": "08:00"})
    assert administrator.post("/administration/storage/", {"day": day, "hour": hour}).status_code == 400
    noted = last_backup()
    assert noted is not None
    assert noted.at.isoformat() == "2026-03-02T08:00:00+07:00"


def test_settings_name_their_source_and_hide_secrets(administrator: Client, monkeypatch: Any) -> None:
    monkeypatch.setenv("CONGTAM_HOSTS", "tthc.example.vn,localhost")
    monkeypatch.setenv("DATABASE_URL", "postgresql://someone:hush-hush@db/congtam")
    monkeypatch.setenv("CONGTAM_EMAIL_URL", "smtp://u:quiet-word@mail.example.vn")
    set_installation_notes(declined_filing_days=90)
    answer = administrator.get("/administration/settings/")
    rows = {row["name"]: row for row in answer.context["rows"]}
    shown = {name: (row["value"], row["source_code"]) for name, row in rows.items()}
    assert shown["CONGTAM_HOSTS"] == ("tthc.example.vn,localhost", "environment")
    assert shown["CONGTAM_PORT"] == ("8000", "default")
    assert shown["DATABASE_URL"] == ("set, not shown", "environment")
    assert shown["declined_filing_days"] == ("90", "database")
    assert shown["api_allowance"][1] == "default"
    page = answer.content.decode()
    assert not [secret for secret in ("hush-hush", "quiet-word", "only for tests") if secret in page]


def test_the_address_of_our_own_database_is_the_default(administrator: Client, monkeypatch: Any) -> None:
    monkeypatch.setenv("CONGTAM_EMBEDDED", "1")
    rows = administrator.get("/administration/settings/").context["rows"]
    assert [row["source_code"] for row in rows if row["name"] == "DATABASE_URL"] == ["default"]


def test_a_secret_key_in_the_data_folder_comes_from_a_file(
    administrator: Client, warehouse_dir: Any, monkeypatch: Any
) -> None:
    monkeypatch.delenv("CONGTAM_SECRET_KEY", raising=False)
    warehouse_dir.mkdir(parents=True, exist_ok=True)
    (warehouse_dir / "secret_key").write_text("a secret of the folder")
    answer = administrator.get("/administration/settings/")
    row = next(row for row in answer.context["rows"] if row["name"] == "CONGTAM_SECRET_KEY")
    assert (row["value"], row["source_code"]) == ("set, not shown", "file")
    assert "a secret of the folder" not in answer.content.decode()


def test_a_unit_without_agency_code_is_told_of_everywhere(
    *, frozen_clock: FixedClock, administrator: Client, cast: Cast
) -> None:
    grants = [Grant(role=Role.CLERK, unit_code="00691")]
    create_or_update_account(
        username="lan", name="Lan", password=PASSWORD, grants=grants, actor=console_actor()
    )
    set_agency_code("024", "H22.24", source="QĐ 1/QĐ-UBND", actor=console_actor())
    set_agency_code("026", "H22.26", source="QĐ 1/QĐ-UBND", actor=console_actor())
    assert [one.unit_code for one in units_lacking_agency_code()] == ["00691"]
    assert (check_agency_codes().level, "00691-260302-0001" in check_agency_codes().observation) == (
        "warning",
        True,
    )
    assert "1 unit that receives dossiers has no agency code" in administrator.get(OVERVIEW).content.decode()
    assert "00691-260302-0001" in administrator.get("/administration/agency-codes/").content.decode()

    entered = {"unit": "Phường Trần Phú", "agency": "H22.24.08", "source": "QĐ 2/QĐ-UBND", "valid_from": ""}
    assert administrator.post("/administration/agency-codes/", entered).status_code == 302
    assert check_agency_codes().level == "good"
    assert "H22.24.08" in administrator.get("/administration/agency-codes/").content.decode()


@pytest.mark.parametrize(
    ("change", "says"),
    [({"agency": "h 22"}, "not a valid identification code"), ({"unit": "99999"}, "There is no unit")],
)
def test_a_wrong_agency_code_is_refused(administrator: Client, change: dict[str, str], says: str) -> None:
    entered = {"unit": "00691", "agency": "H22.24.08", "source": "QĐ 2/QĐ-UBND"} | change
    page = administrator.post("/administration/agency-codes/", entered)
    assert (page.status_code, says in page.content.decode()) == (400, True)
    assert page.content.decode().count(says) == 1


def test_the_overview_links_to_what_fails(administrator: Client) -> None:
    page = administrator.get(OVERVIEW)
    assert {need["url"] for need in page.context["needs"]} <= {
        f"/administration/{name}/" for name in ("queues", "storage", "agency-codes")
    }
    tabs = {tab["url"] for tab in page.context["section_tabs"]}
    assert {"/administration/ledger/", "/import/webhooks/", "/administration/tokens/"} <= tabs
    assert administrator.get("/import/webhooks/").context["section_tabs"]
    assert not administrator.get("/dossiers/").context["section_tabs"]

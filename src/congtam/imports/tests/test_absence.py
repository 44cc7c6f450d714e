"""What earlier imports of a source have and a file lacks is listed to who may see it; nothing is removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.test import Client
from django.urls import reverse

from congtam.imports.models import Import
from congtam.imports.runs_cli import imports_command
from congtam.imports.tests.files import BY_ROW, dossiers, written
from congtam.imports.tests.test_import import HEADER, run
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_tree", "warehouse_dir")]
SignIn = Callable[[object], Client]


def rows(**received: str) -> str:
    """Dossiers that are finished on the day after their receipt."""
    return HEADER + "".join(
        f"{code},2024-01-{day},,2024-01-28,Khai sinh,\n" for code, day in received.items()
    )


def absent(folder: Path, name: str, content: str, *options: str, mapping: str = BY_ROW) -> Any:
    """What the report of an import says of what the file lacks."""
    return run(folder, written(folder, name, content), mapping, *options)[1]["absent"]


@pytest.fixture
def january(tmp_path: Path) -> Path:
    """Four dossiers of January are stored, in two imports."""
    assert absent(tmp_path, "a.csv", rows(A="02", B="05")) is None
    assert absent(tmp_path, "b.csv", rows(A="02", B="05", C="09", D="20"))["count"] == 0
    return tmp_path


def listed(key: str) -> list[str]:
    """The codes that the command prints."""
    answer = CliRunner().invoke(imports_command, ["absent", key])
    assert answer.exit_code == 0
    return [line.split(",")[0] for line in answer.stdout.splitlines()[1:]]


def test_what_a_file_lacks_is_listed_and_stays_stored(january: Path) -> None:
    report = absent(january, "c.csv", rows(A="02", C="09", D="20", E="21"))
    assert (report["count"], report["earlier"], report["is_part"]) == (1, 4, False)
    latest = Import.objects.latest("pk")
    assert report["last_import"] == Import.objects.order_by("-pk")[1].key
    assert listed(latest.key) == ["B"]
    assert set(dossiers().values_list("code", flat=True)) == set("ABCDE")


def test_only_the_days_of_the_file_are_compared(january: Path) -> None:
    report = absent(january, "c.csv", rows(B="05", C="09"))
    assert (report["count"], report["earlier"]) == (0, 2)
    assert (report["first_day"], report["last_day"]) == ("2024-01-05", "2024-01-09")


def test_a_file_of_few_of_them_is_a_part(january: Path) -> None:
    report = absent(january, "c.csv", rows(A="02", E="20"))
    assert (report["count"], report["is_part"]) == (0, True)
    assert listed(Import.objects.latest("pk").key) == []


def test_a_file_of_refused_rows_is_not_compared(january: Path) -> None:
    header, *lines = rows(A="02", C="09", D="20").splitlines()
    mended = "\n".join([f"{header},problem", *(f"{line},finished before received" for line in lines)])
    assert absent(january, "c.csv", mended) is None


def test_a_refused_row_is_in_the_file(january: Path) -> None:
    late = rows(A="02", B="05", D="20") + "C,2024-01-09,,2024-01-01,Khai sinh,\n"
    assert absent(january, "c.csv", late)["count"] == 0


def test_a_row_whose_code_cannot_be_read_is_counted(january: Path) -> None:
    report = absent(january, "c.csv", rows(A="02", C="09", D="20") + ",2024-01-05,,,Khai sinh,\n")
    assert (report["count"], report["unreadable"]) == (1, 1)


@pytest.mark.parametrize("other", ["source", "unit"])
def test_another_source_or_unit_has_nothing_to_do_with_it(january: Path, other: str) -> None:
    mapping = BY_ROW.replace("by-row", "other") if other == "source" else BY_ROW
    unit = ("--unit", "026") if other == "unit" else ()
    content = rows(X="03", Y="04", Z="19")
    assert absent(january, "c.csv", content, *unit, mapping=mapping) is None


def test_a_check_compares_before_anything_is_stored(january: Path) -> None:
    assert absent(january, "c.csv", rows(A="02", C="09", D="20"), "--dry-run")["count"] == 1


def test_rows_that_changed_are_compared_as_they_were(january: Path) -> None:
    changed = rows(A="02", C="09", D="20").replace("Khai sinh", "Khai tử")
    for options in (("--dry-run",), ()):
        report = absent(january, "c.csv", changed, *options)
        assert (report["count"], report["earlier"], report["is_part"]) == (1, 4, False)


def test_a_source_may_have_a_column_named_problem(january: Path) -> None:
    header, *lines = rows(A="02", C="09", D="20").splitlines()
    content = "\n".join([f"problem,{header}", *(f"none,{line}" for line in lines)])
    assert absent(january, "c.csv", content)["count"] == 1


@pytest.mark.parametrize(("language", "state"), [("vi", "Giải quyết xong"), ("en", "Finished")])
def test_the_file_is_in_the_language_of_its_reader(
    january: Path, cast: Cast, client_for: SignIn, *, language: str, state: str
) -> None:
    absent(january, "c.csv", rows(A="02", C="09", D="20"))
    client = client_for(cast.clerk)
    client.cookies["django_language"] = language
    address = reverse("imports:absent", args=[Import.objects.latest("pk").key])
    header, line = b"".join(client.get(address)).decode("utf-8-sig").splitlines()
    assert header.startswith("Code,") == (language == "en")
    assert state in line


def test_the_page_lists_them_and_offers_a_file(january: Path, cast: Cast, client_for: SignIn) -> None:
    absent(january, "c.csv", rows(A="02", C="09", D="20"))
    key = Import.objects.latest("pk").key
    for person in (cast.clerk, cast.observer):
        client = client_for(person)
        page = client.get(reverse("imports:import_detail", args=[key])).content.decode()
        assert reverse("dossiers:detail", args=["B"]) in page
        lines = b"".join(client.get(reverse("imports:absent", args=[key]))).decode("utf-8-sig").splitlines()
        assert [line.split(",")[0] for line in lines[1:]] == ["B"]
    assert client_for(cast.outsider).get(reverse("imports:absent", args=[key])).status_code == 404


def test_an_import_that_lacks_nothing_has_no_file(january: Path, cast: Cast, client_for: SignIn) -> None:
    key = Import.objects.latest("pk").key
    assert client_for(cast.clerk).get(reverse("imports:absent", args=[key])).status_code == 404
    assert client_for(cast.clerk).post(reverse("imports:absent", args=[key])).status_code == 405

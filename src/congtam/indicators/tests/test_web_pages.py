"""The pages of figures: what they show, and to whom."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from io import StringIO

import pytest
from django.test import Client

from congtam.dossiers.public import DossierRow
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]
RATE = "dossiers.on_time_rate"
PAGES = (
    "/figures/unit/024/?period=2025",
    f"/figures/{RATE}/024/?period=2025",
    f"/figures/{RATE}/024/rows/?period=2025",
    f"/figures/{RATE}/024/rows.csv?period=2025",
)
every_page = pytest.mark.parametrize("path", PAGES)


@pytest.fixture
def inspector(dossiers: list[DossierRow], cast: Cast, client_for: SignIn) -> Client:
    """Signed in, with dossiers to look at; the clock of `dossiers` stands still before roles are given."""
    return client_for(cast.inspector)


def test_a_composition_opens_its_parts(inspector: Client) -> None:
    page = inspector.get("/figures/dossiers.finished_to_received/024/?period=2025").content.decode()
    assert "Các thành phần" in page
    for part in ("dossiers.finished", "dossiers.received"):
        assert f'href="/figures/{part}/024/?period=2025"' in page
    assert 'id="rows"' not in page
    assert "dossiers.finished_to_received" in inspector.get("/figures/").content.decode()
    assert inspector.get("/figures/dossiers.received_growth/024/?period=2025-06").status_code == 200


@every_page
def test_who_may_see_the_unit_reads_it(inspector: Client, path: str) -> None:
    assert inspector.get(path).status_code == 200


@every_page
@pytest.mark.parametrize("part", ["outsider", "citizen"])
def test_to_others_the_unit_does_not_exist(
    dossiers: list[DossierRow], cast: Cast, client_for: SignIn, *, path: str, part: str
) -> None:
    assert client_for(getattr(cast, part)).get(path).status_code == 404


@every_page
def test_figures_are_only_read(inspector: Client, path: str) -> None:
    assert inspector.post(path).status_code == 405


@every_page
def test_a_visitor_is_asked_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "query", ["period=summer", "from=2025-01-01", "from=2025-02-01&to=2025-01-01", "map=now"]
)
def test_a_choice_that_makes_no_sense_is_explained(inspector: Client, query: str) -> None:
    assert inspector.get(f"/figures/unit/024/?{query}").status_code == 400


def test_an_unknown_indicator_is_not_found(inspector: Client) -> None:
    assert inspector.get("/figures/dossiers.nothing/024/").status_code == 404


def test_two_dates_are_both_included(inspector: Client) -> None:
    page = inspector.get(f"/figures/{RATE}/024/?from=2025-03-05&to=2025-04-09").content.decode()

    assert "05/03/2025 – 09/04/2025" in page


def test_the_parts_of_a_figure_add_up_in_the_export(inspector: Client) -> None:
    counts = {}
    for part in ("numerator", "rest", "denominator"):
        answer = inspector.get(f"/figures/{RATE}/024/rows.csv?period=2025&part={part}")
        text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
        counts[part] = len({row["Mã hồ sơ"] for row in csv.DictReader(StringIO(text))})

    assert counts["numerator"] + counts["rest"] == counts["denominator"] > 0


def test_the_export_has_no_personal_column(inspector: Client) -> None:
    answer = inspector.get(f"/figures/{RATE}/024/rows.csv?period=2025")
    header = next(iter(csv.reader(StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")))))  # type: ignore[attr-defined]

    assert not {"applicant", "Người nộp", "row_hash_high"} & set(header)


@pytest.mark.parametrize(
    ("language", "headings", "channels"),
    [
        (
            "vi",
            {"Mã hồ sơ", "Trạng thái", "Hình thức nộp"},
            {"Trực tiếp", "Trực tuyến", "Bưu chính công ích"},
        ),
        ("en", {"Dossier code", "State", "Channel of filing"}, {"At the desk", "Online", "By public post"}),
    ],
)
def test_the_export_speaks_the_language_of_the_reader(
    inspector: Client, *, language: str, headings: set[str], channels: set[str]
) -> None:
    inspector.cookies["django_language"] = language
    answer = inspector.get(f"/figures/{RATE}/024/rows.csv?period=2025&part=denominator")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = list(csv.reader(StringIO(text)))
    assert headings <= set(lines[0])
    words = {cell for line in lines[1:] for cell in line}
    assert words & channels
    assert not words & {"desk", "online", "post", "finished", "returned", "True", "False"}


def test_the_list_goes_on_where_it_stopped(inspector: Client) -> None:
    first = inspector.get(f"/figures/{RATE}/024/rows/?period=2025&part=denominator")
    rows = first.context["rows"]
    second = inspector.get(rows["next_url"]).context["rows"]

    keys = [line["key"] for page in (rows, second) for line in page["lines"]]
    assert len(keys) == len(set(keys)) == 2 * rows["count"]


def test_a_fragment_for_the_page_and_a_page_for_the_rest(inspector: Client) -> None:
    path = f"/figures/{RATE}/024/rows/?period=2025"

    assert "<html" not in inspector.get(path, headers={"HX-Request": "true"}).content.decode()
    assert "<html" in inspector.get(path).content.decode()


def test_the_catalogue_names_what_is_counted(inspector: Client) -> None:
    page = inspector.get("/figures/").content.decode()

    assert "due_at is null or finished_at &lt;= due_at" in page


def test_the_line_of_the_unit_itself_opens_its_own_rows(
    inspector: Client, dossiers: list[DossierRow]
) -> None:
    children = inspector.get(f"/figures/{RATE}/024/?period=2025").context["children"]["rows"]
    own = next(row for row in children if not row["url"])

    page = inspector.get(own["figure_url"])

    expected = {row.code for row in dossiers if row.unit_code == "024"}
    assert page.context["figure"]["value"] == own["value"]
    listed = inspector.get(f"/figures/{RATE}/024/rows.csv?period=2025&own=1&part=denominator")
    text = b"".join(listed.streaming_content).decode()  # type: ignore[attr-defined]
    keys = {row["Mã hồ sơ"] for row in csv.DictReader(StringIO(text.lstrip("\ufeff")))}
    assert keys
    assert keys <= expected
    assert len(keys) == int(own["denominator"].replace(".", "").replace(",", ""))


def test_every_line_of_the_children_adds_up_to_its_own_list(inspector: Client) -> None:
    for row in inspector.get("/figures/dossiers.received/024/?period=2025").context["children"]["rows"]:
        page = inspector.get(row["figure_url"])
        assert (page.context["figure"]["value"], page.context["rows"]["total"]) == (
            row["value"],
            row["value"],
        )


def test_rows_of_an_on_time_rate_open_on_the_late_ones(inspector: Client, dossiers: list[DossierRow]) -> None:
    rows = inspector.get(f"/figures/{RATE}/024/?period=2025").context["rows"]

    late = {row.code for row in dossiers if row.due_at and row.finished_at and row.finished_at > row.due_at}
    assert (rows["tabs"][0]["label"], rows["tabs"][0]["is_current"]) == ("Quá hạn", True)
    assert rows["lines"]
    assert {line["key"] for line in rows["lines"]} <= late


def test_units_are_ranked_among_their_like_with_what_the_cases_tell(inspector: Client) -> None:
    page = inspector.get(f"/figures/unit/024/?period=2025&indicator={RATE}")
    children = page.context["children"]
    ranks = [row["rank"] for row in children["rows"] if row["rank"]]
    assert children["has_ranks"]
    assert ranks
    assert all(re.fullmatch(r"\d+/\d+( \(\d+–\d+\))?", rank) for rank in ranks)
    assert len({rank.split("/")[1].split(" ")[0] for rank in ranks}) == 1
    assert page.context["headline"]["interval"] in page.content.decode()
    counts = inspector.get("/figures/unit/024/?period=2025&indicator=dossiers.received").context["children"]
    assert not counts["has_ranks"]

"""The page on which a definition is tried: mistakes with their place, figures, and what a change would move."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from congtam.dossiers.public import DossierRow
from congtam.indicators.definitions.shipped import source_text
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db
SignIn = Callable[[object], Client]
ASK = {"unit": "024", "period": "2025"}


@pytest.fixture
def officer(dossiers: list[DossierRow], cast: Cast, client_for: SignIn) -> Client:
    """A reform officer, with dossiers to look at."""
    return client_for(cast.reform_officer)


def test_the_page_begins_with_the_text_of_an_indicator(officer: Client) -> None:
    page = officer.get("/figures/trial/?start=dossiers.online_filing_rate").content.decode()
    assert "code: dossiers.online_filing_rate" in page
    assert officer.get("/figures/trial/?start=nothing").status_code == 404


def test_a_change_shows_what_it_moves(officer: Client) -> None:
    text = source_text("dossiers.online_filing_rate").replace("channel = 'online'", "channel &lt;&gt; 'desk'")
    text = text.replace("&lt;&gt;", "<>")
    page = officer.post("/figures/trial/", ASK | {"text": text}).content.decode()
    assert "Đang áp dụng" in page
    assert "Theo nội dung này" in page
    assert "điểm %" in page
    assert page.count('class="ct-code"') > 10


def test_a_composition_is_tried_too(officer: Client) -> None:
    page = officer.post("/figures/trial/", ASK | {"text": source_text("dossiers.finished_to_received")})
    assert page.status_code == 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(
            source_text("dossiers.online_filing_rate").replace("channel =", "chanel ="),
            "Có phải là channel?",
            id="unknown column",
        ),
        pytest.param("- [", "YAML", id="no YAML"),
        pytest.param("- &a [*a, *a]", "(*)", id="aliases"),
        pytest.param("- {code: a.b}", "còn thiếu", id="fields are missing"),
        pytest.param("x" * 20_001, "dài hơn 20000", id="too long"),
    ],
)
def test_a_mistake_is_shown_with_its_place(officer: Client, text: str, said: str) -> None:
    answer = officer.post("/figures/trial/", ASK | {"text": text})
    page = answer.content.decode()
    assert (answer.status_code, said in page) == (400, True)
    if "chanel" in text:
        line = next(number for number, one in enumerate(text.splitlines(), start=1) if "chanel" in one)
        assert f"dòng {line}, cột 11" in page


def test_who_may_try_what(dossiers: list[DossierRow], cast: Cast, client_for: SignIn) -> None:
    assert client_for(cast.clerk).get("/figures/trial/").status_code == 403
    text = source_text("dossiers.received")
    answer = client_for(cast.reform_officer).post("/figures/trial/", {"unit": "nowhere", "text": text})
    assert answer.status_code == 404

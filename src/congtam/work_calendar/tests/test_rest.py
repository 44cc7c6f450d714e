"""The work calendar over the API: everybody reads it, an administrator corrects what he has seen."""

from __future__ import annotations

from typing import Any

import pytest

from congtam.testing.api_client import Api
from congtam.testing.cast import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen_clock", "seeded_calendar")]
CORRECTION: dict[str, Any] = {
    "days": [{"day": "2026-03-06", "kind": "day_off", "reason": "Nghỉ bão", "source": "CĐ 12/CĐ-UBND"}]
}


def test_everybody_reads_a_year(cast: Cast) -> None:
    client = Api(cast.observer)
    read = client.get("/calendar/2026")
    told = read.json()
    assert {"day": "2026-04-30", "kind": "day_off"}.items() <= next(
        day for day in told["days"] if day["day"] == "2026-04-30"
    ).items()
    assert all(day["source"] for day in told["days"])
    assert 240 < told["working_days"] < 262
    assert client.get("/calendar/2026", headers={"If-None-Match": read.headers["ETag"]}).status_code == 304
    assert client.get("/calendar/1999").status_code == 422


def test_an_administrator_corrects_what_he_has_seen(cast: Cast) -> None:
    client = Api(cast.administrator)
    seen = client.get("/calendar/2026")
    tried = client.post("/calendar/preview", CORRECTION).json()
    assert (tried["effect_count"], tried["edition"]) == (0, seen.json()["edition"])
    made = client.post("/calendar/corrections", CORRECTION, headers={"If-Match": seen.headers["ETag"]})
    assert made.status_code == 201
    now = client.get("/calendar/2026").json()
    assert now["working_days"] == seen.json()["working_days"] - 1
    other = {"days": [CORRECTION["days"][0] | {"day": "2026-03-09"}]}
    late = client.post("/calendar/corrections", other, headers={"If-Match": seen.headers["ETag"]})
    assert (late.status_code, late.json()["code"]) == (412, "calendar.changed_meanwhile")
    read = Api(cast.observer).get(made.headers["Location"].removeprefix("/api/v1")).json()
    assert (read["legal"], read["effects"]) == ("CĐ 12/CĐ-UBND", None)
    assert client.get("/calendar/corrections/none").status_code == 404


def test_nobody_else_corrects_or_looks_ahead(cast: Cast) -> None:
    for account in (cast.clerk, cast.unit_head, cast.inspector):
        for path in ("/calendar/preview", "/calendar/corrections"):
            assert Api(account).post(path, CORRECTION).status_code == 403


def test_office_hours_have_no_time_zone(cast: Cast) -> None:
    for opens, closes in (("07:00Z", "11:30"), ("07:00Z", "11:30Z")):
        spans = [{"opens": opens, "closes": closes}]
        body = {"hours": [{"since": "2026-04-01", "spans": spans, "source": "QĐ 1"}]}
        answer = Api(cast.administrator).post("/calendar/preview", body)
        assert (answer.status_code, answer.json()["problems"][0]["code"]) == (422, "hours_wrong")


def test_everything_wrong_is_told_at_once(cast: Cast) -> None:
    wrong = {
        "days": [{"day": "2050-01-03", "kind": "make_up", "reason": "", "source": " "}],
        "hours": [{"since": "2026-04-01", "spans": [{"opens": "13:00", "closes": "09:00"}], "source": ""}],
    }
    told = Api(cast.administrator).post("/calendar/preview", wrong).json()["problems"]
    assert len(told) >= 5
    assert all(found["message"] for found in told)

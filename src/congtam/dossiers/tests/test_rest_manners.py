"""How the API speaks with programs: one language, every fault at once, nothing passed over in silence."""

from __future__ import annotations

import pytest
from django.test import Client

from congtam.dossiers.tests.rest_client import Api, body_of, enter_marriage
from congtam.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def marriage(frozen_clock: None, small_tree: None) -> None:
    enter_marriage()


WRONG = {
    "procedure_code": 5,
    "colour": "blue",
    "channel": "pigeon",
    "applicant": {"name": "A" * 201},
    "papers": [{"position": -1}],
    "received_at": "2026-03-02T09:00:00",
}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        pytest.param(
            "en",
            {
                "/procedure_code": ("The value is not a string.", "Send a JSON string, in double quotes."),
                "/unit_code": ("The field is missing.", "Include this field."),
                "/channel": (
                    "The value is not one of the accepted values.",
                    "Send one of: desk, online, post.",
                ),
                "/applicant/name": (
                    "The value is longer than 200 characters.",
                    "Send at most 200 characters.",
                ),
                "/papers/0/position": ("The value must be at least 0.", "Send a larger number."),
            },
            id="en",
        ),
        pytest.param(
            "vi",
            {
                "/procedure_code": ("Không phải là chuỗi ký tự.", None),
                "/unit_code": ("Còn thiếu.", "Hãy gửi trường này."),
                "/colour": ("Không có trường này.", None),
                "/received_at": ("Không phải là một thời điểm.", None),
            },
            id="vi",
        ),
    ],
)
def test_every_fault_of_form_is_told_in_the_language_asked_for(
    cast: Cast, language: str, words: dict[str, tuple[str, str | None]]
) -> None:
    refused = Api(cast.clerk).post("/dossiers", WRONG, language=language)
    assert (refused.status_code, refused.headers["Content-Language"]) == (422, language)
    told = {found["pointer"]: (found["message"], found["advice"]) for found in refused.json()["problems"]}
    assert len(told) == 7
    for pointer, (message, advice) in words.items():
        assert told[pointer][0] == message
        assert advice in {None, told[pointer][1]}


def test_every_operation_refuses_what_it_does_not_know(cast: Cast) -> None:
    client = Api(cast.administrator)
    for path in (
        "/dossiers",
        "/work-lists/mine",
        "/filings",
        "/units",
        "/fees",
        "/webhooks",
        "/calendar/2026",
    ):
        told = client.get(f"{path}?q=x&colour=blue", language="en").json()
        assert told["problems"][0]["code"] == "filter_unknown", path
        assert "colour" in told["problems"][0]["message"]
    twice = client.get("/dossiers?state=received&state=finished").json()
    assert twice["problems"][0]["code"] == "filter_repeated"


def test_a_condition_nobody_checks_is_refused(cast: Cast) -> None:
    refused = Api(cast.clerk).post("/uploads", headers={"If-Match": 'W/"1"'})
    assert (refused.status_code, refused.json()["code"]) == (400, "if_match_not_heeded")


def test_head_tells_what_a_read_would(marriage: None, cast: Cast) -> None:
    client = Api(cast.clerk)
    read, head = client.get("/consultations"), client.call("head", "/consultations")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["ETag"] == read.headers["ETag"]


def test_what_is_the_same_is_not_sent_again(marriage: None, cast: Cast) -> None:
    client = Api(cast.clerk)
    tag = client.get("/dossiers").headers["ETag"]
    assert client.get("/dossiers", headers={"If-None-Match": tag}).status_code == 304
    client.post("/dossiers", body_of())
    assert client.get("/dossiers", headers={"If-None-Match": tag}).status_code == 200


def test_other_sites_get_no_leave_to_call_from_a_browser(db: None) -> None:
    asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
    answer = Client().options("/api/v1/dossiers", headers=asked)
    assert (answer.status_code, answer.headers["Allow"]) == (204, "GET, HEAD, OPTIONS, POST")
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    ("body", "kind"),
    [("{", "application/json"), ("", "application/json"), ("\xff", "application/json"), ("[]", "text/plain")],
)
def test_what_is_no_json_object_is_told_so(*, marriage: None, cast: Cast, body: str, kind: str) -> None:
    client = Api(cast.clerk).client
    answer = client.post("/api/v1/dossiers", body.encode("latin-1"), content_type=kind)
    assert answer.status_code in {400, 422}
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "Cannot parse" not in answer.content.decode()


def test_each_unknown_file_is_named_by_its_place(marriage: None, cast: Cast) -> None:
    files = [{"handle": "x"}, {"handle": "y"}]
    refused = Api(cast.clerk).post("/dossiers", body_of() | {"files": files})
    assert [found["pointer"] for found in refused.json()["problems"]] == [
        "/files/0/handle",
        "/files/1/handle",
    ]


def test_pages_hold_still_while_others_receive(marriage: None, cast: Cast) -> None:
    client = Api(cast.clerk)
    before = [client.post("/dossiers", body_of()).json()["code"] for _ in range(5)]
    first = client.get("/dossiers?limit=2&sort=-received").json()
    client.post("/dossiers", body_of())
    second = client.get(first["next"].removeprefix("/api/v1")).json()
    third = client.get(second["next"].removeprefix("/api/v1")).json()
    seen = [row["code"] for page in (first, second, third) for row in page["items"]]
    assert sorted(seen) == sorted(before)

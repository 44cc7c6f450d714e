"""Long exports leave one at a time: nobody else waits for who downloads, and none comes away with half a file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from congtam.dossiers.lists.export import exporting
from congtam.dossiers.tests.test_export_files import row, store
from congtam.foundation.public import AGAIN_AFTER, LargeFileTurn
from congtam.testing.cast import Cast
from congtam.testing.doors.foundation import TookTooLong
from congtam.testing.own_database import at_once

pytestmark = pytest.mark.usefixtures("frozen_clock")
SignIn = Callable[[object], Client]
AuditEntry: Any = apps.get_model("foundation", "AuditEntry")


@pytest.fixture(autouse=True)
def every_list_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """No list is short enough to be written at once."""
    monkeypatch.setattr(exporting, "SHORT", 0)


def ask(client: Client, **asked: str) -> Any:
    return client.get(reverse("dossiers:export", args=["csv"]), asked)


def codes_in(answer: Any) -> list[str]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return [line[0] for line in csv.reader(io.StringIO(text))][1:]


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree")
def test_who_comes_second_is_told_to_come_again(cast: Cast, client_for: SignIn) -> None:
    store(row("H-1"), row("H-2"))
    client = client_for(cast.clerk)
    first = ask(client, sort="code")
    second = ask(client, sort="code")
    assert second.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert second["Retry-After"] == second["Refresh"] == str(AGAIN_AFTER)
    page = second.content.decode()
    assert "Đang có tệp lớn khác được xuất" in page
    assert f'href="{reverse("dossiers:list")}?sort=code"' in page
    assert AuditEntry.objects.filter(verb="dossiers.export_began").count() == 1
    assert client.get(reverse("dossiers:list")).status_code == HTTPStatus.OK
    assert codes_in(first) == ["H-1", "H-2"]
    assert codes_in(ask(client, sort="code")) == ["H-1", "H-2"]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("pieces_read", [0, 1, 2])
def test_who_breaks_off_lets_the_next_one_in(
    *, racing: Cast, client_for: SignIn, form: str, pieces_read: int
) -> None:
    store(*(row(f"H-{number:04d}") for number in range(1500)))
    client, address = client_for(racing.clerk), reverse("dossiers:export", args=[form])
    first = client.get(address)
    pieces = iter(first.streaming_content)  # type: ignore[attr-defined]
    for _ in range(pieces_read):
        next(pieces)
    first.close()
    assert len(b"".join(client.get(address).streaming_content)) > 10_000  # type: ignore[attr-defined]
    told = AuditEntry.objects.filter(verb="dossiers.exported").values_list("text", flat=True)
    assert sorted('"is_complete":true' in text for text in told) == [False, True][pieces_read == 0 :]


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree")
def test_a_file_that_takes_too_long_is_broken_off(
    cast: Cast, client_for: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(row("H-1"))
    client = client_for(cast.clerk)
    monkeypatch.setattr(LargeFileTurn, "LONGEST", -1.0)
    slow = ask(client)
    monkeypatch.undo()
    monkeypatch.setattr(exporting, "SHORT", 0)
    next_one = ask(client)
    assert next_one.status_code == HTTPStatus.OK
    with pytest.raises(TookTooLong):
        codes_in(slow)
    assert LargeFileTurn.take() is None, "who took too long must not give back the turn of another"
    assert codes_in(next_one) == ["H-1"]


@pytest.mark.django_db
@pytest.mark.usefixtures("small_tree")
def test_a_question_that_is_refused_keeps_no_turn(cast: Cast, client_for: SignIn) -> None:
    client = client_for(cast.clerk)
    assert ask(client, unit="026").status_code == HTTPStatus.NOT_FOUND
    assert ask(client).status_code == HTTPStatus.OK


def test_many_who_export_at_once_all_get_whole_files_and_lists_go_on(racing: Cast) -> None:
    store(*(row(f"H-{number:03d}") for number in range(120)))
    wanted = [f"H-{number:03d}" for number in range(120)]

    def signed_in() -> Client:
        client = Client()
        client.force_login(racing.clerk)
        return client

    def export() -> list[str]:
        client = signed_in()
        while (answer := ask(client, sort="code")).status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            pass
        return codes_in(answer)

    def look() -> list[str]:
        client, page = signed_in(), reverse("dossiers:list")
        assert {client.get(page).status_code for _ in range(5)} == {HTTPStatus.OK}
        return wanted

    assert at_once([export, look, export, look, export, export]) == [wanted] * 6

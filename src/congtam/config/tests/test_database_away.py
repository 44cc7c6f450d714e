"""What goes on while the database is away: the worker waits for it, and the API says so in its own words."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection
from django.test import Client

from congtam.config.running import follow_outbox
from congtam.foundation.public import console_actor
from congtam.foundation.tokens import issue_token
from congtam.testing.cast import Cast


def test_the_worker_waits_for_its_database(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    stop = Event()
    thread = Thread(target=follow_outbox, args=(stop,), daemon=True)
    thread.start()
    said, until = "", time.monotonic() + 20
    while not said and time.monotonic() < until and thread.is_alive():
        time.sleep(0.02)
        said = capsys.readouterr().err
    assert thread.is_alive()
    assert "refused" in said
    stop.set()
    thread.join(20)
    assert not thread.is_alive()


@contextmanager
def database_away() -> Iterator[None]:
    """Nobody listens where the database should be."""
    connection.close()
    port, connection.settings_dict["PORT"] = connection.settings_dict["PORT"], "1"
    try:
        yield
    finally:
        connection.settings_dict["PORT"] = port
        connection.close()


def test_the_api_says_that_the_database_is_away(racing: Cast) -> None:
    token = issue_token("clerk", name="t", days=1, actor=console_actor())
    with database_away():
        answer = Client().get("/api/v1/units", headers={"Authorization": f"Bearer {token}"})
    assert (answer.status_code, answer.json()["code"]) == (503, "database_away")
    assert answer.headers["Retry-After"]


def test_pages_say_that_the_database_is_away_and_recover(racing: Cast) -> None:
    client = Client(raise_request_exception=False)
    client.force_login(racing.clerk)
    with database_away():
        shown, sent, public = (
            client.get("/"),
            client.post("/figures/targets/"),
            Client(raise_request_exception=False).get("/portal/procedures/"),
        )
    assert {answer.status_code for answer in (shown, sent, public)} == {503}
    assert "tự thử lại sau mỗi 5 giây" in shown.content.decode()
    assert shown.headers["Refresh"] == shown.headers["Retry-After"] == "5"
    assert "chưa được thực hiện" in sent.content.decode()
    assert "Refresh" not in sent.headers
    assert client.get("/").status_code == 200

"""What goes on while the database is away: the worker waits for it, and the API says so in its own words."""

from __future__ import annotations

import time
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


def test_the_api_says_that_the_database_is_away(racing: Cast) -> None:
    token = issue_token("clerk", name="t", days=1, actor=console_actor())
    connection.close()
    port, connection.settings_dict["PORT"] = connection.settings_dict["PORT"], "1"
    try:
        answer = Client().get("/api/v1/units", headers={"Authorization": f"Bearer {token}"})
    finally:
        connection.settings_dict["PORT"] = port
        connection.close()
    assert (answer.status_code, answer.json()["code"]) == (503, "database_away")
    assert answer.headers["Retry-After"]

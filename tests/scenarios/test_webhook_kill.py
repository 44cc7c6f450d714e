"""The sender of messages is killed before it notes one: none is lost, and what comes twice is known by its code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.db import connection

from congtam.foundation.public import OutboxMessage, console_actor
from congtam.testing.own_database import own_database
from congtam.webhooks.actions import subscriptions
from congtam.webhooks.actions.subscriptions import WebhookSettings
from congtam.webhooks.delivering import deliver, write_deliveries
from congtam.webhooks.models import Webhook, WebhookDelivery

COUNT = 60
SENDER = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "congtam.config.settings"
django.setup()
from congtam.webhooks.delivering import deliver
deliver(sys.argv[1])
"""


class Receiver:
    """Notes the code and the key of everything it gets; kills the sender at given messages, before it answers."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str]] = []
        self.victim: subprocess.Popen[bytes] | None = None
        self.address = ""

    def take(self, body: bytes) -> None:
        told = json.loads(body)
        self.got.append((told["id"], told["key"]))
        if len(self.got) in {7, 20, 41} and self.victim is not None:
            os.kill(self.victim.pid, signal.SIGKILL)
            self.victim.wait()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    noted = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            noted.take(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            return

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:  # the one who asked was killed
                self.close_connection = True

    server = HTTPServer(("127.0.0.1", 0), Handler)
    noted.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    yield noted
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def db(django_db_setup: None) -> None:
    """No transaction around the test: it works on a copy of the database."""


@pytest.fixture
def webhook(db: None, django_db_blocker: Any, receiver: Receiver) -> Iterator[Webhook]:
    """A subscription in a database of its own, where another process sees it."""
    with django_db_blocker.unblock(), own_database():
        subscriptions.allow_host("127.0.0.1", may_be_private=True, actor=console_actor())
        yield subscriptions.add_webhook(
            WebhookSettings(name="x", url=receiver.address), actor=console_actor()
        )


def _address() -> str:
    """The test's own database, as libpq reads it."""
    given = connection.settings_dict
    return f"postgresql:///{given['NAME']}?host={given['HOST']}&user={given['USER']}"


def test_nothing_is_lost_and_what_comes_twice_is_known(webhook: Webhook, receiver: Receiver) -> None:
    keys = [f"H-{number}" for number in range(COUNT)]
    messages = [
        OutboxMessage(id=number, topic="dossiers.changed", key=key, payload={"unit": "024"})
        for number, key in enumerate(keys)
    ]
    write_deliveries(messages)
    write_deliveries(messages)
    environment = {**os.environ, "DATABASE_URL": _address(), "CONGTAM_EMBEDDED": ""}
    for _ in range(3):
        receiver.victim = subprocess.Popen([sys.executable, "-c", SENDER, webhook.key], env=environment)
        receiver.victim.wait(60)
    receiver.victim = None
    deliver(webhook.key)
    seen = dict(receiver.got)
    assert list(seen.values()) == keys
    assert len(seen) == COUNT
    assert sum(count - 1 for count in Counter(code for code, _ in receiver.got).values()) == 3
    assert not WebhookDelivery.objects.exclude(state="sent").exists()

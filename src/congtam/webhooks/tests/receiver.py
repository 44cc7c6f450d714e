"""A receiver of messages, in tests."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

from congtam.foundation.public import OutboxMessage, console_actor
from congtam.webhooks.actions.subscriptions import allow_host


@dataclass
class Receiver:
    """A server that notes what it gets and answers as it is told."""

    answers: list[int] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    address: str = ""
    redirect: str = ""

    @property
    def keys(self) -> list[str]:
        return [json.loads(body)["key"] for _, body in self.got]


@contextmanager
def listening() -> Iterator[Receiver]:
    """A receiver at an address of this machine."""
    noted = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            noted.got.append((dict(self.headers), body))
            self.send_response(noted.answers.pop(0) if noted.answers else 204)
            if noted.redirect:
                self.send_header("Location", noted.redirect)
            self.end_headers()
            self.wfile.write(b"x" * 5000)

        def log_message(self, *_: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    noted.address = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    yield noted
    server.shutdown()
    server.server_close()
    thread.join()


def changed(number: int, unit: str = "024") -> OutboxMessage:
    payload = {"codes": [f"H-{number}"], "verb": "received", "state": "received", "unit": unit}
    return OutboxMessage(id=number, topic="dossiers.changed", key=f"H-{number}", payload=payload)


def allow_this_machine() -> None:
    """List the address of the receivers of the tests; nothing is sent to it otherwise."""
    allow_host("127.0.0.1", may_be_private=True, actor=console_actor())

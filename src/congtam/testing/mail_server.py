"""A mail server for tests: it listens on a port of its own, stores what it takes, and refuses when told to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class MailServer:
    """What arrived, and how many of the next mails it refuses."""

    port: int = 0
    refuses: int = 0
    mails: list[bytes] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802 - the name aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Begin a mail, or refuse it for now."""
        if self.refuses:
            self.refuses -= 1
            return "451 try later"
        envelope.mail_from = address
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd calls
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Store a mail."""
        content = envelope.content or b""
        self.mails.append(content if isinstance(content, bytes) else content.encode())
        return "250 stored"


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server in a thread of its own, on a port that is free."""
    server, loop = MailServer(), asyncio.new_event_loop()
    listening = loop.run_until_complete(loop.create_server(lambda: SMTP(server, loop=loop), "127.0.0.1", 0))
    server.port = listening.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(listening.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()

"""A small mail server for tests: it speaks SMTP on a port of its own, keeps what it takes, and fails when told to."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class MailServer:
    """What arrived, and how many of the next mails it turns away."""

    port: int = 0
    refuses: int = 0
    mails: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Talk with one sender until it hangs up."""
        await _say(writer, "220 test")
        while line := (await reader.readline()).decode().strip():
            verb = line.split(" ", 1)[0].upper()
            if verb == "DATA":
                await _say(writer, "354 go on")
                self.mails.append(await _body(reader))
                await _say(writer, "250 kept")
            elif verb == "MAIL" and self.refuses:
                self.refuses -= 1
                await _say(writer, "451 try later")
            elif verb == "QUIT":
                await _say(writer, "221 bye")
                break
            else:
                await _say(writer, "250 test")
        writer.close()
        await writer.wait_closed()


async def _say(writer: asyncio.StreamWriter, text: str) -> None:
    writer.write(f"{text}\r\n".encode())
    await writer.drain()


async def _body(reader: asyncio.StreamReader) -> bytes:
    lines = []
    while (line := (await reader.readline()).rstrip(b"\r\n")) != b".":
        lines.append(line)
    return b"\n".join(lines)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server in a thread of its own."""
    server, ready, begun = (
        MailServer(),
        threading.Event(),
        list[tuple[asyncio.AbstractEventLoop, asyncio.Event]](),
    )

    async def run() -> None:
        over = asyncio.Event()
        listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
        server.port = listening.sockets[0].getsockname()[1]
        begun.append((asyncio.get_running_loop(), over))
        ready.set()
        async with listening:
            await over.wait()

    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    ready.wait(5)
    try:
        yield server
    finally:
        loop, over = begun[0]
        loop.call_soon_threadsafe(over.set)
        thread.join(5)

"""Requests to other systems: only to allowed addresses, to the address that was checked, and never for long."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from congtam.foundation.outbound import (
    AddressClass,
    OutboundFailed,
    OutboundPolicy,
    OutboundRefused,
    Refusal,
    Resolver,
    classify,
    fetch,
    pin,
)

HERE = OutboundPolicy(allowed=frozenset({AddressClass.LOOPBACK}), timeout_seconds=5)


@contextmanager
def http_server(answer: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[int]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def do_POST(self) -> None:
            answer(self)

        def log_message(self, *_: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


@contextmanager
def dripping(first: bytes) -> Iterator[int]:
    """A peer that sends something and then a byte every tenth of a second, for ever."""
    listening = socket.create_server(("127.0.0.1", 0))
    over = threading.Event()

    def serve() -> None:
        peer, _ = listening.accept()
        with peer:
            peer.sendall(first)
            while not over.wait(0.1):
                try:
                    peer.sendall(b"x")
                except OSError:
                    return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield int(listening.getsockname()[1])
    over.set()
    thread.join()
    listening.close()


def echo(handler: BaseHTTPRequestHandler) -> None:
    body = handler.rfile.read(int(handler.headers.get("Content-Length") or 0))
    handler.send_response(201)
    handler.send_header("X-Host", handler.headers["Host"])
    handler.end_headers()
    handler.wfile.write(f"{handler.command} {handler.path} ".encode() + body)


def test_a_name_is_resolved_once_and_called_at_that_address() -> None:
    calls: list[str] = []

    def resolver(host: str, port: int) -> list[str]:
        calls.append(host)
        return ["127.0.0.1"] if len(calls) == 1 else ["10.0.0.1"]

    with http_server(echo) as port:
        url = f"http://hub.example.vn:{port}/hook?x=1"
        response = fetch(url, HERE, method="POST", body=b"{}", headers={"X-A": "1"}, resolver=resolver)
    assert (response.status, response.body) == (201, b"POST /hook?x=1 {}")
    assert response.headers["X-Host"] == f"hub.example.vn:{port}"
    assert calls == ["hub.example.vn"]


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", AddressClass.LOOPBACK),
        ("127.9.9.9", AddressClass.LOOPBACK),
        ("::1", AddressClass.LOOPBACK),
        ("::ffff:127.0.0.1", AddressClass.LOOPBACK),
        ("10.0.0.1", AddressClass.PRIVATE),
        ("192.168.1.5", AddressClass.PRIVATE),
        ("169.254.169.254", AddressClass.PRIVATE),
        ("fe80::1", AddressClass.PRIVATE),
        ("::ffff:10.0.0.1", AddressClass.PRIVATE),
        ("0.0.0.0", AddressClass.PRIVATE),  # noqa: S104 - no server listens there
        ("224.0.0.1", AddressClass.PRIVATE),
        ("ff0e::1", AddressClass.PRIVATE),
        ("93.184.216.34", AddressClass.PUBLIC),
        ("2606:2800:220:1::1", AddressClass.PUBLIC),
    ],
)
def test_addresses_have_classes(address: str, kind: AddressClass) -> None:
    assert classify(address) == kind


def named(*addresses: str) -> Resolver:
    """A resolver that knows one name."""
    return lambda *_: list(addresses)


def test_one_address_that_is_not_allowed_refuses_the_name() -> None:
    policy = OutboundPolicy()
    with pytest.raises(OutboundRefused) as refused:
        pin("https://h.example/", policy, resolver=named("93.184.216.34", "10.0.0.1"))
    assert (refused.value.reason, refused.value.address) == (Refusal.ADDRESS_CLASS, "10.0.0.1")
    assert refused.value.address_class == AddressClass.PRIVATE
    target = pin("https://h.example/", policy, resolver=named("93.184.216.34"))
    assert (target.address, target.port, target.path) == ("93.184.216.34", 443, "/")


@pytest.mark.parametrize(
    "host",
    ["2130706433", "0x7f000001", "0x7f.0.0.1", "0177.0.0.1", "127.1", "127.0.1", "127.0.0.1.", "010.0.0.1",
     "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
     "\u2460\u2461\u2466.0.0.1", "127\u30020.0.1", "256.1.1.1", "1.2.3.0x4"],
)  # fmt: skip
def test_an_address_in_disguise_is_refused_before_anything_is_looked_up(host: str) -> None:
    looked_up: list[str] = []

    def resolver(name: str, port: int) -> list[str]:
        looked_up.append(name)
        return ["127.0.0.1"]

    with pytest.raises(OutboundRefused) as refused:
        fetch(f"http://{host}/", HERE, resolver=resolver)
    assert refused.value.reason == Refusal.MALFORMED
    assert looked_up == []


def test_an_unknown_name_and_a_slow_resolver_are_refused() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror("no such name")

    def slow(host: str, port: int) -> list[str]:
        time.sleep(2)
        return ["127.0.0.1"]

    quick = OutboundPolicy(allowed=HERE.allowed, timeout_seconds=0.2)
    for resolver in (unknown, slow):
        with pytest.raises(OutboundRefused) as refused:
            fetch("http://h.example/", quick, resolver=resolver)
        assert refused.value.reason == Refusal.UNKNOWN_NAME


@pytest.mark.parametrize(
    "url",
    ["ftp://x/", "http:///x", "http://u:p@127.0.0.1/", "http://h/#a", "http://h h/", "x", "http://h:x/"],
)
def test_malformed_addresses_are_refused(url: str) -> None:
    with pytest.raises(OutboundRefused) as refused:
        fetch(url, HERE)
    assert refused.value.reason == Refusal.MALFORMED


def test_a_redirect_comes_back_as_it_is() -> None:
    def redirect(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(302)
        handler.send_header("Location", "http://10.0.0.1/")
        handler.end_headers()

    with http_server(redirect) as port:
        response = fetch(f"http://127.0.0.1:{port}/", HERE)
    assert (response.status, response.headers["Location"]) == (302, "http://10.0.0.1/")


def test_a_long_body_is_refused_or_cut_off() -> None:
    def long(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        handler.wfile.write(b"x" * 5000)

    with http_server(long) as port:
        url = f"http://127.0.0.1:{port}/"
        with pytest.raises(OutboundFailed, match="longer than 2048"):
            fetch(url, OutboundPolicy(allowed=HERE.allowed, max_bytes=2048))
        response = fetch(url, OutboundPolicy(allowed=HERE.allowed, max_bytes=2048, may_truncate=True))
        assert len(response.body) == 2048
        assert len(fetch(url, OutboundPolicy(allowed=HERE.allowed, max_bytes=5000)).body) == 5000


@pytest.mark.parametrize(
    ("scheme", "first"),
    [
        pytest.param("http", b"HTTP/1.1 200 OK\r\nX-", id="headers"),
        pytest.param("http", b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n", id="body"),
        pytest.param("https", b"\x16\x03\x03\x40\x00", id="handshake"),
    ],
)
def test_who_sends_drop_by_drop_is_cut_off(scheme: str, first: bytes) -> None:
    policy = OutboundPolicy(allowed=HERE.allowed, timeout_seconds=0.7)
    begun = time.monotonic()
    with dripping(first) as port, pytest.raises(OutboundFailed, match="TimeoutError"):
        fetch(f"{scheme}://127.0.0.1:{port}/", policy)
    assert time.monotonic() - begun < 5


def test_nobody_listening_is_a_fault_of_the_network() -> None:
    with pytest.raises(OutboundFailed, match="ConnectionRefused"):
        fetch("http://127.0.0.1:1/", HERE)


def test_a_header_cannot_be_smuggled_in() -> None:
    with http_server(echo) as port, pytest.raises(OutboundFailed, match="ValueError"):
        fetch(f"http://127.0.0.1:{port}/", HERE, headers={"X-A": "1\r\nX-B: 2"})


@pytest.mark.parametrize(
    "head",
    [
        "Connection: close",
        "Connection: close\r\nContent-Length: 1000",
        "Connection: close\r\nTransfer-Encoding: chunked",
        "X-Length: none",
    ],
)
def test_a_response_that_ends_with_the_connection_is_cut_off_in_time(head: str) -> None:
    policy = OutboundPolicy(allowed=HERE.allowed, timeout_seconds=0.6)
    first = f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode()
    with dripping(first) as port, pytest.raises(OutboundFailed, match="TimeoutError"):
        fetch(f"http://127.0.0.1:{port}/", policy)


@contextmanager
def sending(content: bytes) -> Iterator[int]:
    """A peer that sends this and hangs up."""
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        peer, _ = listening.accept()
        with peer:
            peer.recv(65536)
            peer.sendall(content)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield int(listening.getsockname()[1])
    thread.join()
    listening.close()


@pytest.mark.parametrize(
    ("rest", "reason"),
    [
        ("Content-Length: 1000\r\n\r\n0123456789", "IncompleteRead"),
        ("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n", "IncompleteRead"),
        ("Transfer-Encoding: chunked\r\n\r\n-1\r\nhello", "no valid size"),
    ],
)
def test_a_response_that_is_not_whole_is_refused(rest: str, reason: str) -> None:
    with (
        sending(f"HTTP/1.1 200 OK\r\n{rest}".encode()) as port,
        pytest.raises(OutboundFailed, match=reason),
    ):
        fetch(f"http://127.0.0.1:{port}/", HERE)


@pytest.mark.parametrize(
    "address", ["64:ff9b::a00:1", "2002:a00:1::", "::a00:1", "fec0::1", "::ffff:10.0.0.1"]
)
def test_an_address_that_leads_to_a_private_one_is_private(address: str) -> None:
    assert classify(address) is AddressClass.PRIVATE

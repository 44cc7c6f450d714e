"""Known holes of locked packages: told when there are some, and never “none” when nobody could be asked."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from tools.checks.__main__ import Check, Outcome, verdict
from tools.checks.advisories import NOT_CHECKED, locked_packages, main

Answer = Callable[[list[dict[str, Any]]], Any]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "requirements.lock").write_text(
        "django==5.2.1 \\\n    --hash=sha256:aa\nuvloop==0.21 ; sys_platform != 'win32' \\\n    --hash=sha256:bb\n"
    )
    lock = {"packages": {"": {"name": "x"}, "node_modules/@a/b": {"version": "1.0.0"}}}
    (tmp_path / "package-lock.json").write_text(json.dumps(lock))
    (tmp_path / "pyproject.toml").write_text(
        "[tool.dependencies.advisories]\nGHSA-ours = 'only on Windows'\n"
    )
    return tmp_path


@contextmanager
def database(answer: Answer, status: int = 200) -> Iterator[str]:
    """An advisory database that answers the queries it gets."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(status)
            self.end_headers()
            self.wfile.write(json.dumps(answer(asked["queries"])).encode())

        def log_message(self, *_: Any) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def holes_of(**named: str) -> Answer:
    """Answers with an advisory for each package that is named."""

    def answer(queries: list[dict[str, Any]]) -> dict[str, Any]:
        ids = (named.get(query["package"]["name"]) for query in queries)
        return {"results": [{"vulns": [{"id": found}]} if found else {} for found in ids]}

    return answer


def closed_address() -> str:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return f"http://127.0.0.1:{probe.getsockname()[1]}/"


def test_every_lock_is_read(project: Path) -> None:
    assert [package.key for package in locked_packages(project)] == [
        "npm/@a/b@1.0.0",
        "PyPI/django@5.2.1",
        "PyPI/uvloop@0.21",
    ]


def test_packages_without_holes_are_counted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with database(holes_of()) as address:
        assert main(project, address) == 0
    assert "3 packages asked about" in capsys.readouterr().out


def test_a_hole_is_a_fault_unless_a_reason_is_listed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with database(holes_of(django="GHSA-bad", uvloop="GHSA-ours")) as address:
        assert main(project, address) == 1
    said = capsys.readouterr().out
    assert "requirements.lock:1: django 5.2.1 has a known hole, GHSA-bad" in said
    assert "GHSA-ours" not in said


def test_without_a_network_nothing_is_called_clean(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(project, closed_address()) == NOT_CHECKED
    said = capsys.readouterr().out
    assert said.startswith("could not check: ")
    assert "never asked before" in said


def test_what_was_learned_before_is_still_known(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with database(holes_of(django="GHSA-bad")) as address:
        main(project, address)
    capsys.readouterr()
    assert main(project, closed_address()) == 1
    said = capsys.readouterr().out
    assert "could not check: " in said
    assert "last asked 2" in said
    assert "GHSA-bad" in said


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        pytest.param(lambda _: {"results": [{}]}, 200, id="too few"),
        pytest.param(lambda _: {"results": [1, 2, 3]}, 200, id="not objects"),
        pytest.param(lambda _: {}, 200, id="no results"),
        pytest.param(lambda _: [], 200, id="a list"),
        pytest.param(holes_of(), 503, id="busy"),
    ],
)
def test_an_answer_that_is_not_whole_is_none(project: Path, answer: Answer, status: int) -> None:
    with database(answer, status) as address:
        assert main(project, address) == NOT_CHECKED


def test_without_locks_nothing_was_checked(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").touch()
    assert main(tmp_path, closed_address()) == NOT_CHECKED


def test_the_verdict_names_what_could_not_be_checked() -> None:
    may, must = Check("advisories", "x", (), may_be_unknown=True), Check("lint", "x", ())
    unknown = Outcome(may, NOT_CHECKED, 0, "")
    assert verdict([Outcome(must, 0, 0, ""), unknown]) == "1 of 2 kept. Could not check: advisories."
    assert verdict([Outcome(must, 0, 0, ""), Outcome(may, 0, 0, "")]) == "All kept."
    assert "1 of 2 broken: lint" in verdict([Outcome(must, NOT_CHECKED, 0, ""), unknown])

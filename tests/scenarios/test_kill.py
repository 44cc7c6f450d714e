"""Killed in the middle of writing, the site recovers without an operator, loses and doubles nothing, verifies clean."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from congtam.testing.template_database import copy_cluster
from tests.scenarios.killed_site import SET_UP, Site, Writers

pytestmark = pytest.mark.timeout(600)
PARTS = ("web server", "worker", "database", "its worker", "a connection's process", "database")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    found = Site(folder=tmp_path / "var")
    copy_cluster(found.folder / "postgres")
    yield found
    found.stop()


def test_nothing_is_lost_or_doubled(site: Site) -> None:
    site.command("-m", "congtam", "prepare")
    writers = Writers(site=site, token=site.command("-c", SET_UP).stdout.split()[-1])
    site.start()
    writers.begin(4)
    for part in PARTS:
        writers.wait_for(10)
        site.kill(part)
    writers.wait_for(20)
    writers.end()
    there = writers.listed()
    assert {key: [code] for key, code in writers.answered.items()} == there
    some = list(writers.answered.items())[:: max(1, len(there) // 10)]
    assert [(key, writers.receive(key)) for key, _ in some] == some
    numbers = sorted(int(code.rsplit("-", 1)[1]) for codes in there.values() for code in codes)
    assert numbers == list(range(1, len(there) + 1))
    site.stop()
    verified = site.command("-m", "congtam", "verify", "--json", check=False)
    assert (verified.returncode, any(json.loads(verified.stdout).values())) == (0, False)

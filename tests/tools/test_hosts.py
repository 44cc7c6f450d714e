"""Addresses and paths of a machine do not get into the files, unaccented Vietnamese not into names."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.checks.hosts import configured_hosts, in_names, in_text, main

HOSTS = {"packages.inner.example"}


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("--index-url https://packages.inner.example/x", id="host of the machine"),
        pytest.param("url: https://mirror.example/" + "simple/django", id="package index"),
        pytest.param("see /" + "work/main/docs", id="checkout of somebody"),
        pytest.param("path = '/" + "home/lan/.venv'", id="home of somebody"),
    ],
)
def test_an_address_or_a_path_is_named(line: str) -> None:
    (finding,) = in_text(f"first line\n{line}\n", Path("a.md"), hosts=HOSTS)
    assert finding.line == 2


@pytest.mark.parametrize(
    "line",
    [
        "https://vnexpress.net/home/a",
        "src/work/x.py",
        "the /works of",
        "https://example.org/docs",
        "../shared/data",
    ],
)
def test_ordinary_text_is_left_alone(line: str) -> None:
    assert list(in_text(line, Path("a.md"), hosts=HOSTS)) == []


def test_hosts_come_from_the_environment() -> None:
    environment = {
        "PIP_INDEX_URL": "https://user@packages.inner.example/x",
        "PIP_FIND_LINKS": "https://wheels.inner.example/ /var/wheels",
        "PATH": "https://not.this",
    }
    assert configured_hosts(environment) == {"packages.inner.example", "wheels.inner.example"}


def test_unaccented_vietnamese_is_refused_in_names_only() -> None:
    source = "x = row['ho_so']  # don_vi of the source\ntotal_ho_so = 1\n"
    (finding,) = in_names(source, Path("a.py"))
    assert (finding.line, finding.text) == (2, "unaccented Vietnamese in a name: ho_so")
    assert len(list(in_names("", Path("thu_tuc.py")))) == 1
    assert list(in_names("echo_some = 1\n", Path("a.py"))) == []


def test_the_house_is_clean() -> None:
    assert main() == 0

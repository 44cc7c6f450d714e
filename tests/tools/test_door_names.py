"""A door is narrow, and every name on it is used by another room."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.checks.door_names import MOST, check

from tests.tools.house import build_house

DOOR = 'from congtam.dossiers.store import receive\n__all__ = [\n    "receive",\n]\n'


def complaints(folder: Path, files: dict[str, str]) -> list[str]:
    return [str(finding) for finding in check(build_house(folder, files))]


@pytest.mark.parametrize(
    ("user", "text"),
    [
        pytest.param("portal/filing.py", "from congtam.dossiers.public import receive", id="by name"),
        pytest.param("portal/filing.py", "from congtam.dossiers.public import receive as r", id="renamed"),
        pytest.param(
            "portal/filing.py",
            "from congtam.dossiers import public as desk\ndesk.receive()",
            id="by the door",
        ),
        pytest.param(
            "portal/filing.py",
            "def file():\n    from congtam.dossiers.public import receive\n    receive()",
            id="in a function",
        ),
        pytest.param(
            "portal/filing.py",
            "import congtam.dossiers.public\ncongtam.dossiers.public.receive()",
            id="in full",
        ),
        pytest.param("config/urls.py", "from congtam.dossiers.public import receive", id="by the root"),
    ],
)
def test_a_name_used_by_another_room_may_stay(tmp_path: Path, user: str, text: str) -> None:
    assert complaints(tmp_path, {"dossiers/public.py": DOOR, user: text}) == []


@pytest.mark.parametrize(
    ("user", "text"),
    [
        pytest.param("dossiers/cli.py", "from congtam.dossiers.public import receive", id="by its own room"),
        pytest.param(
            "portal/tests/test_it.py", "from congtam.dossiers.public import receive", id="by a test"
        ),
        pytest.param("testing/desk.py", "from congtam.dossiers.public import receive", id="by test support"),
        pytest.param("portal/filing.py", "from congtam.dossiers import public", id="the door alone"),
        pytest.param("portal/filing.py", "from congtam.portal.public import receive", id="of another door"),
    ],
)
def test_a_name_used_by_no_other_room_is_reported(tmp_path: Path, user: str, text: str) -> None:
    (complaint,) = complaints(tmp_path, {"dossiers/public.py": DOOR, user: text})
    assert complaint.startswith("src/congtam/dossiers/public.py:3: receive is used by no other room")


def wide_door(count: int) -> dict[str, str]:
    names = [f"name_{index}" for index in range(count)]
    return {
        "dossiers/printing/public.py": f"__all__ = {names}\n",
        "portal/all.py": f"from congtam.dossiers.printing.public import {', '.join(names)}\n",
    }


def test_a_door_of_too_many_names_is_reported(tmp_path: Path) -> None:
    (complaint,) = complaints(tmp_path, wide_door(MOST + 1))
    assert "printing/public.py:1: a door of 41 names, at most 40" in complaint


def test_a_door_at_the_limit_may_stay(tmp_path: Path) -> None:
    assert complaints(tmp_path, wide_door(MOST)) == []


def test_a_door_that_lists_nothing_is_reported(tmp_path: Path) -> None:
    (complaint,) = complaints(
        tmp_path, {"dossiers/public.py": "from congtam.dossiers.store import receive\n"}
    )
    assert "lists what it shows in __all__" in complaint


@pytest.mark.parametrize(
    "more", ['__all__ += ["send"]\n', '__all__.append("send")\n', "__all__ = [*names]\n"]
)
def test_a_list_that_is_put_together_is_reported(tmp_path: Path, more: str) -> None:
    door = more if more.startswith("__all__ = ") else DOOR + more
    (complaint, *_) = complaints(tmp_path, {"dossiers/public.py": door})
    assert "in __all__, as plain texts" in complaint

"""The door rule, on a small house of its own; the real one in its own check."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from importlinter.application.use_cases import FAILURE, SUCCESS
from importlinter.cli import lint_imports

CONFIG = """
[importlinter]
root_package = house
contract_types =
    doors: tools.checks.door_contract.DoorContract

[importlinter:contract:doors]
name = doors
type = doors
contexts =
    dossiers
    offers
    units
doors =
    public
further_doors =
    offers.printing.public
    units.printing.public
test_doors = house.testing.doors
open_modules =
    house.units.web
composition_root = house.config
root_doors =
    cli
"""


@pytest.fixture(autouse=True)
def loggers_stay_enabled() -> Iterator[None]:
    """The linter configures logging for its process, which disables each logger that exists already."""
    loggers = [item for item in logging.root.manager.loggerDict.values() if isinstance(item, logging.Logger)]
    disabled = [logger.disabled for logger in loggers]
    yield
    for logger, was_disabled in zip(loggers, disabled, strict=True):
        logger.disabled = was_disabled


def build(folder: Path, importer: str, line: str) -> None:
    for module in ("config.urls", "dossiers.actions", "dossiers.tests.test_it", "kernel.clock"):
        write(folder, f"house.{module}")
    for module in ("units.public", "units.models", "units.web.tags", "units.printing.public"):
        write(folder, f"house.{module}")
    write(folder, "house.units.printing.paper")
    write(folder, "house.units.cli.commands")
    write(folder, "house.offers.public.papers")
    write(folder, "house.offers.printing.public.papers")
    write(folder, "house.testing.doors.units")
    write(folder, importer, line)
    (folder / ".importlinter").write_text(CONFIG)


def write(folder: Path, module: str, content: str = "") -> None:
    path = folder.joinpath(*module.split("."))
    path.parent.mkdir(parents=True, exist_ok=True)
    for parent in path.parents:
        if parent == folder:
            break
        (parent / "__init__.py").touch()
    path.with_suffix(".py").write_text(dedent(content))


@pytest.mark.parametrize(
    ("importer", "line", "verdict"),
    [
        pytest.param("house.dossiers.actions", "from house.units import public", SUCCESS, id="by the door"),
        pytest.param(
            "house.dossiers.actions", "from house.units.models import U", FAILURE, id="round the door"
        ),
        pytest.param("house.dossiers.actions", "from house import units", FAILURE, id="the context itself"),
        pytest.param(
            "house.dossiers.actions", "from house.units.web.tags import x", SUCCESS, id="a module left open"
        ),
        pytest.param("house.dossiers.actions", "from house.dossiers import tests", SUCCESS, id="one's own"),
        pytest.param("house.dossiers.actions", "from house.kernel import clock", SUCCESS, id="no context"),
        pytest.param(
            "house.dossiers.tests.test_it", "from house.units.models import U", FAILURE, id="a test too"
        ),
        pytest.param("house.config.urls", "from house.units import cli", SUCCESS, id="the root by its doors"),
        pytest.param(
            "house.config.urls", "from house.units import models", FAILURE, id="the root round them"
        ),
        pytest.param(
            "house.dossiers.actions", "from house.units import cli", FAILURE, id="a root door for others"
        ),
        pytest.param(
            "house.config.urls", "from house.units.cli.commands import x", SUCCESS, id="within a root door"
        ),
        pytest.param(
            "house.dossiers.actions",
            "from house.offers import public",
            SUCCESS,
            id="a door that is a package",
        ),
        pytest.param(
            "house.dossiers.actions",
            "from house.offers.public.papers import x",
            FAILURE,
            id="a module within a door",
        ),
        pytest.param(
            "house.dossiers.actions",
            "from house.offers.printing.public import papers",
            FAILURE,
            id="a module within a further door",
        ),
        pytest.param(
            "house.config.urls",
            "from house.offers.public import papers",
            FAILURE,
            id="the root within a door",
        ),
    ],
)
def test_a_context_is_entered_by_its_door(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, importer: str, line: str, verdict: bool
) -> None:
    build(tmp_path, importer, line)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.chdir(tmp_path)
    for name in [name for name in sys.modules if name.split(".")[0] == "house"]:
        monkeypatch.delitem(sys.modules, name)
    assert (lint_imports(no_cache=True) == 0) is verdict


def test_the_house_keeps_its_contracts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    assert lint_imports(no_cache=True) == 0

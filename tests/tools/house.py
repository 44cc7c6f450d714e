"""A small house of its own, for the tests of the checks that read the rooms."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path

CONTRACTS = """
[importlinter]
root_package = congtam

[importlinter:contract:rooms]
name = rooms
type = layers
layers =
    congtam.config
    congtam.portal | congtam.imports
    congtam.dossiers
    congtam.ui

[importlinter:contract:doors]
name = doors
type = doors
contexts =
    dossiers
    portal
    imports
    ui
doors =
    public
further_doors =
    dossiers.printing.public
composition_root = congtam.config
"""


def build_house(folder: Path, contents: Mapping[str, str]) -> Path:
    """Write the files below `src/congtam` of a new checkout with the contracts above."""
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    (folder / ".importlinter").write_text(CONTRACTS)
    for name, text in contents.items():
        path = folder / "src/congtam" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder

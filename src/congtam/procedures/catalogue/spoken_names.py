"""The catalogue of spoken names as it is shipped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

import yaml

from congtam.procedures.catalogue.domain.spoken import SpokenNames

NAMES_FILE: Final = Path(__file__).parent / "spoken_names.yaml"


@cache
def spoken_names() -> SpokenNames:
    """What people call procedures (tên thường gọi); read once."""
    return SpokenNames.from_rows(yaml.safe_load(NAMES_FILE.read_text(encoding="utf-8")))

from __future__ import annotations

from pathlib import Path

import pytest

from congtam.config.warming import warm_up

pytestmark = pytest.mark.django_db


def test_an_empty_installation_is_no_obstacle(warehouse_dir: Path) -> None:
    warm_up()


def test_units_without_dossiers_are_none_either(small_tree: None, warehouse_dir: Path) -> None:
    warm_up()

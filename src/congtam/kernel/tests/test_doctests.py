"""The examples in the kernel's docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import congtam.kernel

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(congtam.kernel.__path__, "congtam.kernel.")
    if ".tests" not in module.name and not module.ispkg
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0

"""The examples in the documentation of the rules are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import congtam.foundation.domain as rules

MODULES = [module.name for module in pkgutil.iter_modules(rules.__path__, f"{rules.__name__}.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0

"""Every example in a docstring gives what it says, in all modules of the packages."""

from __future__ import annotations

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import adapters
import cleaners
import crawler
import pipelines

PACKAGES = (adapters, cleaners, crawler, pipelines)
MODULES = [found.name for each in PACKAGES for found in walk_packages(each.__path__, f"{each.__name__}.")]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name: str) -> None:
    assert doctest.testmod(import_module(name)).failed == 0


def test_there_are_examples() -> None:
    found = doctest.DocTestFinder().find(import_module("cleaners.text.composing"))
    assert sum(len(each.examples) for each in found) >= 3, "test_examples finds them where they stand"

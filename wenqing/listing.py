"""The program's commands and their options, for its help, shell completion and the reference."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from crawler.running.descriptions import DESCRIPTIONS

if TYPE_CHECKING:
    from crawler.running.base_command import BaseCommand

SETTINGS, COMMANDS = "crawler.settings", "crawler.commands"


def commands() -> list[str]:
    """Return the names of all commands."""
    return sorted(DESCRIPTIONS)


def command(name: str) -> BaseCommand:
    """Return a command, with the settings of the program."""
    from scrapy.settings import Settings

    made: BaseCommand = import_module(f"{COMMANDS}.{name}").Command()
    made.settings = Settings()
    made.settings.setmodule(SETTINGS, priority="project")
    return made


def parser(of: BaseCommand) -> argparse.ArgumentParser:
    """Return what reads the arguments of a command."""
    made = argparse.ArgumentParser(conflict_handler="resolve", description=of.long_desc())
    of.add_options(made)
    return made


def options(of: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    """Yield the options that the help of a command shows, in its order."""
    for action in of._actions:
        if action.option_strings and action.help != argparse.SUPPRESS:
            yield action

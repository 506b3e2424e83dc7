"""`scrapy config`: the settings that count here, and where each comes from."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from typing import Any, ClassVar

from crawler.errors import ArgumentError, program
from crawler.running.base_command import BaseCommand
from crawler.running.configuration import ENVIRONMENT, FILE, NAME, in_toml
from crawler.running.user_settings import USER_SETTINGS, UserSetting
from crawler.terminal import table
from crawler.terminal.explain import visible


class Command(BaseCommand):
    """Show each setting with its value and its origin: default, wenqing.toml, the environment, or -s."""

    examples = ("config", "config DATA_DIR WENQING_CONTACT", "config --json")
    requires_crawler_process = False
    reads_rules = False
    default_settings: ClassVar[dict[str, object]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        """Return what follows the command's name."""
        return "[--json] [NAME...]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the command's own options to Scrapy's."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print one line of JSON instead of the table")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Show them; the exit code is 2 for what is no setting."""
        with self.ending():
            chosen = _chosen(self.names(args))
            if opts.json:
                told = {each.name: {"value": self.config[each.name], "from": self._origin(each)} for each in chosen}
                print(visible(json.dumps(told, ensure_ascii=False)))
                return
            print(
                visible(str(self.configured_by or f"no {NAME} here or above; {program()} init writes one")), end="\n\n"
            )
            rows = [(each.section or "-", each.name, self._value(each), self._origin(each)) for each in chosen]
            print("\n".join(map(visible, table.render([("section", "setting", "value", "from"), *rows]))))

    def _value(self, setting: UserSetting) -> str:
        value = self.config[setting.name]
        return value if isinstance(value, str) and value else in_toml(value)

    def _origin(self, setting: UserSetting) -> str:
        priority = self.config.getpriority(setting.name) or 0
        if priority < FILE:
            return "default"
        return {FILE: NAME, ENVIRONMENT: setting.variable}.get(priority, "-s")


def _chosen(names: Sequence[str]) -> list[UserSetting]:
    by_name: dict[str, Any] = {
        name: each for each in USER_SETTINGS.values() for name in (each.name, each.key, each.variable)
    }
    if unknown := next((name for name in names if name not in by_name), None):
        raise ArgumentError(f"no setting {unknown}; {program()} config shows all")
    return [by_name[name] for name in names] or list(USER_SETTINGS.values())

"""Settings from wenqing.toml and the environment: found, checked, and put below those of the command line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from crawler.errors import ArgumentError
from crawler.running.settings_check import SECRET, example, wrong
from crawler.running.user_settings import USER_SETTINGS, UserSetting

NAME = "wenqing.toml"
CONFIG_VARIABLE = "WENQING_CONFIG"
"""Names another file, or none where it is empty."""
FILE = SETTINGS_PRIORITIES["project"] + 1
ENVIRONMENT = SETTINGS_PRIORITIES["project"] + 2
"""Scrapy's priorities of where a setting comes from; that of `-s` is above them, that of a default below."""
_PATHS = ("DATA_DIR", "LOG_FILE")
_HEADING = re.compile(r"\s*\[\s*([^\[\]]*?)\s*\]")


def apply(settings: BaseSettings, environment: Mapping[str, str]) -> Path | None:
    """Put what file and environment say into the settings; return the file.

    Raises ArgumentError, which names the file's line or the variable, for what is no setting or has a wrong value.
    """
    path = configuration_file(environment)
    if path:
        settings.setdict(_read(path), priority=FILE)
    settings.setdict(_of_environment(environment), priority=ENVIRONMENT)
    return path


def configuration_file(environment: Mapping[str, str]) -> Path | None:
    """Return the file that counts here: the one in this folder, else in the nearest one above it that has one."""
    if CONFIG_VARIABLE in environment:
        named = environment[CONFIG_VARIABLE]
        if named and not Path(named).is_file():
            raise ArgumentError(f"{CONFIG_VARIABLE}: {named}: no such file; name another one, or none as ''")
        return Path(named).resolve() if named else None
    here = Path.cwd()
    return next((path for folder in (here, *here.parents) if (path := folder / NAME).is_file()), None)


def misspelt(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield a message for each variable that has nearly the name of one that counts."""
    known = {setting.variable for setting in USER_SETTINGS.values()} | {CONFIG_VARIABLE}
    for name in environment:
        if name.startswith("WENQING_") and name not in known and (near := get_close_matches(name, known, n=1)):
            yield f"no variable {name}; did you mean {near[0]}?"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One key of the file and where it stands."""

    path: Path
    section: str
    key: str
    value: Any
    line: int

    def fault(self, message: str) -> ArgumentError:
        """Return an error that names the place."""
        return ArgumentError(f"{self.path}:{self.line}: {message}")


def _read(path: Path) -> dict[str, Any]:
    """Return the settings of a wenqing.toml; raises ArgumentError with file, line and remedy."""
    try:
        text = path.read_text(encoding="utf-8")
        said = tomllib.loads(text)
    except UnicodeDecodeError:
        raise ArgumentError(f"{path}: is no UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        reason, _, place = str(error).partition(" (at ")
        line = place.removeprefix("line ").partition(",")[0] if place.startswith("line") else len(text.splitlines())
        raise ArgumentError(f"{path}:{line}: {reason}; see https://toml.io") from None
    data_dir = _below(path.parent, USER_SETTINGS["DATA_DIR"].default)
    return {"DATA_DIR": data_dir, **dict(_setting(entry) for entry in _entries(path, text, said))}


def _entries(path: Path, text: str, said: Mapping[str, Any]) -> Iterator[_Entry]:
    """Yield the keys at the top and in the sections."""
    sections = {setting.section for setting in USER_SETTINGS.values()} - {""}
    for name, value in said.items():
        if not isinstance(value, dict):
            yield _Entry(path, "", name, value, _line(text, "", name))
        elif name in sections:
            yield from (_Entry(path, name, key, inner, _line(text, name, key)) for key, inner in value.items())
        else:
            line = _line(text, name, "")
            raise ArgumentError(f"{path}:{line}: no section {name}; there are {', '.join(sorted(sections))}")


def _line(text: str, section: str, key: str) -> int:
    """Return the number of the line where a key stands, or its section where it is written in another way."""
    wanted = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
    now, at = "", 1
    for number, line in enumerate(text.splitlines(), 1):
        if heading := _HEADING.match(line):
            now = heading[1].strip("\"'")
            at = number if now == section else at
        elif now == section and wanted.match(line):
            return number
    return at


def _setting(entry: _Entry) -> tuple[str, Any]:
    """Return name and value of the setting that an entry gives."""
    by_key = {setting.key: setting for setting in USER_SETTINGS.values()}
    setting = by_key.get(entry.key)
    if setting is None:
        near = get_close_matches(entry.key.lower(), list(by_key), n=1)
        raise entry.fault(f"no setting {entry.key}; " + (f"did you mean {near[0]}?" if near else "see wenqing config"))
    if setting.section != entry.section:
        place = f"into the section [{setting.section}]" if setting.section else "to the top, above all sections"
        raise entry.fault(f"{entry.key} stands in a wrong place; move it {place}")
    if wanted := _wrong_type(setting, entry.value) or wrong(setting.name, entry.value, setting.default):
        if setting.name in SECRET:
            raise entry.fault(f"{entry.key}: {wanted}")
        raise entry.fault(f"{entry.key} is {entry.value!r}; {wanted}, as {setting.key} = {in_toml(setting.default)}")
    if setting.name in _PATHS:
        return setting.name, _below(entry.path.parent, entry.value)
    return setting.name, entry.value


def _below(folder: Path, name: str) -> str:
    """Return a path of a file in `folder`; in the current one it stays as it is."""
    return name if folder == Path.cwd() or not name else str(folder / name)


def _wrong_type(setting: UserSetting, value: Any) -> str | None:
    """Return what a value of TOML should be, None where its type may be used."""
    default = setting.default
    if isinstance(default, list):
        texts = isinstance(value, list) and all(isinstance(each, str) for each in value)
        return None if texts else "give a list of names"
    if isinstance(default, str | None):
        return None if isinstance(value, str) else "give a text"
    kind = "true or false" if isinstance(default, bool) else "a number"
    return None if isinstance(value, bool | int | float) else f"give {kind} without quotes"


def in_toml(value: Any) -> str:
    """Return a value as TOML writes it.

    >>> in_toml(True), in_toml(["a"]), in_toml(3.0), in_toml(None)
    ('true', '["a"]', '3.0', '""')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(in_toml, value))}]"
    return str(value) if isinstance(value, int | float) else f'"{value or ""}"'


def _of_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the settings that environment variables give; raises ArgumentError for a wrong value."""
    found = {}
    for setting in USER_SETTINGS.values():
        value = environment.get(setting.variable)
        if value is None:
            continue
        if wanted := wrong(setting.name, value, setting.default):
            if setting.name in SECRET:
                raise ArgumentError(f"{setting.variable}: {wanted}")
            raise ArgumentError(
                f"{setting.variable} is {value!r}; {wanted}{example(setting.variable, setting.default)}"
            )
        found[setting.name] = value
    return found


def template(contact: str = "", sites: list[str] | None = None) -> str:
    """Return a wenqing.toml that says what may be said, each setting with its default behind a #."""
    given = {"contact": contact, "sites": sites}
    lines, section = (
        ["# Settings of 文清 (wenqing). `wenqing config` shows which count, and where each comes from."],
        "",
    )
    for setting in USER_SETTINGS.values():
        if setting.section != section:
            section = setting.section
            lines += ["", f"[{section}]"]
        value = given.get(setting.key)
        lines += [f"# {setting.meaning}", f"{'' if value else '# '}{setting.key} = {in_toml(value or setting.default)}"]
    return "\n".join(lines) + "\n"

"""Writes docs/reference/ from the program: commands, settings, the record, exit codes, the Python interface.

`make reference` writes the pages; tests/test_docs.py says when one is not up to date.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from argparse import Action
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import wenqing
from cleaners.model import RECORD_FIELDS
from crawler.errors import EXIT_CODES
from crawler.running.configuration import CONFIG_VARIABLE, NAME, in_toml
from crawler.running.descriptions import DESCRIPTIONS
from crawler.running.user_settings import USER_SETTINGS
from wenqing.completion import WORDS
from wenqing.listing import command, commands, options, parser

FOLDER = Path(__file__).parent.parent / "docs" / "reference"
MEANINGS: Mapping[str, str] = {
    "id": "first 16 hex digits of `sha256`; null without text. The hash is this project's own",
    "sha256": "SHA-256 of the canonical text: no blanks, NFKC, Simplified",
    "title": "the title as a person would write it; null where the page has none",
    "text": "the text, one paragraph a line, without the title",
    "source": "the site's name, else the host, else `unknown`",
    "template": "the page family that was recognised, `generic` where none was",
    "url": "where the document was found first",
    "urls": "all pages that gave it",
    "created": "when it was published, as the page says, else as the folders of its address do (`/2019/05/12/`)",
    "added": "when it was fetched, ISO 8601 in UTC",
    "truncated": "whether text is missing; null where it cannot be told",
    "truncation": "where text is missing, how many characters or pages as the page states them, and the words that say so",
    "metadata": "facts as the page states them; `outline` has the headings it prints above the text, `spun` the words that "
    "a rewriting engine swapped, with the author's",
    "script": "`Hans` or `Hant`, as found; the text is Simplified unless you say `--keep-script`",
    "flags": "`no_text`; `block_page:KIND` (a page in the place of a document); `filler`; `undecodable` (bytes or "
    "characters are lost); `private_use` (signs of a font); `spun`; `sentence_lines` (the site broke the text "
    "behind each sentence: its lines are no paragraphs); `listing` (a saved page that leads to documents and holds none); "
    "`script_text`, `script_only`",
    "edits": "each rule that changed the page, how often, and how many characters it took",
    "duplicate_of": "the earlier document that holds this text; null for a document without copies",
    "containment": "the share of this text that was there before",
    "cluster": "the first document of the cluster of copies",
    "supersedes": "documents that the same URL gave before",
    "input": "file and row, or the row's own `id` (`clean` only)",
    "version": "version of the rules",
}


def main() -> None:
    """Write all pages."""
    FOLDER.mkdir(exist_ok=True)
    for name in PAGES:
        (FOLDER / f"{name}.md").write_text(page(name), encoding="utf-8")


def page(name: str) -> str:
    """Return the text of one page of `PAGES`."""
    return "\n".join(PAGES[name]()) + "\n"


def _commands() -> Iterator[str]:
    yield "# Commands"
    yield "\nIn a checkout the same commands are `.venv/bin/scrapy COMMAND`. What `-q`, `-v`, `-L` and `-s` do is the same for"
    yield "all of them and told once, at the end.\n"
    yield from _table(("command", "what it does"), ((f"[`{n}`](#{n})", told) for n, told in DESCRIPTIONS.items()))
    shared = {flag for name in ("sites",) for action in _own(name) for flag in action.option_strings} - {"--json"}
    for name in commands():
        of = command(name)
        yield f"\n## {name}\n"
        yield f"{inspect.getdoc(type(of))}\n"
        yield f"```text\nwenqing {name} {of.syntax()}\n```\n"
        own = [action for action in _own(name) if not shared & set(action.option_strings)]
        if own:
            yield from _table(("option", "meaning"), map(_option, own))
        yield "\n```text"
        yield from (f"wenqing {call}" for call in of.examples)
        yield "```"
    yield "\n## completion, help\n"
    yield from _table(("command", "what it does"), ((f"`{name}`", text) for name, text in WORDS.items()))
    yield "\n## Of every command\n"
    yield from _table(("option", "meaning"), map(_option, (each for each in _own("sites") if each.dest != "json")))


def _own(name: str) -> list[Action]:
    return list(options(parser(command(name))))


def _option(action: Action) -> tuple[str, str]:
    value = "" if action.nargs == 0 else f" {action.metavar or '|'.join(map(str, action.choices or [action.dest]))}"
    return _cell(f"`{', '.join(action.option_strings)}{value}`"), _cell(action.help or "")


def _settings() -> Iterator[str]:
    yield "# Settings"
    yield f"\nEach is said with `-s NAME=VALUE`, by a variable of the environment, or in `{NAME}`; the first of these that says"
    yield f"something counts, else the default. `{NAME}` is found in the folder or in the nearest one above it, or where"
    yield f"`{CONFIG_VARIABLE}` says (empty: nowhere). `wenqing config` shows what counts and where it comes from, `wenqing init`"
    yield "writes a file in which all of this stands. Names and types are checked before anything is done.\n"
    yield f"In the environment `WENQING_` stands before a name (`WENQING_FREE_MB=2000`); in `{NAME}` it is written in small letters."
    yield "`WENQING_CONTACT` is the same in the environment and `contact` in the file.\n"
    yield "```toml"
    yield 'contact = "https://example.org/crawl"\nsites = ["taowenge"]\n\n[limits]\nfree_mb = 2000'
    yield "```"
    section = None
    for setting in USER_SETTINGS.values():
        if setting.section != section:
            section = setting.section
            yield f"\n## {f'[{section}]' if section else 'At the top'}\n"
            yield "| setting | default | meaning |\n|---|---|---|"
        yield f"| `{setting.name}` | `{in_toml(setting.default)}` | {_cell(setting.meaning)} |"


def _record() -> Iterator[str]:
    yield "# The record"
    yield "\nOne JSON object a line, always all keys in this order; a column of Parquet each. `wenqing.arrow_schema()` gives the"
    yield "Arrow schema.\n"
    yield from _table(
        ("key", "type", "meaning"),
        ((f"`{key}`", _kind(kind), _cell(MEANINGS[key])) for key, kind in RECORD_FIELDS.items()),
    )
    for key, kind in RECORD_FIELDS.items():
        inner = kind[0] if isinstance(kind, list) else kind
        if isinstance(inner, Mapping):
            yield f"\n## {key}\n"
            yield from _table(("key", "type"), ((f"`{name}`", _kind(of)) for name, of in inner.items()))


def _kind(kind: Any) -> str:
    if isinstance(kind, list):
        return "list of objects"
    return "object" if isinstance(kind, Mapping) else str(kind).replace("<", " of ").rstrip(">")


def _exit_codes() -> Iterator[str]:
    yield "# Exit codes\n"
    yield from _table(("code", "meaning"), ((str(code), _cell(text)) for code, text in sorted(EXIT_CODES.items())))
    yield "\nErrors are one line on standard error that names file, line and remedy. What is stored stays, and an output that"
    yield "could not be written whole is as it was."


def _api() -> Iterator[str]:
    yield "# Python"
    yield "\n`import wenqing` reads no rules; each name is loaded when it is asked for. All are typed.\n"
    yield "```python"
    yield "from wenqing import Page, clean\n"
    yield 'document = clean(Page(body=open("page.html", "rb").read(), url="https://www.wenku.example/p-1.html"))'
    yield "print(document.key, document.title, document.truncated)"
    yield "```"
    for name in sorted(wenqing.__all__, key=str.lower):
        of = getattr(wenqing, name)
        yield f"\n## {name}\n"
        if not callable(of):
            yield f"`{name} = {of!r}`: version of the rules that this program has."
            continue
        yield f"```text\n{_signature(name, of)}\n```\n"
        yield inspect.getdoc(of) or ""
        for method, inner in vars(of).items() if inspect.isclass(of) else ():
            if not method.startswith("_") and (inspect.isfunction(inner) or isinstance(inner, property)):
                shown = f".{method}" if isinstance(inner, property) else f".{_signature(method, inner)}"
                yield f"\n`{shown}`: {inspect.getdoc(inner)}"


def _signature(name: str, of: Any) -> str:
    """Return how it is called; of a dataclass a field a line."""
    if dataclasses.is_dataclass(of):
        fields = [f"    {each.name}: {each.type}{_default(each)}," for each in dataclasses.fields(of)]
        return "\n".join([f"{name}(", *fields, ")"])
    return name + re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(of)))


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return f" = {field.default!r}"
    return " = …" if field.default_factory is not dataclasses.MISSING else ""


def _table(heads: tuple[str, ...], rows: Any) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _cell(text: str) -> str:
    return " ".join(text.replace("%%", "%").split()).replace("|", "\\|")


PAGES: Mapping[str, Callable[[], Iterator[str]]] = {
    "commands": _commands,
    "settings": _settings,
    "record": _record,
    "exit-codes": _exit_codes,
    "python": _api,
}
"""The pages by the names of their files."""

if __name__ == "__main__":
    main()

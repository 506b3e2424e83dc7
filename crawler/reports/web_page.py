"""What all pages for a browser share: one look, a head that lets nothing else act, tables, a list of contents."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path

from crawler.terminal.explain import visible

CSS = Path(__file__).with_name("page.css").read_text("utf-8")
FOOT = "</body></html>\n"

Entry = tuple[str, str, str]
"""An entry of a list of contents: the id that it leads to, its class (`part` for what is inside the one above), its
words."""


def head(title: str, *, script: str = "", listed: bool = False) -> str:
    """Return a page up to its body; of scripts it runs `script` alone, and it loads nothing.

    A page that is `listed` holds a `main` and then the list of its contents.
    """
    runs = f"; script-src 'sha256-{_hashed(script)}'" if script else ""
    return f"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'{runs}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
{CSS}</style></head><body{' class="listed"' if listed else ""}>
"""


def contents(entries: Iterable[Entry]) -> str:
    """Return the list of a page's contents."""
    items = "".join(f'<li><a class="{kind}" href="#{at}">{safe(words)}</a></li>' for at, kind, words in entries)
    return f'<nav class="contents" aria-label="Contents"><ol>{items}</ol></nav>'


def table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of cells that are HTML; signs before a heading say what its column is.

    `*` holds numbers, `#` names that are not broken, `?` sentences; `~` is left out on a phone.
    """
    kinds = [_kind(name) for name in heading]
    names = [name.lstrip("".join(_KINDS)) for name in heading]
    head_cells = "".join(f"<th{kind}>{name}</th>" for kind, name in zip(kinds, names, strict=True))
    body = "".join(
        f"<tr>{''.join(f'<td{kind}>{cell}</td>' for kind, cell in zip(kinds, row, strict=True))}</tr>" for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{head_cells}</tr></thead><tbody>{body}</tbody></table></div>'


_KINDS = {"*": "n", "#": "id", "?": "why", "~": "wide"}
_BLANKS = re.compile("[^\\S\n\t \u3000\x1c-\x1f\x0b-\x0d\x85\u2028\u2029]")
"""Blanks of other widths, which look like any."""


def _kind(heading: str) -> str:
    signs = heading[: len(heading) - len(heading.lstrip("".join(_KINDS)))]
    return f' class="{" ".join(_KINDS[sign] for sign in signs)}"' if signs else ""


def safe(text: str | None) -> str:
    """Return text that HTML cannot act on: line feeds kept, control characters and odd blanks shown."""
    return "\n".join(escape(visible(_BLANKS.sub("␣", line))) for line in (text or "").split("\n"))


def _hashed(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

"""What all pages for a browser share: one look, a head that lets nothing else act, tables, a list of contents."""

from __future__ import annotations

import base64
import hashlib
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
    """Return a table of cells that are HTML.

    Columns whose heading begins with * hold numbers, with # names that are not broken, with ? sentences.
    """
    kinds = [_KINDS.get(name[:1], "") for name in heading]
    names = [name[1:] if kind else name for name, kind in zip(heading, kinds, strict=True)]
    head_cells = "".join(f"<th{kind}>{name}</th>" for kind, name in zip(kinds, names, strict=True))
    body = "".join(
        f"<tr>{''.join(f'<td{kind}>{cell}</td>' for kind, cell in zip(kinds, row, strict=True))}</tr>" for row in rows
    )
    return f'<div class="scroll"><table><thead><tr>{head_cells}</tr></thead><tbody>{body}</tbody></table></div>'


_KINDS = {"*": ' class="n"', "#": ' class="id"', "?": ' class="why"'}


def safe(text: str | None) -> str:
    """Return text that HTML cannot act on, line feeds kept and other control characters shown."""
    return "\n".join(escape(visible(line)) for line in (text or "").split("\n"))


def _hashed(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()

"""Renders cleaned pages as HTML with every edit marked, its rule and its reason; the page runs no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from cleaners.judging.rulebook import REASONS
from cleaners.model import Document, Edit
from crawler.terminal.explain import completeness, line_ends, place, visible

HEAD = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>scrapy clean, explained</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<style>
body{font:15px/1.7 system-ui,"Noto Sans CJK SC",sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem;color:#222}
pre{white-space:pre-wrap;overflow-wrap:anywhere;font:inherit;border:1px solid #ddd;padding:1rem;background:#fff}
del{background:#fde2e0;color:#8a1f17;text-decoration-thickness:1px}
ins{background:#dcf3df;color:#125c22;text-decoration:none}
sup{font-size:.65em;color:#555;margin:0 .2em;white-space:nowrap}
table{border-collapse:collapse;margin:1rem 0;font-size:.9em}
th,td{text-align:left;padding:.15rem .8rem .15rem 0;vertical-align:top;border-bottom:1px solid #eee}
td.number{text-align:right;font-variant-numeric:tabular-nums}
h2{margin-top:3rem;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body{background:#181818;color:#ddd}pre{background:#111;border-color:#444}
del{background:#4a1d1a;color:#ffb4ab}ins{background:#17401f;color:#a6e7b0}th,td{border-color:#333}sup{color:#aaa}}
</style></head><body>
<h1>scrapy clean, explained</h1>
<p><del>Removed</del> and <ins>new</ins> text with the rule that answers for it; everything else is the document.
Point at a mark for the reason.</p>
"""
FOOT = "</body></html>\n"
LABELLED = 8
"""Characters an edit takes, at least, to have its rule written beside it; all have it when pointed at."""


def section(name: str, document: Document) -> str:
    """Return one page: its facts, the page text with all edits, and the rules with counts and reasons."""
    return "\n".join(
        [
            f"<h2>{safe(name)}</h2>",
            *_facts(document),
            f"<pre>{''.join(_marked(document))}</pre>",
            *_rules(document),
            "",
        ]
    )


def _facts(document: Document) -> Iterator[str]:
    """Yield a table of the document's fields."""
    facts = {
        "title": document.title,
        "source": f"{document.source}, template {document.template}",
        "truncated": completeness(document.truncated, document.truncation),
        "created": document.created,
        "script": document.script,
        "flags": ", ".join(document.flags),
        "id": document.key,
    }
    yield "<table>"
    yield from (f"<tr><th>{name}</th><td>{safe(fact)}</td></tr>" for name, fact in facts.items() if fact)
    yield "</table>"


def _marked(document: Document) -> Iterator[str]:
    """Yield the page text in order: kept text as it is, edits marked, longer ones with their rule before them."""
    at, ends = 0, line_ends(document.page_text)
    for edit in document.edits:
        yield safe(document.page_text[at : edit.start])
        if edit.end - edit.start >= LABELLED:
            yield f"<sup>{escape(edit.rule)}</sup>"
        yield _mark(document, edit, ends)
        at = edit.end
    yield safe(document.page_text[at:])


def _mark(document: Document, edit: Edit, ends: Sequence[int]) -> str:
    reason = escape(f"{edit.rule}, {place(ends, edit, edit)}: {REASONS[edit.rule]}")
    old = safe(document.page_text[edit.start : edit.end]).replace("\n", "⏎\n")
    new = safe(edit.new).replace("\n", "⏎\n")
    return (f'<del title="{reason}">{old}</del>' if old else "") + (f'<ins title="{reason}">{new}</ins>' if new else "")


def _rules(document: Document) -> Iterator[str]:
    """Yield a table of the rules that changed the page, with their edits and characters."""
    count = Counter(edit.rule for edit in document.edits)
    ends = line_ends(document.page_text)
    lasts = {edit.rule: edit for edit in document.edits}
    firsts = {edit.rule: edit for edit in reversed(document.edits)}
    chars: Counter[str] = Counter()
    for edit in document.edits:
        chars[edit.rule] += edit.end - edit.start
    kept = len(document.page_text) - chars.total()
    yield "<table><tr><th>rule</th><th>edits</th><th>characters</th><th>where</th><th>why</th></tr>"
    for rule in sorted(count):
        numbers = f'<td class="number">{count[rule]:,}</td><td class="number">{chars[rule]:,}</td>'
        where = f"<td>{escape(place(ends, firsts[rule], lasts[rule]))}</td>"
        yield f"<tr><td>{escape(rule)}</td>{numbers}{where}<td>{escape(REASONS[rule])}</td></tr>"
    yield f'<tr><td>kept as it is</td><td></td><td class="number">{kept:,}</td><td></td><td></td></tr></table>'


def safe(text: str | None) -> str:
    """Return text that HTML cannot act on, line feeds kept and other control characters shown."""
    return "\n".join(escape(visible(line)) for line in (text or "").split("\n"))

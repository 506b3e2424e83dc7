"""Renders cleaned pages as HTML with every edit marked, its rule and its reason; the page runs no script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape

from cleaners.judging.rulebook import REASONS
from cleaners.model import Document, Edit
from crawler.reports.web_page import FOOT, contents, head, safe, table
from crawler.terminal.explain import completeness, line_ends, place

HEAD = f"""{head("Pages, explained", listed=True)}<main>
<h1>Pages, explained</h1>
<p><del>Removed</del> and <ins>new</ins> text with the rule that answers for it; everything else is the document.
Rules that take words are named, and lead to the reason in the table below the page; point at any mark for its own.</p>
"""


def section(number: int, name: str, document: Document) -> str:
    """Return a page: its facts, the page text with all edits, and the rules with counts and reasons."""
    return "\n".join(
        [
            f'<section id="p{number}"><h2>{safe(document.title or name)}</h2><p class="soft">{safe(name)}</p>',
            *_facts(document),
            f"<pre>{''.join(_marked(number, document))}</pre>",
            _rules(number, document),
            "</section>\n",
        ]
    )


def foot(titles: Sequence[str]) -> str:
    """Return the end of the page, with the list of its sections by their titles."""
    return f"</main>{contents((f'p{number}', '', title) for number, title in enumerate(titles))}{FOOT}"


def _facts(document: Document) -> Iterator[str]:
    """Yield a table of the document's fields."""
    facts = {
        "source": f"{document.source}, template {document.template}",
        "truncated": completeness(document.truncated, document.truncation),
        "created": document.created,
        "script": document.script,
        "flags": ", ".join(document.flags),
        "id": document.key,
    }
    yield '<div class="scroll"><table class="facts">'
    yield from (f"<tr><th>{name}</th><td>{safe(fact)}</td></tr>" for name, fact in facts.items() if fact)
    yield "</table></div>"


def _marked(number: int, document: Document) -> Iterator[str]:
    """Yield the page text in order: kept text as it is, edits marked, those that take words with their rule before."""
    at, ends = 0, line_ends(document.page_text)
    for edit in document.edits:
        yield safe(document.page_text[at : edit.start])
        if not edit.new and any(map(str.isalnum, document.page_text[edit.start : edit.end])):
            yield f'<sup><a href="#p{number}-{escape(edit.rule)}">{escape(edit.rule)}</a></sup>'
        yield _mark(document, edit, ends)
        at = edit.end
    yield safe(document.page_text[at:])


def _mark(document: Document, edit: Edit, ends: Sequence[int]) -> str:
    reason = escape(f"{edit.rule}, {place(ends, edit, edit)}: {REASONS[edit.rule]}")
    old = safe(document.page_text[edit.start : edit.end]).replace("\n", "⏎\n")
    new = safe(edit.new).replace("\n", "⏎\n")
    return (f'<del title="{reason}">{old}</del>' if old else "") + (f'<ins title="{reason}">{new}</ins>' if new else "")


def _rules(number: int, document: Document) -> str:
    """Return a table of the rules that changed the page, with their edits and characters."""
    count = Counter(edit.rule for edit in document.edits)
    ends = line_ends(document.page_text)
    lasts = {edit.rule: edit for edit in document.edits}
    firsts = {edit.rule: edit for edit in reversed(document.edits)}
    chars: Counter[str] = Counter()
    for edit in document.edits:
        chars[edit.rule] += edit.end - edit.start
    rows = [
        (
            f'<span id="p{number}-{escape(rule)}">{escape(rule)}</span>',
            f"{count[rule]:,}",
            f"{chars[rule]:,}",
            escape(place(ends, firsts[rule], lasts[rule])),
            escape(REASONS[rule]),
        )
        for rule in sorted(count)
    ]
    kept = len(document.page_text) - chars.total()
    heading = ("#rule", "*edits", "*characters", "where", "?why")
    return table(heading, [*rows, ("kept as it is", "", f"{kept:,}", "", "")])

"""Which lines of a saved page name it, as its own `title` or headings say."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.judging.titles import MAX_TITLE, letters, plain
from cleaners.markup.block_sums import MIN_LINK_LINE
from cleaners.markup.block_tree import BlockTree
from cleaners.reading.render import Rendered
from cleaners.text.normalized import normalize

MIN_TITLE_NAME, MAX_ABOVE_TEXT = 4, 80
"""Letters of a title, at least, and lines above the text in which it stands."""
MIN_TITLE_SHARE = 0.3
"""The share of what the page calls itself that a link has which names it, at least: shorter ones are tags."""


def heading(rendered: Rendered, tree: BlockTree) -> int | None:
    """Return the number of the first heading that `title` begins with, or the first `h1` of a page without one."""
    stated = plain(rendered.title or rendered.heading or "")
    for number, says in enumerate(rendered.markup):
        if not says.heading or says.is_hidden:
            continue
        name = plain(tree.lines[number])
        if name == stated or (len(name) >= MIN_TITLE_NAME and stated.startswith(name)):
            return number
    return None


def line_above(rendered: Rendered, tree: BlockTree, removed_by: Sequence[str | None]) -> int | None:
    """Return the line above the text, not of it, that is the title: the next one that `title` begins with or holds.

    A page that has no `title` is named by the next heading above the text.
    """
    first = next((number for number, rule in enumerate(removed_by) if not rule), 0)
    stated = plain(rendered.title or "")
    above = range(max(0, first - MAX_ABOVE_TEXT), first)
    names = map(letters, normalize("\n".join(tree.lines[above.start : first])).split("\n"))
    best, best_rank = None, 0.0
    for number, name in zip(above, names, strict=False):  # of no line at all there is one empty name
        says = rendered.markup[number]
        if says.is_hidden or not MIN_TITLE_NAME <= len(name) <= MAX_TITLE:
            continue
        rank = float(says.heading > 0)
        is_link = says.link_density >= MIN_LINK_LINE and not says.heading
        is_first = stated.startswith(name) and not (is_link and len(name) < MIN_TITLE_SHARE * len(stated))
        if is_first or (name in stated and not is_link):
            rank += (4 if is_first else 2) + len(name) / len(stated)
        if rank >= max(best_rank, 1):
            best, best_rank = number, rank
    return best

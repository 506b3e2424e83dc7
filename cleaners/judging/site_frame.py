"""The lines that a site's profile knows, taken in the search for the document."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from cleaners.judging.judge import Judged
from cleaners.judging.line_labels import LineLabels
from cleaners.judging.page_lines import Line


class SiteFrame(Protocol):
    """What is known of a site's frame beside the rules."""

    def known(
        self, lines: Sequence[Line], closed: Collection[int], title: str | None
    ) -> tuple[list[Judged], list[Judged], list[Judged]]:
        """Return the lines of a page that are its own: around the text, inside it, and those that rules know.

        The first two not at `closed` places.
        """

    def naming(self, lines: Sequence[Line], title: str) -> list[Judged]:
        """Return the lines of a page that are its own and hold its title."""

    def text_starts(self, lines: Sequence[Line]) -> int:
        """Return the place of the first line of the text where it is known that no title stands below; else 0."""


def take_around(
    search: LineLabels, site: SiteFrame | None, title: str | None
) -> tuple[list[Judged], list[Judged], list[Judged]]:
    """Take the lines around the text that the site's profile knows and no rule; return them, and the others it knows.

    The others are those inside the text, and those that rules know. Where the text is known to begin, its first line is
    its own unless one of them knows it.
    """
    if not site:
        return [], [], []
    search.text_starts = site.text_starts(search.lines)
    around, inside, ruled = site.known(search.lines, search.closed(), title)
    search.removed_by |= {line.place: line.rule for line in around}
    first, known = search.text_starts, {line.place for line in (*around, *inside)}
    if 0 < first < len(search.lines) and first not in known and not search.lines[first].rules:
        search.protected.add(first)
    return around, inside, ruled


def take_inside(search: LineLabels, inside: Sequence[Judged]) -> list[Judged]:
    """Take the lines inside the text that the profile knows, and return them."""
    taken = _left(search, inside) if inside else []
    search.removed_by |= {line.place: line.rule for line in taken}
    return taken


def take_left(search: LineLabels, site: SiteFrame | None, ruled: Sequence[Judged], title: str | None) -> list[Judged]:
    """Take the lines that all else has left, and return them: `ruled`, and those of the site that hold `title`.

    Where rules know one of them, it states what the first of these reads.
    """
    if not site:
        return []
    taken = _left(search, [*ruled, *(site.naming(search.lines, title) if title else [])])
    for line in taken:
        search.removed_by[line.place] = line.rule
        if rules := search.lines[line.place].rules:
            search.rules[line.place] = rules[0]
    return taken


def _left(search: LineLabels, known: Sequence[Judged]) -> list[Judged]:
    """Return the lines of which nothing is decided yet, each once; none where nothing else is left of the page."""
    closed = search.closed()
    left = {line.place: line for line in known if line.place not in closed}
    return [] if len(left) + len(closed) == len(search.lines) else list(left.values())

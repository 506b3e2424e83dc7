"""How pages show a text: in paragraphs, in lines, in pieces, whole or its beginning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

PIECE = 300
"""Characters of a piece of the large wenku engine."""


class Shown(NamedTuple):
    """What a page shows of a text: as its markup, and as the words that are the document's."""

    markup: str
    text: str


Form = Callable[[str, Sequence[str], int], Shown]
"""Makes of a title, paragraphs and a number of characters to show (all of them where it is no less) what is shown."""


def _first(paragraphs: Sequence[str], most: int) -> list[str]:
    """Return the first `most` characters, in paragraphs."""
    kept = []
    for paragraph in paragraphs:
        if most > 0:
            kept.append(paragraph[:most])
        most -= len(paragraph)
    return kept


def in_paragraphs(_: str, paragraphs: Sequence[str], most: int) -> Shown:
    """Show paragraphs, each indented."""
    kept = _first(paragraphs, most)
    return Shown("".join(f"<p>　　{each}</p>\n" for each in kept), "\n".join(kept))


def in_whole_paragraphs(_: str, paragraphs: Sequence[str], most: int) -> Shown:
    """Show whole paragraphs only."""
    kept = [each for at, each in enumerate(paragraphs) if not at or sum(map(len, paragraphs[:at])) < most]
    return Shown("".join(f"<p>{each}</p>\n" for each in kept), "\n".join(kept))


def with_dots(dots: str, tag: str) -> Form:
    """Return the form that shows paragraphs in elements `tag`, or all in one without any, with dots behind the last word."""

    def form(_: str, paragraphs: Sequence[str], most: int) -> Shown:
        kept = _first(paragraphs, most)
        joined = "".join(f"<{tag}>　　{each}</{tag}>\n" for each in kept) if tag else "".join(kept)
        at = joined.rfind(f"</{tag}>") if tag else len(joined)
        return Shown(joined[:at] + dots + joined[at:], "\n".join(kept) + dots)

    return form


def in_one(_: str, paragraphs: Sequence[str], most: int) -> Shown:
    """Show one paragraph."""
    text = " ".join(paragraphs)[:most]
    return Shown(text, text)


def in_pieces(between: str) -> Form:
    """Return the form that shows numbered pieces with the title before the text; a cut is at the end of a piece."""

    def form(title: str, paragraphs: Sequence[str], most: int) -> Shown:
        whole = " ".join(paragraphs)
        flat = f"{title} {whole}"
        if most < len(whole):
            flat = flat[: most // PIECE * PIECE]
        pieces = [flat[at : at + PIECE] for at in range(0, len(flat), PIECE)]
        marked = [f"{number}、{piece}" for number, piece in enumerate(pieces, start=1)]
        markup = "".join(f"<p>{each}</p>\n" for each in marked) if between == "p" else "<br />\n".join(marked)
        return Shown(markup, flat.removeprefix(title).strip())

    return form


def in_lines(title: str, paragraphs: Sequence[str], most: int) -> Shown:
    """Show lines after the title; a cut says how much is missing."""
    kept, whole = _first(paragraphs, most), sum(map(len, paragraphs))
    lines = "".join(f"　　{each}<br>\n" for each in kept)
    shown = sum(map(len, kept))
    if shown < whole:
        lines = lines.removesuffix("<br>\n")
        lines += f"……（未完，全文共{whole}字，当前仅显示{shown}字，请阅读下面提示信息。收藏《{title}》"
    return Shown(f"{title}<br><br>\n{lines}", "\n".join(kept))


def as_post(_: str, paragraphs: Sequence[str], most: int) -> Shown:
    """Show lines with an empty one between two."""
    kept = _first(paragraphs, most)
    return Shown("<br>\n<br>\n".join(kept), "\n".join(kept))


def after_its_title(title: str, paragraphs: Sequence[str], most: int) -> Shown:
    """Show the title once more before the text."""
    markup, text = in_paragraphs(title, paragraphs, most)
    return Shown(f"<p>{title}</p>\n{markup}", text)

"""The title of a page whose frame is known: chosen once more when rules and judge have shown where the text begins.

The first choice (`title_search.find_title`) is made before the judge has spoken: it sees few lines, and those of a menu
among them. The frame shows what it cannot know: which line stands next above the facts or the text, which the path ends
with, and which the page repeats.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cleaners.judging import title_evidence, titles
from cleaners.judging.bare_title import below_book
from cleaners.judging.frame_facts import is_byline_of_page
from cleaners.judging.line_labels import EDITOR, HEAD_LINES, TITLE_LINE, LineLabels
from cleaners.judging.page_heading import MAX_PLACE, first_named, first_path
from cleaners.judging.page_lines import Line, PageLines
from cleaners.judging.page_prose import Prose
from cleaners.judging.title_candidates import candidates, headings
from cleaners.judging.title_evidence import MIN_NAME, NEXT_ABOVE, above_byline
from cleaners.judging.title_form import may_be_title

MAX_KEPT = 3
"""So many lines of the text may be its title: its first ones."""

NOWHERE = -1
"""The place of a title that no line of its own states."""

MIN_LABELLED = 2
"""Letters of the shortest title that a label below the text states."""

MIN_SCORE = 1.0
"""What must speak for a line, so that the page is not left without a title."""

MIN_BARE_SCORE = 5.0
"""The same where nothing is known of a frame around the text."""

MIN_KNOWN, MIN_FRAME = 3, 6
"""So many lines that rules know, and so many of any kind above the facts, are a frame though nothing is taken of it."""

NAMED, MAX_BADGE = 0.5, 2
"""What more speaks for a line that an editor's sentence names, and letters of a badge before it (`【热门】`)."""

_PIECE = re.compile(r" ?[:|_·~] ?|(?<!\d)[-—](?!\d)|(?<=[一-鿿]) (?=[一-鿿])")


@dataclass(frozen=True, slots=True)
class Choice:
    """A title, and the place of the line that states it; -1 where it is part of another line."""

    title: str
    place: int


def choose(search: LineLabels, scores: Mapping[int, float], title: str | None, known: Sequence[str]) -> Choice | None:
    """Return the title that the frame of a page shows, None where the first choice (`title`) stays.

    `scores` are what the judge says against the lines that it takes, by place; `known` are the titles stated outside
    the text.
    """
    if search.is_exported:
        return None
    if not any(search.is_noise(place) for place in search.removed_by):
        return _without_frame(search) if title is None else None
    named = search.named_titles()  # those below the text, too, which is known now
    sure = [*known, *(said for rank, said in named if rank < EDITOR)]
    if title and any(_agree(title, each) for each in sure):
        return None
    end = min(first_text(search), search.text_starts or HEAD_LINES)
    quoted = title_evidence.quoted(search)
    seen = candidates(search, end, quoted, has_title=title is not None)
    if title and any(_agree(title, said) for _, said in named):
        place = _counting(search, seen, title)
        return None if place == NOWHERE else Choice(seen[place], place)
    prose = Prose(search.lines)
    shown = headings(search, seen, prose, title)
    seen |= shown.said
    unlike = {said: place for place, said in seen.items()}.values()
    if title and not any(_chosen(search, seen, place, title) for place in unlike):
        return None
    marks = title_evidence.scores(search, seen, scores, title, end, quoted, shown, prose) if seen else {}
    marks |= {at: marks[at] + NAMED for at in seen if any(_is_called(seen[at], said) for _, said in named)}
    best = max(seen, key=lambda place: (marks[place], place), default=NOWHERE)
    if marks.get(best, 0.0) >= MIN_SCORE:
        if best in shown.by_path and not prose.places and search.is_title(best - 1):
            return Choice(seen[best], NOWHERE)  # a verse that the path cites: both lines are the text
        return _chosen(search, seen, best, title)
    if title:
        return None
    return Choice(named[0][1], NOWHERE) if named else _elsewhere(search, end)


def _without_frame(search: LineLabels) -> Choice | None:
    """Return the title of a page of whose frame nothing is taken, where facts or prose below show it; its line stays.

    A text of its own has such lines, too: something above it, or the facts, must be of a page as rules know it.
    """
    known = [place for place in search.known if place not in search.protected]
    framed = known[MIN_KNOWN - 1] if len(known) >= MIN_KNOWN else len(search.lines)
    with_facts = {
        at for at in range(MIN_FRAME + 1, min(len(search.lines), MAX_PLACE)) if is_byline_of_page(search.lines[at])
    }
    path = min(first_path(search.lines), first_named(search.lines))
    if not with_facts and min(framed, path) == len(search.lines):
        return None
    prose = Prose(search.lines)
    shown = headings(search, {}, prose)
    by_facts = (
        at
        for at in shown.by_facts
        if at >= MIN_FRAME and prose.begins(at) and not with_facts.isdisjoint(range(at + 1, at + 4))
    )
    sure = {*by_facts, *(at for at in shown.by_path if at > path)}
    seen = {place: said for place, said in shown.said.items() if (place in sure or framed < place)}
    marks = title_evidence.scores(search, seen, {}, None, 0, (), shown, prose) if seen else {}
    best = max(marks, key=lambda place: (marks[place], place), default=NOWHERE)
    return Choice(seen[best], NOWHERE) if marks.get(best, 0.0) >= MIN_BARE_SCORE else None


def _chosen(search: LineLabels, seen: Mapping[int, str], best: int, title: str | None) -> Choice | None:
    """Return the best candidate, or the one that also counts its texts; None where the title found before is that."""
    said = _without_hung(seen[best], search.lines)
    if (place := _counting(search, seen, said)) != NOWHERE:
        best, said = place, seen[place]
    if titles.heads_first(said):  # the line stays, as those of the other texts do
        best, said = NOWHERE, titles.without_first(said)
    name = titles.comparable(said)
    if title and (name == titles.comparable(title) or ("\n" in title and name in titles.plain(title))):
        return None  # the same, or one of the two lines that it stands on
    return Choice(said, best)


def _counting(search: LineLabels, seen: Mapping[int, str], title: str) -> int:
    """Return the place of the candidate that is the title with more behind it: the number of its texts, or any more
    where the facts stand next below.
    """
    name = titles.comparable(title)
    longer = ((place, titles.comparable(said)) for place, said in seen.items() if name and "(" not in said)
    longer = ((place, other) for place, other in longer if other.startswith(name) and other != name)
    return next(
        (
            place
            for place, other in longer
            if titles.COUNT.fullmatch(other, len(name)) or above_byline(search.lines, place) == NEXT_ABOVE
        ),
        NOWHERE,
    )


def above(sheet: PageLines, taken: Mapping[int, str]) -> str | None:
    """Return the title among the lines that the markup takes away above the text (`taken`: why, by place)."""
    search = LineLabels(sheet, None)
    search.removed_by = dict(taken)
    choice = choose(search, {}, None, ())
    if not choice or choice.place not in taken:
        return None
    is_named = len(titles.plain(choice.title)) >= MIN_NAME or above_byline(search.lines, choice.place) > 0
    return choice.title if is_named else None


def _elsewhere(search: LineLabels, end: int) -> Choice | None:
    """Return the title that the path to the page ends with, or that a line of the frame below says to be it."""
    noise = [search.lines[place] for place in search.removed_by if search.is_noise(place)]
    lines = {titles.comparable(line.normalized) for line in search.lines[:HEAD_LINES] if may_be_title(line)}
    steps = (
        said
        for line in noise
        if (said := title_evidence.last_step(line))
        and (line.start < _start(search.lines, end) or titles.comparable(said) in lines)
    )
    labelled = title_evidence.labelled(noise[-title_evidence.MAX_BELOW :])
    said = next((said for said in labelled if len(titles.plain(said)) >= MIN_LABELLED), None)
    said = said or next((said for said in steps if len(titles.plain(said)) >= MIN_NAME), None)
    return Choice(said, NOWHERE) if said and not titles.SITE_NAME.fullmatch(said) else None


def _start(lines: Sequence[Line], place: int) -> int:
    return lines[place].start if place < len(lines) else lines[-1].end


def take(search: LineLabels, choice: Choice) -> None:
    """Let the chosen line be the title's; a line that was it before is the frame's above it and text below it."""
    name = titles.comparable(choice.title)
    for place in [place for place in search.removed_by if search.is_title(place)]:
        if place == choice.place or titles.comparable(search.lines[place].normalized) == name:
            continue
        if place < choice.place:
            search.removed_by[place] = "zone.head"
        else:
            del search.removed_by[place]
    first = next(_kept(search), NOWHERE)
    if first + 1 == choice.place == below_book(search):
        search.removed_by[first] = "zone.head"
        first = choice.place
    if choice.place in search.removed_by or choice.place == first:
        search.removed_by[choice.place] = TITLE_LINE


def _kept(search: LineLabels) -> Iterator[int]:
    return (place for place in range(len(search.lines)) if place not in search.removed_by)


def _is_called(title: str, said: str) -> bool:
    """Whether an editor calls the text so, with or without the badge before its title."""
    whole, name = titles.comparable(title), titles.comparable(said)
    return len(name) >= MIN_NAME and whole.endswith(name) and len(whole) <= len(name) + MAX_BADGE


def _agree(title: str, stated: str) -> bool:
    return titles.comparable(title) in {
        titles.plain(each) for each in (stated, titles.tidy(stated) or stated, titles.bare(stated))
    }


def first_text(search: LineLabels) -> int:
    """Return the place of the first line that stays and reads like a text, or of the one below `MAX_KEPT` others."""
    kept = 0
    for place, line in enumerate(search.lines[:HEAD_LINES]):
        if place in search.removed_by:
            continue
        kept += 1
        if kept > MAX_KEPT or (line.is_text and not may_be_title(line)):
            return place
    return min(len(search.lines), HEAD_LINES)


def _without_hung(said: str, lines: Sequence[Line]) -> str:
    """Return the piece of a title that the page states again by itself; the title where there is none."""
    first, *others = _PIECE.split(said)
    likely = [piece for piece in ([*others[-1:], first] if others else []) if _is_most(piece, said)]
    if not likely:
        return said
    whole = titles.plain(said)
    around = [titles.letters(line.normalized[: titles.MAX_TITLE]) for line in lines[:HEAD_LINES]]
    times = sum(whole in other for other in around)
    for piece in likely if times <= 1 else ():
        name = titles.plain(piece)
        if name in around:
            return piece
        is_begun = said.removesuffix(piece).rstrip()[-1:] in ("|", "_") and any(o.startswith(name) for o in around)
        if piece is not first and (is_begun or sum(name in other for other in around) > times + 1):
            return piece
    return said


def _is_most(piece: str, said: str) -> bool:
    return len(titles.plain(piece)) >= max(MIN_NAME, len(titles.plain(said)) / 2)

"""The frame of a page that no template knows, by what its lines say of each other.

A site begins with its name; the path to the page begins with that name; the title stands below the path, a row of facts
below the title; lists of other documents stand below the text, and lines that name the site.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile

from cleaners.judging.page_lines import Line
from cleaners.judging.rulebook import stage_rule
from cleaners.judging.title_form import may_be_title
from cleaners.noise import boilerplate_wording
from cleaners.rules.rule import LineRole, Position, Rule

NAMED, HEAD = 2, 40
"""Lines from the top in which a site names itself, and in which the frame above the text is looked for."""
BELOW, FOOT = 80, 6
"""Lines from the bottom in which a site speaks of itself, and in which it says whose it is."""
MAX_STEPS = 4
"""Steps of the longest path that is counted line by line."""
MIN_PATHS = 3
"""So many other paths are a list."""
MIN_ENTRIES, MAX_ENTRIES = 2, 12
"""So many titles in a row below the head of a list are one, and so many are taken."""
MAX_BETWEEN = 6
"""So many lines from the last prose to a head below which any short lines are a list."""
MAX_BOOKS = 3
"""Books, at most, in a list of the text's own; in a longer one more may show what it is."""
MAX_ENTRY, PROSE, CLOSED_PROSE = 40, 30, 15
"""Characters of the longest title in a list, and of the shortest line that shows that the text goes on below it, and of
one that ends as sentences do."""
NEAR_START = 8
"""Characters at the start of a line in which a site speaks of itself by its name proper."""
MAX_LINE = 110
"""Characters of the longest line that is looked at."""


BREADCRUMB = stage_rule("frame.path", Position.HEAD, role=LineRole.BREADCRUMB)
FACTS = stage_rule("frame.facts", Position.HEAD, role=LineRole.BYLINE)
LIST, PAIR = stage_rule("frame.list", Position.ANY), stage_rule("frame.list", Position.TAIL)
SELF_PROMO = stage_rule("frame.own", Position.TAIL)


def label(lines: Sequence[Line]) -> None:
    """Attach `frame.*` rules to lines, judging each by its neighbours."""
    above = [*lines[:NAMED], *takewhile(_may_be_frame, lines[NAMED:HEAD])]
    path = next((line for index, line in enumerate(above) if _is_path(line, above[: min(index, NAMED)])), None)
    if path and _is_one_of_many(path, lines):
        path = None
    for line in above:
        if line is path:
            _give(BREADCRUMB, line)
        elif is_row_of_facts(line.normalized):
            _give(FACTS, line)
    _give(BREADCRUMB, *_numbered_path(lines))
    _mark_own(lines, above, path)
    _mark_lists(lines, len(above))


def _give(rule: Rule, *lines: Line) -> None:
    for line in lines:
        if rule not in line.rules:
            line.rules = [*line.rules, rule]


def _mark_own(lines: Sequence[Line], above: Sequence[Line], path: Line | None) -> None:
    """Mark the lines below the head in which the site speaks of itself."""
    names = [name for name in _names(above[:NAMED]) if _is_proved(name, path, lines)]
    if not names:
        return
    stems = [
        stem
        for name in names
        if (stem := boilerplate_wording.KINDS_OF_SITE.split(name)[0]) and _is_no_word(stem, lines)
    ]
    below = lines[max(len(above), len(lines) - BELOW) :]
    said = "\n".join(line.normalized for line in below)
    if not any(name in said for name in (*names, *stems)):
        return
    for line in below:
        name = next((name for name in names if name in line.normalized), None)
        name = name or next((stem for stem in stems if stem in line.normalized[:NEAR_START]), None)
        if name and boilerplate_wording.SPEAKS.search(line.normalized.replace(name, "")):
            _give(SELF_PROMO, line)


def _mark_lists(lines: Sequence[Line], start: int) -> None:
    """Mark other documents: in a list under a head that says so, with their counts, or the one before and the next."""
    heads = [index for index in range(start, len(lines)) if heads_list(lines[index])]
    last = _last_prose(lines) if heads else -1
    for index in heads:
        if _cites_books(lines, index):
            lines[index].rules = [rule for rule in lines[index].rules if rule.role is not LineRole.LIST_HEAD]
            continue
        entries = _entries(lines[index + 1 : index + 1 + MAX_ENTRIES], below=-1 < last < index <= last + MAX_BETWEEN)
        if len(entries) >= MIN_ENTRIES:
            _give(LIST, lines[index], *entries)
    for line, below in pairwise(lines):
        first, second = line.normalized, below.normalized
        are_counted = first[-1] in boilerplate_wording.COUNT_ENDS and _is_counted(first) and _is_counted(second)
        if are_counted or (first[0] in boilerplate_wording.BACK_BEGINS and _is_turn(first, second)):
            _give(PAIR, line, below)


def _cites_books(lines: Sequence[Line], index: int) -> bool:
    """Whether a text without any noise ends in its own list of books: below the head stand names in 《》 alone."""
    below = lines[index + 1 :]
    if not 1 <= len(below) <= MAX_BOOKS:
        return False
    if any(not rule.context_only for line in (*lines[:index], *below) for rule in line.rules):
        return False
    are_books = all(boilerplate_wording.BOOK.fullmatch(line.normalized) for line in below)
    return are_books and not all(map(_is_entry, below))


def _last_prose(lines: Sequence[Line]) -> int:
    """Return the place of the last line that reads like a text and is not short, -1 for none."""
    backwards = range(len(lines) - 1, -1, -1)
    return next((i for i in backwards if _is_prose(lines[i])), -1)


def _is_prose(line: Line) -> bool:
    least = CLOSED_PROSE if line.normalized[-1] == "。" else PROSE
    return line.is_text and not line.rules and len(line.normalized) >= least


def _is_counted(text: str) -> bool:
    return len(text) <= MAX_LINE and bool(boilerplate_wording.COUNTED.fullmatch(text))


def _is_turn(text: str, below: str) -> bool:
    return bool(boilerplate_wording.BACK.fullmatch(text) and boilerplate_wording.ON.fullmatch(below))


def _may_be_frame(line: Line) -> bool:
    return bool(line.rules) or not line.is_text or may_be_title(line)


def _names(top: Sequence[Line]) -> Iterator[str]:
    """Yield what may be the site's name in the first lines; a paragraph names sites of which it speaks."""
    for line in top:
        pieces = boilerplate_wording.APART.split(line.normalized) if len(line.normalized) <= MAX_LINE else ()
        yield from (piece for piece in pieces if 2 <= len(piece) <= 14 and not piece.isdigit())


def _is_path(line: Line, top: Sequence[Line]) -> bool:
    """Whether a line's steps begin with the name of the site, which stands in a line above, or with its home page."""
    found = (
        boilerplate_wording.PATH.fullmatch(line.normalized)
        if boilerplate_wording.STEPS.search(line.normalized)
        else None
    )
    site = found["site"].strip() if found else ""
    if not any("一" <= char <= "鿿" for char in site) or boilerplate_wording.NO_STEPS.search(line.normalized):
        return False
    if site.endswith(("首页", "主页")):
        return True
    has_arrows = bool(boilerplate_wording.ARROWS.search(line.normalized))
    return any(_is_name_of(site, name) if has_arrows else site == name for name in _names(top))


def _numbered_path(lines: Sequence[Line]) -> Sequence[Line]:
    """Return the first lines where these count the steps from the home page down to a title, as a list of HTML does."""
    begin = next(
        (
            at
            for at, line in enumerate(lines[:NAMED])
            if boilerplate_wording.FIRST_STEP.fullmatch(line.normalized) and all(above.rules for above in lines[:at])
        ),
        -1,
    )
    if begin < 0:
        return ()
    steps = [
        line
        for number, line in enumerate(lines[begin : begin + MAX_STEPS], start=1)
        if (step := boilerplate_wording.COUNTED_STEP.fullmatch(line.normalized)) and step["number"] == str(number)
    ]
    below = lines[begin + len(steps) : begin + len(steps) + 1]
    is_path = len(steps) > 1 and below and may_be_title(below[0]) and not below[0].normalized[0].isdigit()
    return steps if is_path else ()


def _is_one_of_many(path: Line, lines: Sequence[Line]) -> bool:
    """Whether other lines are steps with the same arrow, or from the same place: a list of the text's own."""
    arrow = boilerplate_wording.ARROWS.search(path.normalized)
    sign = arrow[0] if arrow else _site(path)
    others = [line for line in lines if line is not path and sign in line.normalized]
    return sum(bool(_site(line)) if arrow else _site(line) == sign for line in others) >= MIN_PATHS


def _site(line: Line) -> str:
    """Return where the steps begin that a line holds, and nothing else; `""` where it holds other words, too."""
    found = boilerplate_wording.WAY.fullmatch(line.normalized)
    return found["site"].strip() if found else ""


def _is_name_of(site: str, name: str) -> bool:
    begins = (len(site) >= 2 and name.startswith(site)) or (len(name) >= 3 and site.startswith(name))
    return begins or (len(site) >= 3 and name.endswith(site))


def is_row_of_facts(text: str) -> bool:
    """Whether a line states two or more things that only the page of a document has, or one and other numbers."""
    if (
        len(text) > MAX_LINE
        or not boilerplate_wording.MAY_SAY.search(text)
        or boilerplate_wording.NO_FACTS.search(text)
    ):
        return False
    fact = boilerplate_wording.FACT_OR_COINS if "币" in text else boilerplate_wording.FACT
    said = len(fact.findall(text))
    return said >= 2 or (said == 1 and len(boilerplate_wording.NUMBER.findall(text)) >= 2)


def _is_proved(name: str, path: Line | None, lines: Sequence[Line]) -> bool:
    """Whether what stands at the top is the site's name: it has the form of one, or path or owner bear it."""
    if len(name) < 3:
        return False
    if boilerplate_wording.SITE_FORM.fullmatch(name) or (path and name in path.normalized):
        return True
    return any(name in line.normalized and boilerplate_wording.OWNER.search(line.normalized) for line in lines[-FOOT:])


def _is_no_word(stem: str, lines: Sequence[Line]) -> bool:
    """Whether the site's short name does not occur in the body text, beyond the first characters of a line."""
    return len(stem) >= 2 and not any(stem in line.normalized[NEAR_START:] for line in lines if line.is_text)


def heads_list(line: Line) -> bool:
    """Whether a line reads like the head of a list of other documents."""
    return bool(
        len(line.normalized) <= MAX_ENTRY
        and boilerplate_wording.MAY_HEAD.search(line.normalized)
        and boilerplate_wording.LIST_HEAD.fullmatch(line.normalized)
        and _is_short(line)
    )


def _entries(lines: Sequence[Line], *, below: bool) -> list[Line]:
    """Return the lines from the first on that are titles of other documents.

    `below` the text any short lines are, but for marks alone and for what something is stated to be.
    """
    return list(takewhile(lambda line: (below and _may_be_entry(line)) or _is_entry(line), lines))


def _may_be_entry(line: Line) -> bool:
    text = line.normalized
    return _is_short(line) and any(map(str.isalnum, text)) and not boilerplate_wording.STATED.match(text)


def _is_entry(line: Line) -> bool:
    return bool(boilerplate_wording.ENTRY.fullmatch(line.normalized))


def _is_short(line: Line) -> bool:
    return len(line.normalized) <= MAX_ENTRY and (not line.is_text or may_be_title(line))

"""Lines of a site as patterns: what differs from page to page is masked, so that a line is the same on all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

MAX_LINE = 200
"""Characters of the longest line that may be learned: no line of a frame seen is longer, and no paragraph is kept."""

MIN_TITLE = 4
"""Letters of a title, at least, that is masked where a line holds it."""

MAX_CACHED = 60
"""Characters of a line up to which its patterns are remembered: a site's own lines come again and again."""

MIN_FIXED, MAX_VALUE = 6, 12
"""Letters that stay, at least, and characters that are masked, at most, of a line whose first or last word differs."""

TITLE, NUMBER, VALUE, MAIL = "{title}", "#", "{…}", "{mail}"

FIELD = f":{VALUE}"
"""What stands in the pattern of a line of labels."""

_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_LABEL = re.compile(r"([一-鿿]{2,6}) ?: ?[^\s:,。;!?《》{}]{1,16}(?= |$|\|)")
_DIGITS = frozenset("0123456789")
_MASKS = re.compile(r"\{(?:title|…|mail)\}")


def patterns(line: str, title: str | None) -> tuple[str, ...]:
    """Return the patterns of a normalized line, the closest first; `title` is that of its page, normalized.

    The first has numbers, mail addresses and the title masked; others also have what its labels name masked, or its
    first or last word. None are given for what is never learned: long lines, and the title itself.

    >>> patterns("上传人:老秋 文档编号:1653931", None)
    ('上传人:老秋 文档编号:#', '上传人:{…} 文档编号:{…}')
    """
    if len(line) > MAX_LINE:
        return ()
    if title and len(title) >= MIN_TITLE and title in line:
        return () if line == title else _patterns(line.replace(title, TITLE))
    return _known(line) if len(line) <= MAX_CACHED else _patterns(line)


def _patterns(line: str) -> tuple[str, ...]:
    if "@" in line:
        line = _MAIL.sub(MAIL, line)
    exact = _NUMBER.sub(NUMBER, line)
    if ":" not in line and " " not in line:
        return (exact,)
    return (exact, *dict.fromkeys(_looser(line, exact)))


_known = lru_cache(maxsize=4096)(_patterns)


def _looser(line: str, exact: str) -> Iterator[str]:
    """Yield a line with more of it masked."""
    if ":" in line:
        labelled = _NUMBER.sub(NUMBER, _LABEL.sub(rf"\1:{VALUE}", line))
        if labelled != exact:
            yield labelled
            return
    first, _, rest = exact.partition(" ")
    if len(first) <= MAX_VALUE and letters(rest) >= MIN_FIXED:
        yield f"{VALUE} {rest}"
    rest, _, last = exact.rpartition(" ")
    if len(last) <= MAX_VALUE and letters(rest) >= MIN_FIXED:
        yield f"{rest} {VALUE}"


def ends_of(line: str) -> tuple[str | None, str | None]:
    """Return the first and the last character of a line or of its pattern, None for what is masked.

    >>> ends_of("{…} 共12页"), ends_of("3、附件5")
    ((None, '页'), ('#', '#'))
    """
    first, last = line[0], line[-1]
    return (
        NUMBER if first in _DIGITS else None if first == "{" else first,
        NUMBER if last in _DIGITS else None if last == "}" else last,
    )


def letters(pattern: str) -> int:
    """Return how many letters of a pattern are not masked."""
    return sum(map(str.isalpha, _MASKS.sub("", pattern)))

"""HTML to lines: one pass over the markup without a tree, so that no page is slow and no text is moved or lost."""

from __future__ import annotations

import html as entities
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

SKIPPED = frozenset(("script", "style", "template", "noscript", "iframe", "noembed", "noframes", "title"))
"""Elements whose text is not the page's; the page's own `title` is given apart."""
WHOLE = SKIPPED | {"textarea", "xmp"}
"""Elements taken in one piece up to their own end tag; one that never ends is none, its text is the page's."""
KEPT_SPACE = frozenset(("pre", "listing", "textarea", "xmp"))
BLOCKS = frozenset(
    """
    address article aside blockquote body br button caption center dd details dialog dir div dl dt fieldset figcaption
    figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li listing main menu nav ol optgroup
    option p plaintext pre search section select summary table tbody td textarea tfoot th thead tr ul xmp
    """.split()  # noqa: SIM905
)
"""Elements that end a line where they begin and where they end. All others, unknown ones too, are part of a line."""
LINK_LINES = 4
"""Lines of a link at most; one that goes on was never ended."""
CELL = 80
"""A table row is one line when each of its cells is one line of at most so many characters; else the table lays out
the page, and each of its lines stands alone."""

_SPACE = r" \t\n\r\f"
_VALUE = rf"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^{_SPACE}>"'][^{_SPACE}>]*+)"""
_ATTRIBUTE = rf"[^{_SPACE}/>][^{_SPACE}/>=]*+(?:[{_SPACE}]*+=[{_SPACE}]*+{_VALUE}?+)?+"
_USUAL = rf"""(?:[{_SPACE}]++[a-zA-Z-]++="[^"]*+")*+"""  # the same as the general form, only faster
_ATTRIBUTES, _QUOTELESS = rf"{_USUAL}(?:[{_SPACE}/]++|{_ATTRIBUTE})*+", r"[^>]*+"
"""What stands in a tag behind its name; the second also behind a quote that never ends."""
_COMMENT_END = re.compile(r"--!?>")
_ENDS = {name: re.compile(rf"</(?i:{name})(?=[{_SPACE}/>])[^>]*+>") for name in WHOLE}
_PAIR = re.compile(
    rf"""([^{_SPACE}/>][^{_SPACE}/>=]*+)(?:[{_SPACE}]*+=[{_SPACE}]*+("[^"]*+"?+|'[^']*+'?+|[^{_SPACE}>"'][^{_SPACE}>]*+))?+"""
)
_ELSEWHERE = re.compile(rf"""(?i:\bhref)[{_SPACE}]*=[{_SPACE}"']*[^{_SPACE}"'#]""")
_FOLD = re.compile(rf"[{_SPACE}]+")
_HUGE_NUMBER = re.compile(r"&#(?:[0-9]{8,}|[xX][0-9a-fA-F]{8,});?")
_COMMA = re.compile(r"[,，;；、|]")

_BEFORE = rf"(?:[{_SPACE}\ufeff]|<!--.*?-->|<\?[^>]*>)*+"
_DOCUMENT = re.compile(
    rf"{_BEFORE}<(?:!doctype\s+html|html|head|body|title|meta|link|base|frameset)\b", re.IGNORECASE | re.DOTALL
)
_FRAGMENT = re.compile(
    rf"{_BEFORE}<(div|table|section|article|main|header|nav|center|form|script|style)\b[^<>]*>.*</\1\s*>",
    re.IGNORECASE | re.DOTALL,
)
_LATE_DOCUMENT = re.compile(r"^[ \t]*<(?:!doctype\s+html|html|head|body)\b[^<>]*>\s*<", re.IGNORECASE | re.MULTILINE)
NEAR_START = 2000
"""Characters of other matter that may stand before a saved page's first tag."""


def is_html(text: str) -> bool:
    r"""Tell whether `text` is a saved page and not a dump of its words; a dump may hold tags, even at its start.

    >>> is_html("<p>一段</p>\n又一段"), is_html("<!DOCTYPE html><p>一段"), is_html("网页以<html>开头")
    (False, True, False)
    """
    return bool(_DOCUMENT.match(text) or _FRAGMENT.match(text) or _LATE_DOCUMENT.search(text, 0, NEAR_START))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendered:
    """A page as lines, and what its markup says: `title` element, first `h1`, keywords, its own address, and what its
    links that lead elsewhere say."""

    text: str
    title: str | None = None
    heading: str | None = None
    keywords: tuple[str, ...] = ()
    canonical: str | None = None
    links: frozenset[str] = frozenset()


def render(html: str) -> Rendered:
    r"""Return the lines of a page in the order of its markup, white space folded, blank lines left out.

    Blocks and `<br>` end a line. No text outside tags, comments and `SKIPPED` is lost, and nothing is judged here.

    >>> render("<title>报告</title><p>第一<b>行</b><br>第二行</p><table><tr><td>页数</td><td>3</td></tr></table>").text
    '第一行\n第二行\n页数 3'
    """
    page = _Lines()
    facts: dict[str, str] = {}
    for text, tag, value in _tokens(html.replace("\r\n", "\n").replace("\r", "\n"), _LINE_TAGS):
        if text:
            page.parts.append(text)
        if tag in _PLAIN_BLOCKS:
            page.end_line()
        elif tag == "a" or tag == "/a":
            page.link(begins=tag == "a" and bool(_ELSEWHERE.search(value)))
        elif tag in _BLOCK_TAGS:
            page.block(tag)
        elif tag in _FACT_TAGS:
            for name, fact in _facts(tag, value):
                facts.setdefault(name, fact)
    page.block("/html")
    keywords = map(str.strip, _COMMA.split(facts.get("keywords", "")))
    return Rendered(
        text="\n".join(page.lines),
        title=facts.get("title"),
        heading=page.heading,
        keywords=tuple(dict.fromkeys(filter(None, keywords))),
        canonical=facts.get("canonical") or facts.get("og:url"),
        links=frozenset(page.links),
    )


_FACT_TAGS = frozenset(("title", "meta", "link"))
_BLOCK_TAGS = BLOCKS | {f"/{name}" for name in BLOCKS}
_LINE_TAGS = BLOCKS | _FACT_TAGS | {"a"}
_PLAIN_BLOCKS = _BLOCK_TAGS - {
    f"{slash}{name}" for name in (*KEPT_SPACE, "br", "table", "tr", "td", "th", "h1") for slash in ("", "/")
}


class _Markup:
    """How a page is read up to its next tag that counts: one named `names`, or one that `WHOLE` and comments need.

    All other tags are passed over together with the text they stand in, in one match.
    """

    def __init__(self, names: Collection[str], attributes: str) -> None:
        ends = rf"(?=[{_SPACE}/>]|\Z)"
        wanted = sorted({*names, *WHOLE, "plaintext"})
        counted = "|".join(
            rf"[{first}{first.upper()}](?i:{'|'.join(name[1:] for name in wanted if name[0] == first)}){ends}"
            for first in sorted({name[0] for name in wanted})
        )
        passed = rf"<(?:/?+(?!{counted})[a-zA-Z][^{_SPACE}/>]*+{attributes}|(?:\?|/(?![a-zA-Z])|!(?!--))[^>]*+)>"
        self.passed = re.compile(passed)
        self.next = re.compile(
            rf"((?:[^<]++|<(?![a-zA-Z!?/])|{passed})*+)"
            rf"(?:<(?P<tag>/?[a-zA-Z][^{_SPACE}/>]*+)(?P<attributes>{attributes})(?P<close>>|\Z)|<!(?P<comment>--))?"
        )

    def text(self, raw: str) -> str:
        """Return the text that `next` took in front of a tag without the tags passed over."""
        if "<" not in raw:
            return _decoded(raw)
        return "".join(map(_decoded, self.passed.split(raw))) if "&" in raw else self.passed.sub("", raw)


def _tokens(html: str, names: frozenset[str], *, reads: bool = True) -> Iterator[tuple[str, str, str]]:
    """Yield text, the tag behind it (`p`, `/p`, "" for none) and its attributes; for `title` its content.

    Tags that neither bear one of `names` nor are handled here are passed over, and so is the text between tags unless
    `reads`. Every search runs in linear time.
    """
    markup, at, end = _markup(names), 0, html.rfind(">") + 1
    endless: set[str] = set()
    while match := markup.next.match(html, at, end):
        text = markup.text(match[1]) if reads else ""
        tag = match["tag"].lower() if match["tag"] else match["comment"] or ""
        at = match.end()
        if tag and match["close"] == "":
            yield text, "", ""
            markup, at = _markup(names, _QUOTELESS), match.start("tag") - 1
        elif (tag in WHOLE or tag == "--") and tag not in endless:
            yield text, "", ""
            closing = _ENDS[tag].search(html, at, end) if tag != "--" else _COMMENT_END.search(html, at - 2, end)
            if closing:
                yield from _whole(tag, html[at : closing.start()])
                at = closing.end()
            else:
                endless.add(tag)
        elif tag == "plaintext":
            yield from ((text, "pre", ""), (html[at:], "", ""))
            return
        else:
            yield text, tag, match["attributes"] or ""
            if at >= end:
                break
    yield _decoded(html[at:]), "", ""


@cache
def _markup(names: frozenset[str], attributes: str = _ATTRIBUTES) -> _Markup:
    return _Markup(names, attributes)


def _whole(tag: str, content: str) -> Iterator[tuple[str, str, str]]:
    if tag == "title":
        yield "", tag, _decoded(content)
    elif tag not in SKIPPED and tag != "--":
        yield "", tag, ""
        yield (content if tag == "xmp" else _decoded(content)), f"/{tag}", ""


def _decoded(text: str) -> str:
    if "&" not in text:
        return text
    return entities.unescape(_HUGE_NUMBER.sub("\ufffd", text))


def tags(html: str, names: frozenset[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the start tags of a page that bear one of `names`, in its order, each with its attributes.

    >>> list(tags("<p><A HREF='/1' hidden>x</a>", frozenset(["a"])))
    [('a', {'href': '/1', 'hidden': ''})]
    """
    for _, tag, value in _tokens(html, names, reads=False):
        if tag in names:
            yield tag, attributes(value)


def attributes(value: str) -> Mapping[str, str]:
    """Return the attributes in the text of a tag by name; of two with one name the first counts."""
    found: dict[str, str] = {}
    for name, quoted in _PAIR.findall(value):
        found.setdefault(name.lower(), _decoded(_unquoted(quoted)))
    return found


def _unquoted(value: str) -> str:
    return value[1:].removesuffix(value[0]) if value[:1] in ("'", '"') else value


def _folded(text: str) -> str:
    return text if text.split(None, 1) == [text] else _FOLD.sub(" ", text).strip(" ")


def _facts(tag: str, value: str) -> Iterator[tuple[str, str]]:
    """Yield what a title, meta or link tag says, if it says anything: name and content."""
    if tag == "title":
        name, fact = tag, value
    else:
        pairs = attributes(value)
        name = pairs.get("name") or pairs.get("property") or pairs.get("rel") or ""
        fact = pairs.get("content") or pairs.get("href") or ""
    if fact := _folded(fact):
        yield name.lower(), fact


class _Lines:
    """The lines of a page so far, and where in it we are."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.parts: list[str] = []
        self.links: set[str] = set()
        self._link: int | None = None  # the part of this line at which a link begins
        self._linked: list[str] = []  # what the open link says on each line
        self.heading: str | None = None
        self._heading_start = 0
        self._kept = 0
        self._rows: list[list[int] | None] = []  # an open table is None, an open row the line at which each cell begins

    def block(self, tag: str) -> None:
        """End the line, for a block's start tag or, with a slash, its end tag."""
        if tag == "br" and self._kept:
            self.parts.append("\n")
            return
        self.end_line()
        name = tag.lstrip("/")
        if name in KEPT_SPACE:
            self._kept = max(0, self._kept + (1 if tag == name else -1))
        elif name in ("table", "tr", "td", "th"):
            self._table(tag)
        elif name == "h1":
            if tag == name:
                self._heading_start = len(self.lines)
            elif not self.heading:
                self.heading = " ".join(self.lines[self._heading_start :]) or None

    def link(self, *, begins: bool) -> None:
        """End the open link, if any, and begin another; each of its lines is one, but those of one that never ended."""
        if self._link is not None:
            self._end_of_link()
            if len(self._linked) <= LINK_LINES:
                self.links.update(map(_folded, self._linked))
        self._linked.clear()
        self._link = len(self.parts) if begins else None

    def _end_of_link(self) -> None:
        """Note what the open link says on this line."""
        if (text := "".join(self.parts[self._link :])) and len(self._linked) <= LINK_LINES:
            self._linked.append(text)
        self._link = 0

    def end_line(self) -> None:
        """End the line; one of nothing but blanks is none."""
        if not self.parts:
            return
        if self._link is not None:
            self._end_of_link()
        line = "".join(self.parts)
        self.parts.clear()
        if self._kept:
            self.lines.extend(line.removeprefix("\n").removesuffix("\n").split("\n"))
        elif not line.isspace():
            self.lines.append(_folded(line))

    def _table(self, tag: str) -> None:
        row = self._rows[-1] if self._rows else None
        if tag in ("td", "th"):
            if row is not None:
                row.append(len(self.lines))
            return
        if tag in ("tr", "/tr", "/table") and row is not None:
            self._end_row(self._rows.pop() or [])
        if tag == "tr":
            self._rows.append([])
        elif tag == "table":
            self._rows.append(None)
        elif tag == "/table" and self._rows:
            self._rows.pop()

    def _end_row(self, row: list[int]) -> None:
        """Make one line of the cells that begin at the lines `row`, if they are short."""
        if row and all(after - before <= 1 for before, after in pairwise([*row, len(self.lines)])):
            cells = self.lines[row[0] :]
            if cells and all(len(cell) <= CELL for cell in cells):
                self.lines[row[0] :] = [" ".join(cells)]

"""A writer's source: a text in the notation that a writer types and no page shows. No page stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice, takewhile

import re2

from cleaners.judging.page_lines import Line, PageLines
from cleaners.rules.rule import LineRole
from cleaners.text.codes import may_hold

_FENCES = {"---": re.compile(r"[\w-]{1,24}:(?: .*)?"), "+++": re.compile(r"[\w-]{1,24} ?= ?.+")}
"""What stands above and below a text's own facts in Markdown, and how its first fact is written."""
MAX_FRONT_MATTER = 400
"""Lines of the longest front matter."""
_NOTATION = re2.compile(
    r"(?m)^[ \t]*(?:#{1,6} [^\n]{0,40}[一-鿿]|```|~~~|\|(?: ?:?-{2,}:? ?\|){1,20}|[*-] \[[ xX]\] |\[\^[^\]\n]{1,20}\]:"
    r"|\.\. [a-z_-]+::|#\+[A-Za-z_]+[: ]|\\(?:sub)*section\*?\{|\\(?:chapter|item|usepackage)\b"
    r"|</?(?:figure|figcaption|details|summary|table|thead|tbody|tr)>"
    r"|={2,6} ?[^\s=][^\n]{0,40}={2,6}$|msg(?:id|str) \")"
    r"|^(?:={2,5} (?:[一-鿿]|[A-Za-z]{2})|\[source[,%\]]|(?:image|include|xref)::|\(\(\([^()\n]{1,80}\)\)\)$"
    r"|#(?:import|include) \"[^\"\n]{0,80}(?:\.typ|@)|#(?:set|show|let) [\w(])"
    r"|(?:^|[^!])\[[^\[\]\n]{1,100}\]\((?:https?:|[.\w/-]{0,80}\.(?:md|html?)\))"
    r"|<https?://[^<>\s]{1,200}>|^\[[^\[\]\n]{1,80}\]: ?<?(?:https?:/|\.{0,2}/)|^[ \t]*>>> ?[^\s>]"
    r"|^(?:> ?){1,3}[^\s>][^\n]{0,200}[,;:.!?，；：。！？]"
    r"|^[ \t]{0,8}(?:[*+-]|\d{1,2}\.) [^\n]{1,200}\n{1,2}(?: {2,8}|\t)[ \t]*[*+-] [^\s]"
    r"|^[ \t]{0,8}[*+-] {1,4}[*+-] [^\s*+-]"
)
"""What a writer types and no page shows: Markdown, reStructuredText, Org, LaTeX, a wiki, a file of translations,
AsciiDoc, Typst.

Of Markdown, what is left where its signs are stripped, too: quotes, addresses in brackets, lists within lists.
"""
_IN_TAG = re.compile("[ \\t]*</?[a-z]+>")
_SIGNS = (
    *("# ", "#+", "#import ", "#include ", "#set ", "#show ", "#let ", "```", "~~~", "|-", "| -", "|:", "| :"),
    *("] ", "]:", "](", "\\", "==", "::", "msg", "<http", "<fig", "<details", "<summary", "<table", "<tr>"),
    *("\n> ", "\n>>", " >>>", "[source", "(((", "  - ", "\t- ", "- - ", "  * ", "\t* ", "* * ", "  + ", "\t+ ", "+ + "),
)
"""One of these stands in every notation."""
_TIMED = re2.compile(r"(?:\d{1,3}:)?\d{1,3}:\d\d[,.]\d{2,3} --> |\[\d{1,3}:\d\d[.:]\d{2,3}\]|Dialogue: \d")
"""How a line of a song, or what stands above one of subtitles, says when: pages show such, too, within their frame."""
_TIMED_BEGINS = "[D0123456789"
"""The characters that such a time may begin with: other lines are not asked further."""
MAX_FROM_END = 4
"""Lines from either end of a file of songs or subtitles to the next time, at most."""
_CAPTIONED = re.compile(
    r"<img .*|!\[(?!(?:图片?|截图|插图|image|img|picture|screenshot|alt)?[ _\d-]*\])[^\]]*[^\W\d_]{2}[^\]]*\]\(http.*"
)
"""A picture of which the writer says what it shows, or how large it is: what a tag is for where signs do without."""
MIN_CODE, MIN_CODE_SHARE = 8, 0.8
"""So many lines of code, and so great a share of the lines, are a file of code or data."""
_OF_CODE = re2.compile(
    r"[ \t]*(?:[\w$.\"'@-]{1,80} ?[:=(].*|[\"'].*[\"'][,;:)\]}]{0,4}|.*[{(\[][,;{}\[\]()\"']*"
    r"|[\])}]{1,4}[,;]?|(?://|/\*| \*/?(?: |$)|#[^ #]|--(?:[ =-]|$)).*"
    r"|[^\n一-鿿]*[;{}]|.*[\"'][)\]}]{0,3};|[A-Z]{3,12}|[\w.\[\]]{1,40} [-+*/]?= .*"
    r"|(?:def|class|if|elif|else|for|while|return|import|from|try|except|with|raise|assert|function|local|let|var|const"
    r"|public|private|protected|static|using|namespace|package|func|fn|pub|struct|enum|switch|case|module|export|print"
    r"|SELECT|INSERT|UPDATE|DELETE|CREATE|ALTER|DROP|GRANT|COMMENT|RAISE)(?: .*|:)|end)"
)
"""A key and its value, a string, a call, a statement, brackets, a comment, as code and data have them in lines of
their own."""
MIN_NOTED = 3
"""So many places of a notation are a source's."""


def front_matter(lines: Sequence[Line]) -> range:
    """Return the places of the facts that a Markdown text begins with, and of the fences around them."""
    fence = lines[0].normalized if lines else ""
    if fence not in _FENCES:
        return range(0)
    inner = list(takewhile(lambda line: line.normalized != fence, lines[1 : 1 + MAX_FRONT_MATTER]))
    is_closed = len(inner) + 1 < len(lines) and lines[len(inner) + 1].normalized == fence
    return range(len(inner) + 2) if is_closed and inner and _FENCES[fence].fullmatch(inner[0].normalized) else range(0)


def lines(sheet: PageLines) -> Iterator[int]:
    """Yield the places of all lines of a writer's source, around which no page stands, but of bare pictures.

    Facts at its head without an address, which a crawler would write there, are a writer's.
    """
    if is_code(sheet) or _is_timed(sheet):
        yield from range(len(sheet.lines))
        return
    text, facts = sheet.text, front_matter(sheet.lines)
    is_headed = bool(facts) and "http" not in text[: sheet.lines[facts[-1]].end]
    if is_headed or is_noted(text):
        for index, line in enumerate(sheet.lines):
            if not line.has_role(LineRole.PICTURE) or _CAPTIONED.fullmatch(line.normalized):
                yield index


def is_noted(text: str, *, with_tags: bool = True) -> bool:
    """Whether a text is in a writer's notation, of which tags are a part where it is asked for `with_tags`."""
    if not any(sign in text for sign in may_hold(text, _SIGNS)):
        return False
    found = (noted for noted in _NOTATION.finditer(text) if with_tags or not _IN_TAG.match(noted[0]))
    return sum(1 for _ in islice(found, MIN_NOTED)) == MIN_NOTED


def _is_timed(sheet: PageLines) -> bool:
    """Whether times begin and end a text: a song or subtitles, around which no page stands."""
    ends = sheet.lines[:MAX_FROM_END], sheet.lines[-MAX_FROM_END:]
    text = sheet.text
    return all(
        any(text[line.start] in _TIMED_BEGINS and _TIMED.match(text[line.start : line.end]) for line in end)
        for end in ends
    )


def quotations(sheet: PageLines) -> Iterator[int]:
    """Yield the places of bare signs of a quotation, and of the quoted lines above and below: they part paragraphs.

    What parts the steps of a path stands between lines without the sign.
    """
    text, lines = sheet.text, sheet.lines
    if ">" not in text:
        return
    begun = [text[line.start : line.end].strip() for line in lines]
    for above, place, below in zip(range(len(lines)), range(1, len(lines)), range(2, len(lines)), strict=False):
        if begun[place] == ">" and begun[above].startswith("> ") and begun[below].startswith("> "):
            yield from (above, place, below)


def is_code(sheet: PageLines) -> bool:
    """Whether nearly all lines are those of a file of code or data: a page around code has lines of its own."""
    text, size = sheet.text, len(sheet.lines)
    if size < MIN_CODE or not any(sign in text for sign in "{[\"'"):
        return False
    strange = 0
    for line in sheet.lines:
        said = text[line.start : line.end].rstrip()
        strange += said[:1] > "\x7f" < said[-1:] or not _OF_CODE.fullmatch(said)  # code begins or ends in ASCII
        if strange > (1 - MIN_CODE_SHARE) * size:
            return False
    return True

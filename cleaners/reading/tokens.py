"""HTML to tokens: text, tags and attributes in one pass without a tree, in time linear in the page's length.

Lexbor (selectolax) and resiliparse build their trees faster, but are quadratic where hostile pages want them to be:
80,000 attributes on one tag take lexbor 8 s, 100,000 nested elements 10 s.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache

from cleaners.reading.references import in_attribute, in_text

SKIPPED = frozenset(("script", "style", "template", "noscript", "iframe", "noembed", "noframes", "title"))
"""Elements whose text is not the page's; the page's own `title` is given apart."""
WHOLE = SKIPPED | {"textarea", "xmp"}
"""Elements taken in one piece up to their own end tag; one that never ends is none, its text is the page's."""
_TAGLESS = WHOLE | {"plaintext"}
"""Elements in which `<` begins no tag."""
CODE = frozenset(("script", "style"))
"""Elements of code: of one that never ends, the page goes on at the first tag that stands in no string."""
IGNORED = frozenset(
    (
        *("area", "base", "bgsound", "col", "embed", "img", "keygen", "link", "param", "source", "track", "wbr"),
        *("circle", "ellipse", "line", "path", "polygon", "polyline", "rect", "stop", "use"),
    )
)
"""Elements without content that say nothing of the text around them."""
SPACE = r" \t\n\r\f"
FOLD = re.compile(f"[{SPACE}]+")
"""What is folded to one blank."""

_VALUE = rf"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^{SPACE}>"'][^{SPACE}>]*+)"""
_ATTRIBUTE = rf"[^{SPACE}/>][^{SPACE}/>=]*+(?:[{SPACE}]*+=[{SPACE}]*+{_VALUE}?+)?+"
_USUAL = rf"""(?:[{SPACE}]++[a-zA-Z-]++="[^"]*+")*+"""  # the same as the general form, only faster
_ATTRIBUTES, _QUOTELESS = rf"{_USUAL}(?:[{SPACE}/]++|{_ATTRIBUTE})*+", r"[^>]*+"
"""What stands in a tag behind its name; the second also behind a quote that never ends."""
_COMMENT_END = re.compile(r"--!?>")
_ENDS = {name: re.compile(rf"</(?i:{name})(?=[{SPACE}/>])[^>]*+>") for name in WHOLE}
_PAIR = re.compile(
    rf"""([^{SPACE}/>][^{SPACE}/>=]*+)(?:[{SPACE}]*+=[{SPACE}]*+("[^"]*+"?+|'[^']*+'?+|[^{SPACE}>"'][^{SPACE}>]*+))?+"""
)
_PAGE_TAGS = "article|body|br|center|div|footer|form|h[1-6]|html|li|ol|p|script|section|span|style|table|td|tr|ul"
_TAG_IN_CODE = re.compile(rf"([^{SPACE}])[{SPACE}]*+(<)(?=/?(?i:{_PAGE_TAGS})[{SPACE}/>])")
_IN_STRING = frozenset("""'"`+(=,&?:;{|\\""")


class _Markup:
    """How a page is read up to its next tag that counts: one named `names` (None: all but `IGNORED`), or one that
    `WHOLE` and comments need.

    All other tags are passed over together with the text they stand in, in one match.
    """

    def __init__(self, names: Collection[str] | None, attributes: str) -> None:
        ends = rf"(?=[{SPACE}/>]|\Z)"
        wanted = sorted({*names, *WHOLE, "plaintext"}) if names is not None else sorted(IGNORED)
        counted = "|".join(
            rf"[{first}{first.upper()}](?i:{'|'.join(name[1:] for name in wanted if name[0] == first)}){ends}"
            for first in sorted({name[0] for name in wanted})
        )
        if names is None:
            counted = f"(?!{counted})"
        passed = rf"<(?:/?+(?!{counted})[a-zA-Z][^{SPACE}/>]*+{attributes}|(?:\?|/(?![a-zA-Z])|!(?!--))[^>]*+)>"
        self.passed = re.compile(passed)
        self.next = re.compile(
            rf"((?:[^<]++|<(?![a-zA-Z!?/])|{passed})*+)"
            rf"(?:<(?P<tag>/?[a-zA-Z][^{SPACE}/>]*+)(?P<attributes>{attributes})(?P<close>>|\Z)|<!(?P<comment>--))?"
        )

    def text(self, raw: str) -> str:
        """Return the text that `next` took in front of a tag without the tags passed over."""
        if "&" in raw:
            return "".join(map(in_text, self.passed.split(raw)))
        return self.passed.sub("", raw) if "<" in raw else raw

    def pieces(self, raw: str) -> Iterable[tuple[str, str, str]]:
        """Return the texts between the tags passed over, as tokens."""
        return [(in_text(piece), "", "") for piece in self.passed.split(raw) if piece]


def tokens(
    html: str,
    names: frozenset[str] | None = None,
    *,
    reads: bool = True,
    matters: Callable[[str], bool] | None = None,
) -> Iterator[tuple[str, str, str]]:
    """Yield text, the tag behind it (`p`, `/p`, "" for none) and its attributes; for `title` and `CODE` its content.

    Tags that neither bear one of `names` nor are handled here are passed over, and so is the text between tags unless
    `reads`; None counts all but `IGNORED`. `matters` is asked of each text with tags in it that are passed over,
    whether they are to be given after all. A comment that never ends gives the tag `--`. Every search runs in linear
    time.
    """
    markup, at, end = _markup(names), 0, html.rfind(">") + 1
    endless: set[str] = set()
    while match := markup.next.match(html, at, end):
        text, tag, value, close, comment = match.groups()
        at = match.end()
        if matters and "<" in text:
            yield from tokens(text) if matters(text) else markup.pieces(text)
            text = ""
        else:
            text = markup.text(text) if reads else ""
        tag = tag.lower() if tag else comment or ""
        if close and (tag not in _TAGLESS or tag in endless):
            yield text, tag, value
            if at >= end:
                break
        elif tag and close == "":
            yield text, "", ""
            names, matters = (None if matters else names), None
            markup, at = _markup(names, _QUOTELESS), match.start("tag") - 1
        elif tag and tag != "plaintext" and tag not in endless:
            yield text, "", ""
            whole, at = _apart(html, tag, at, end, endless)
            yield from whole
        elif tag == "plaintext":
            yield from ((text, "pre", ""), (html[at:], "", ""))
            return
        else:
            yield text, tag, value or ""
            if at >= end:
                break
    yield in_text(html[at:]), "", ""


def _apart(html: str, tag: str, at: int, end: int, endless: set[str]) -> tuple[Iterable[tuple[str, str, str]], int]:
    """Return what an element of `WHOLE` or a comment that is open at `at` gives, and where the page goes on."""
    closing = _ENDS[tag].search(html, at, end) if tag != "--" else _COMMENT_END.search(html, at - 2, end)
    if closing:
        return _whole(tag, html[at : closing.start()]), closing.end()
    endless.add(tag)
    if tag == "--":
        return [("", tag, "")], at
    return (), _behind_code(html, at) if tag in CODE else at


def _behind_code(html: str, at: int) -> int:
    """Return the place of the first tag behind code without an end that stands in none of its strings, else the end.

    In a string a tag has a quote, an operator or another such tag before it.
    """
    in_string = False
    for match in _TAG_IN_CODE.finditer(html, at - 1):
        in_string = match[1] in _IN_STRING if match[1] != ">" else in_string
        if not in_string:
            return match.start(2)
    return len(html)


@cache
def _markup(names: frozenset[str] | None, attributes: str = _ATTRIBUTES) -> _Markup:
    return _Markup(names, attributes)


def _whole(tag: str, content: str) -> Iterator[tuple[str, str, str]]:
    if tag == "title":
        yield "", tag, in_text(content)
    elif tag in CODE:
        yield "", tag, content
    elif tag not in SKIPPED and tag != "--":
        yield "", tag, content
        yield (content if tag == "xmp" else in_text(content)), f"/{tag}", ""


def tags(html: str, names: frozenset[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the start tags of a page that bear one of `names`, in its order, each with its attributes.

    >>> list(tags("<p><A HREF='/1' hidden>x</a>", frozenset(["a"])))
    [('a', {'href': '/1', 'hidden': ''})]
    """
    for _, tag, value in tokens(html, names, reads=False):
        if tag in names:
            yield tag, attributes(value)


def attributes(value: str, wanted: frozenset[str] | None = None) -> Mapping[str, str]:
    """Return the attributes in the text of a tag by name, all or those `wanted`; of two with one name the first."""
    found: dict[str, str] = {}
    for raw, quoted in _PAIR.findall(value):
        name = raw.lower()
        if wanted is None or name in wanted:
            found.setdefault(name, in_attribute(_unquoted(quoted)))
    return found


def _unquoted(value: str) -> str:
    return value[1:].removesuffix(value[0]) if value[:1] in ("'", '"') else value

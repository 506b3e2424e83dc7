"""HTML to tokens: text and tags in one pass without a tree, in time linear in the page's length.

Lexbor (selectolax) and resiliparse build their trees faster, but are quadratic where hostile pages want them to be:
80,000 attributes on one tag take lexbor 8 s, 100,000 nested elements 10 s.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain

from cleaners.reading.attributes import attributes
from cleaners.reading.names import CODE, READ_APART, SKIPPED, SPACE, WHOLE
from cleaners.reading.references import in_text
from cleaners.reading.tags import NO_TAG, TAGS, Kind, Tag

FOLD = re.compile(f"[{SPACE}](?:[{SPACE}]++|(?<! ))")
"""What is folded to one blank: several, or one of another kind."""

_VALUE = rf"""(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^{SPACE}>"'][^{SPACE}>]*+)"""
_ATTRIBUTE = rf"[^{SPACE}/>][^{SPACE}/>=]*+(?:[{SPACE}]*+=[{SPACE}]*+{_VALUE}?+)?+"
_USUAL = rf"""(?:[{SPACE}]++[a-zA-Z-]++="[^"]*+")*+"""  # the same as the general form, only faster
_ATTRIBUTES = rf"{_USUAL}(?:[{SPACE}/]++|{_ATTRIBUTE})*+"
"""What stands in a tag behind its name."""
_COMMENT = r"!(?=--)(?:[^-]++|-(?!-!?>))*+--!?>"
_TAGLESS = sorted({*WHOLE, "plaintext"})
_FIRST = sorted({letter for name in _TAGLESS for letter in (name[0], name[0].upper())})
_APART = re.compile(
    rf"<(?=[{''.join(_FIRST)}])(?:"
    + "|".join(
        rf"{first}(?i:{'|'.join(name[1:] for name in _TAGLESS if name[0] == first.lower())})" for first in _FIRST
    )
    + rf")(?=[{SPACE}/>])"
)
"""The start of an element in which `<` begins no tag; looked for by the letter that it begins with."""
_ENDS = {name: re.compile(rf"</(?i:{name})(?=[{SPACE}/>])[^>]*+>") for name in WHOLE}
_SHADOW = frozenset(("shadowrootmode", "shadowroot", "shadowmode"))
"""Attributes of a `template` that a page shows: the shadow tree of an element, as browsers and SingleFile write it."""
_PAGE_TAGS = "article|body|br|center|div|footer|form|h[1-6]|html|li|ol|p|script|section|span|style|table|td|tr|ul"
_TAG_IN_CODE = re.compile(rf"([^{SPACE}])[{SPACE}]*+(<)(?=/?(?i:{_PAGE_TAGS})[{SPACE}/>])")
_CUT = re.compile(
    rf"</?(?i:(?:{_PAGE_TAGS})(?:[{SPACE}][^<。]*+)?|(?:a|b|font|i|img|input|strong|u)[{SPACE}]++[a-zA-Z-]++[{SPACE}]*+=[{SPACE}]*+[\"'][^<。]*+)\Z"
)
"""A tag in whose middle a page was cut off."""
_IN_STRING = frozenset("""'"`+(=,&?:;{|\\""")


def tokens(html: str) -> Iterator[tuple[str, Tag]]:
    """Yield text and the tag behind it, `NO_TAG` for none; for `title` and `READ_APART` a tag with their content.

    A comment that never ends gives a tag of its own. Every search runs in linear time.
    """
    return chain.from_iterable(_runs(html))


def _runs(html: str) -> Iterator[Iterable[tuple[str, Tag]]]:
    """Yield the tokens in front of each element of `WHOLE`, and those of the element.

    What stands in front of one is split at its tags in one call. Where the start of an element turns out to stand in
    a tag or comment, the split has left that unfinished, and it is read from its own start on. What never ends is
    noted in `endless`: from there on quotes, or comments, or elements of that name, are read as if they were none.
    """
    at, end, endless = 0, html.rfind(">") + 1, set[str]()
    while at < end:
        tag = _tag(has_quotes='"' not in endless, has_comments="--" not in endless)
        apart = _APART.search(html, at, end)
        stop = apart.start() if apart else end
        part = html[at:stop]
        pieces = tag.split(part)
        if len(pieces) > 1 and pieces[-2] is None:
            *_, unfinished = tag.finditer(html, at, stop)
            stop = unfinished.start()
            del pieces[-2:]
        texts, tags = pieces[::2], map(TAGS.__getitem__, [*pieces[1::2], ""])
        if "&" in part:
            texts = [in_text(text) if "&" in text else text for text in texts]
        yield zip(texts, tags, strict=True)
        at = stop
        if stop < end:
            start = tag.match(html, stop, end)
            if start and start[1]:
                found, at = _element(html, TAGS[start[1]], start.end(), end, endless)
                yield found
            else:
                endless.add("--" if html.startswith("<!--", stop) else '"')
    yield [(in_text(_CUT.sub("", html[at:])), NO_TAG)]


@cache
def _tag(*, has_quotes: bool, has_comments: bool) -> re.Pattern[str]:
    """Return what finds a tag or comment, as a group, or takes all from the start of one that does not end."""
    attributes, comment = (_ATTRIBUTES if has_quotes else "[^>]*+"), (_COMMENT if has_comments else "!--")
    other = r"(?:\?|/(?![a-zA-Z])|!(?!--))[^>]*+"
    complete = rf"/?+[a-zA-Z][^{SPACE}/>]*+(?:>|{attributes}>)|{other}>|{comment}"
    return re.compile(rf"<(?:({complete})|(?=[a-zA-Z/!?])(?s:.*+))")


def _element(html: str, tag: Tag, at: int, end: int, endless: set[str]) -> tuple[Sequence[tuple[str, Tag]], int]:
    """Return what a tag that ends at `at` gives, with what an element of `WHOLE` holds, and where the page goes on."""
    if tag.kind is not Kind.APART:
        return [("", tag)], at
    if tag.name == "template" and not _SHADOW.isdisjoint(attributes(tag.value)):
        return (), at
    if tag.name == "plaintext":
        return [("", TAGS["pre>"]), (html[at:], NO_TAG)], len(html)
    if tag.name in endless:
        return (), at
    if closing := _closing(html, tag.name, at, end):
        return _content(tag, html[at : closing.start()]), closing.end()
    endless.add(tag.name)
    return (), _behind_code(html, at) if tag.name in CODE else at


def _closing(html: str, name: str, at: int, end: int) -> re.Match[str] | None:
    """Return the end tag of an element of `WHOLE`; what all end tags begin with is found sooner, and `<` soonest."""
    ends = _ENDS[name]
    while (at := html.find("<", at, end)) >= 0 and (at := html.find("</", at, end)) >= 0:
        if found := ends.match(html, at, end):
            return found
        at += 2
    return None


def _content(tag: Tag, content: str) -> Sequence[tuple[str, Tag]]:
    name = tag.name
    if name == "title":
        return [("", Tag(name, in_text(content), Kind.FACT))]
    if name in READ_APART:
        return [("", Tag(name, content, Kind.FACT))]
    if name == "iframe" and (page := attributes(tag.value).get("srcdoc")):
        return [("", Tag("noscript", page, Kind.FACT))]
    if name in SKIPPED:
        return ()
    text = content if name == "xmp" else in_text(content)
    return ("", Tag(name, content, Kind.BLOCK, says=tag.says)), (text, TAGS[f"/{name}>"])


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


def tags(html: str, names: frozenset[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the start tags of a page that bear one of `names`, in its order, each with its attributes.

    >>> list(tags("<p><A HREF='/1' hidden>x</a>", frozenset(["a"])))
    [('a', {'href': '/1', 'hidden': ''})]
    """
    for _, tag in tokens(html):
        if tag.name in names and not tag.is_end:
            yield tag.name, attributes(tag.value)

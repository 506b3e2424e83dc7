"""What the words of classes and ids say of a block of a saved page."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

Words = Callable[[str], bool]
"""Whether a class and id, in one text, hold a word."""


_BESIDE = re.compile(
    r"(?:h(?<![a-z]h)as|w(?<![a-z]w)ith(?:out)?|a(?<![a-z]a)nd|n(?<![a-z]n)o)[-_]+[a-z]+"  # each begins with a letter
)
"""Words that tell what an element has beside it, such as `with-sidebar`: of itself they say nothing."""


def words(pattern: str) -> Words:
    """Return what says whether a class and id hold a word; the labels of a site come again on each of its pages."""
    found = re.compile(pattern)
    return lru_cache(maxsize=4096)(lambda label: found.search(_own(label)) is not None)


@lru_cache(maxsize=4096)  # several ask for the same one
def _own(label: str) -> str:
    """Return what a class and id say of the element itself, in small letters."""
    return _BESIDE.sub("", label.lower())


speaks_of_comments = words(r"comm[eo]nt(?!ed|ar)|reply|replies|respond|pinglun|c(?<![a-z]c)mt(?![a-z])|discuss(?!ion)")
"""Whether the words are those of readers' comments and answers."""
speaks_of_aside = words(
    r"s(?<!ins)(?<!outs)(?<!res)(?<!bes)ide(?!r|nt)|foot(?!note|age|para)|recom|relat(?!ive)|r(?<![a-z]r)ank|rank(?:ing|list)"
    r"|(?:hot|top)rank|share(?!d|able|holder)|p(?<![a-z]p)ay(?!wall)|v(?<![a-z]v)ip|login|popup|modal|dialog|toolbar"
    r"|copyright|cookie|consent(?!ual)|a(?<![a-z0-9]a)ds?(?![a-z])|banner|qrcode|p(?<![a-z]p)op(?![a-z])|h(?<![a-z]h)ot(?![a-z])|disclaimer|signature"
)
"""Whether the words are those of what stands beside a text."""
speaks_of_matter_about = words(
    r"caption|photo|imag|picture|figure|gallery|credit|video|player|author|byline|bio(?![a-z])"
)
"""Whether the words are those of pictures, and of who made the text."""
speaks_of_code = words(
    r"(?<![a-z])(?:brush|(?<!zip-)(?<!invite[-_])codes?(?![-_]of)|crayon|prettyprint|dp-highlighter)(?![a-z])|highlight(?!s|ed(?![a-z])|[-_]?news)|(?:source|code)[-_]?(?:block|box|text|view|snippet)"
)
"""Whether the words are those of a program's code and how it is coloured."""
speaks_of_text = words(
    r"(?:article|art|post|entry|news|story|main|text|blog|topic|doc|detail|rich|caas|read|chapter|novel|book)[-_]{0,2}"
    r"(?:content|body|text|txt|con(?![a-z])|detail|main|view)"
    r"|content[-_]{0,2}(?:body|text|main|detail|inner|article)|zhengwen|neirong|markdown|(?:trs|ue|ck|ke|ql|rich|text|html|mp|md|wang|medium)[-_]?editor|editor[-_]?(?:content|text|body|view)|txt_?con|^(?:content|te?xt)$"
)
"""Whether the words are those of the container of a text."""

"""What a page states of itself outside its text: `title`, meta elements, JSON-LD."""

from __future__ import annotations

import re
from typing import Any

from cleaners.reading.attributes import attributes
from cleaners.reading.names import FALLBACKS
from cleaners.reading.references import in_text, unix
from cleaners.reading.script_data import holds_data, values
from cleaners.reading.tokens import FOLD

MAX_FACT = 300
"""Characters of the longest fact."""

_NAMES = {
    **dict.fromkeys(("og:title", "twitter:title"), "title"),
    **dict.fromkeys(
        (
            *(
                "article:published_time",
                "og:published_time",
                "pubdate",
                "publishdate",
                "datepublished",
                "og:release_date",
            ),
            *("publish_time", "publishtime", "releasedate", "weibo:article:create_at", "bytedance:published_time"),
            *("date", "dc.date", "dcterms.created", "firstpublishedtime"),
        ),
        "published",
    ),
    **dict.fromkeys(("author", "article:author", "og:article:author", "dc.creator", "mediaid"), "uploader"),
    **dict.fromkeys(("contentsource", "article:source", "source"), "source"),
    **dict.fromkeys(("og:site_name", "sitename"), "site"),
}
"""Names of meta elements, and the facts that they state."""
_APART = re.compile(r"[-_|–—]+")
"""What stands between a title and the site's name in `title`."""
_UNREAD = re.compile(r"^[(（]\d{1,3}\+? ?[封条][一-鿿]{1,5}(?: ?/ ?\d{1,3}\+? ?[封条][一-鿿]{1,5})?[)）] ?(?=.)")
"""How many letters a reader had not read when the page was saved."""
_ARTICLES = re.compile(r"Article|Posting|Report|CreativeWork|Question|DigitalDocument|WebPage")


class PageFacts:
    """Takes the tags of a page in their order; the first that states a fact counts."""

    def __init__(self) -> None:
        self.title: str | None = None
        self.stated: dict[str, str] = {}
        self.data: list[str] = []
        self.fallbacks: list[str] = []

    def take(self, tag: str, value: str) -> None:
        """Take a `title`, `script` or one of `FALLBACKS` with its content, or a `meta` with its attributes."""
        if tag == "title":
            self.title = self.title or _UNREAD.sub("", FOLD.sub(" ", value).strip()) or None
        elif tag == "script":
            self._script(value.strip())
        elif tag in FALLBACKS:
            self.fallbacks.append(value)
        else:
            pairs = attributes(value)
            name = pairs.get("name") or pairs.get("property") or pairs.get("itemprop") or ""
            self._state(_NAMES.get(name.lower()), pairs.get("content", ""))

    def settle(self) -> None:
        """Forget an author that is a portal, whose channel's name begins with it behind the title.

        A site that bears its author's name stays its author.
        """
        author, site = self.stated.get("uploader", ""), _APART.split(self.title or "")[-1].strip()
        if author and site.startswith(author) and site != author:
            del self.stated["uploader"]

    def _state(self, name: str | None, fact: str) -> None:
        if name and (fact := FOLD.sub(" ", fact).strip()) and len(fact) <= MAX_FACT:
            self.stated.setdefault(name, fact)

    def _script(self, code: str) -> None:
        if holds_data(code):
            self.data.append(unix(code))
            if "schema.org" in code:
                self._linked_data(code)

    def _linked_data(self, code: str) -> None:
        for _, thing in values(code):
            if isinstance(thing, dict) and _ARTICLES.search(str(thing.get("@type", ""))):
                self._state("title", _text(thing.get("headline")))
                self._state("published", _text(thing.get("datePublished") or thing.get("pubDate")))
                self._state("uploader", _text(thing.get("author")))


def _text(value: Any) -> str:
    """Return a string of JSON-LD, of an object its name, of a list its first."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("name")
    return in_text(value) if isinstance(value, str) else ""

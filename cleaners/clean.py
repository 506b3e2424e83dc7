"""The single door to cleaning: `clean(page) -> Document`, the stages in order. Read this file first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cleaners import facts as fact
from cleaners import title as titles
from cleaners import truncation, zones
from cleaners.canonical import digest
from cleaners.decode import decode
from cleaners.edits import apply, compose
from cleaners.model import Document, Edit, Page
from cleaners.render import is_html, render
from cleaners.repairs import chunks, jammer, layout, markup, pinyin, repeats, script, symbols
from cleaners.sheet import Sheet
from cleaners.sites import site_of
from cleaners.templates import recognise

CONVERT_ABOVE = 0.05
"""Share of Han that Traditional-to-Simplified would change, above which a page counts as Traditional."""


def clean(page: Page) -> Document:
    """Return the document on a page: its text alone, its facts, what is missing, and every edit made.

    Never raises for any content; a page without document text gives an empty text and the flag `no_text`.
    """
    draft = _Draft.of(page)
    for repair in (pinyin, markup, symbols, jammer):
        draft.change(repair.edits(draft.text))
    sheet = Sheet.of(draft.text)
    template = recognise(sheet.hits(), _address(page.url))
    sheet.only(template.name if template else None)
    found = zones.find(sheet, template, [known for known in (page.title, draft.html_title) if known])
    marks = [(hit, sheet.text[hit.start : hit.end]) for hit in found.hits if hit.rule.says]
    draft.change(found.edits)
    pieces = chunks.find(draft.text, likely=template is not None and template.name == "wenku_cms")
    draft.change(pieces.edits)
    title = titles.tidy(found.title) if found.title else None
    draft.change(repeats.edits(draft.text, title))
    written = page.script or ("Hant" if script.share_changed(draft.text) > CONVERT_ABOVE else "Hans")
    if written == "Hant" and not page.keep_script:
        draft.change(script.edits(draft.text))
        title = script.simplify(title) if title else None
    draft.change(layout.edits(draft.text))
    verdict = truncation.judge(
        draft.text, marks, full_pieces=pieces.full_pieces, missing_parts=page.missing_parts
    )
    facts = fact.collect(found.hits)
    if found.title and (kind := titles.file_type(found.title)):
        facts.setdefault("format", kind)
    return Document(
        title=title,
        text=draft.text,
        source=_source(page),
        template=template.name if template else "unknown",
        url=page.url,
        created=fact.timestamp(facts.get("published")),
        truncated=verdict.truncated,
        truncation=verdict.truncation,
        metadata=fact.metadata(facts, page.url),
        script=written,
        flags=tuple([*draft.flags, *([] if draft.text else ["no_text"])]),
        edits=tuple(draft.edits),
        page_text=draft.page_text,
        sha256=digest(draft.text) if draft.text else None,
    )


@dataclass(slots=True)
class _Draft:
    """The text between stages, with the edits that led to it from the rendered page."""

    page_text: str
    text: str
    html_title: str | None = None
    flags: list[str] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page) -> _Draft:
        decoded = decode(page.body, page.content_type)
        flags = ["undecodable"] if decoded.bad else []
        if page.kind == "html" or (page.kind is None and is_html(decoded.text)):
            rendered = render(decoded.text)
            return cls(rendered.text, rendered.text, rendered.title, flags)
        return cls(decoded.text, decoded.text, None, flags)

    def change(self, edits: Sequence[Edit]) -> None:
        """Make one stage's edits."""
        if edits:
            self.edits = compose(self.edits, self.text, edits)
            self.text = apply(self.text, edits)


def _address(url: str | None) -> str | None:
    """Return host and path as template patterns want them; None where there is no address."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return f"{parts.hostname}{parts.path}" if parts.hostname else None


def _source(page: Page) -> str:
    """Return the site's name, else the host, else `unknown`."""
    if page.source:
        return page.source
    if site := site_of(page.url):
        return site.name
    address = _address(page.url)
    return address.split("/", 1)[0] if address else "unknown"

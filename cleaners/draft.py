"""The text of a page between two stages, with the edits that led to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cleaners.judging import stated_title, writers_source
from cleaners.judging.page_lines import PageLines
from cleaners.model import Edit, Page
from cleaners.reading.decode import decode
from cleaners.reading.render import Rendered, is_html, render
from cleaners.repairs.markup import holds_tag
from cleaners.text.bounds import first_lines
from cleaners.text.composing import compose
from cleaners.text.edits import apply, bounded
from cleaners.verdicts import block_pages


@dataclass(slots=True)
class Draft:
    """The text between stages, with the edits that led to it from the rendered page (`edits` over `page_text`).

    `shows_tags` says that code of the page shows tags, or that its writer typed them: none in its text is left over.
    """

    page_text: str
    text: str
    rendered: Rendered | None = None
    html_titles: Sequence[str] = ()
    stated: Mapping[str, str] = field(default_factory=dict)
    html: str = ""
    flags: list[str] = field(default_factory=list)
    edits: Sequence[Edit] = ()
    keep_lines: bool = False
    shows_tags: bool = False
    laid_out: PageLines | None = None

    @classmethod
    def of(cls, page: Page) -> Draft:
        """Decode and render a page; what cannot be decoded is flagged."""
        decoded = decode(page.body, page.content_type)
        flags = ["undecodable"] if decoded.bad else []
        if page.kind == "html" or (page.kind is None and is_html(decoded.text)):
            rendered = render(decoded.text)
            stated = stated_title.stated_by(rendered.title, rendered.heading)
            flags += rendered.flags
            draft = cls(rendered.text, rendered.text, rendered, stated, rendered.facts, decoded.text, flags)
            draft.shows_tags = _shows_tags(rendered)
        else:
            draft = cls(decoded.text, decoded.text, flags=flags)
            draft.shows_tags = _types_tags(decoded.text)
        draft.keep_lines = page.keep_lines
        return draft

    def page_lines(self) -> PageLines:
        """Lay out the text; a page that was laid out to know its template is used, once: a pass marks its lines."""
        known, self.laid_out = self.laid_out, None
        return known if known and known.text == self.text else PageLines.of(self.text)

    def block_page(self, title: str | None) -> str | None:
        """Return the kind of block page that the page is, judged by what is left of its text, and by all of it."""
        if len(self.text) > block_pages.MAX_TEXT:  # what it would be told costs more than the answer
            return None
        shown = self.rendered
        known = [title or "", *self.html_titles, *((shown.title or "", shown.heading or "") if shown else ())]
        return block_pages.judge(known, first_lines(self.page_text), self.text, self.html, self.page_text)

    def change(self, edits: Sequence[Edit]) -> None:
        """Make one stage's edits."""
        if edits:
            edits = bounded(edits, self.text)
            self.edits = compose(self.edits, self.text, edits)
            self.text = apply(self.text, edits)


def _types_tags(text: str) -> bool:
    """Whether a text without markup is code, or a writer's source, with tags of its own."""
    if "<" not in text or not holds_tag(text):
        return False
    return writers_source.is_noted(text, with_tags=False) or writers_source.is_code(PageLines.of(text))


def _shows_tags(rendered: Rendered) -> bool:
    """Whether a page shows tags where it keeps blanks as they are, as it does with code."""
    if "<" not in rendered.text:
        return False
    lines = zip(rendered.text.split("\n"), rendered.markup, strict=True)
    return holds_tag("\n".join([line for line, says in lines if rendered.blocks[says.block].name == "pre"]))

"""What the markup and the address of a page say of it, before any pass: its template, and its frame, which goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cleaners.draft import Draft
from cleaners.judging import frame_facts, framed_title, stated_title, titles
from cleaners.judging.facts import split_address
from cleaners.judging.page_lines import PageLines
from cleaners.judging.rulebook import RULEBOOK
from cleaners.markup import main_content
from cleaners.reading.render import is_piece
from cleaners.repairs import pinyin
from cleaners.rules.rule import Hit, TruncationSignal
from cleaners.sites import site_of
from cleaners.templates import Template, recognise, templates
from cleaners.text.edits import apply


@dataclass(frozen=True, slots=True)
class Frame:
    """What the lines state that the markup takes away beside the text, and what kind of page it shows.

    `is_framed` says that the markup tells the text from a whole frame around it.
    """

    template: Template | None = None
    hits: Sequence[Hit] = ()
    marks: Sequence[tuple[Hit, str]] = ()
    is_thread: bool = False
    is_framed: bool = False
    is_listing: bool = False
    container: str | None = None


def take_frame(draft: Draft, url: str | None, container: str | None) -> Frame:
    """Take away what the markup of a page shows to be none of its text: all of the frame that no template knows.

    `container` is the path to the element that holds the text on other pages of the site.
    """
    if not draft.rendered or not draft.text:
        return Frame()
    if len(draft.rendered.markup) > main_content.MAX_LINES:
        draft.change(main_content.shown(draft.rendered).edits(draft.rendered))
        return Frame()
    read = apply(draft.text, pinyin.edits(draft.text))
    draft.laid_out = sheet = PageLines.of(read)
    whole = stated_title.as_said(draft.html_titles, sheet.lines)
    draft.html_titles = [whole] if whole else draft.html_titles
    template = template_of(sheet, url)
    if (template and template.knows_frame) or is_piece(draft.html):
        draft.change(main_content.shown(draft.rendered).edits(draft.rendered))
        return Frame(template)
    main = main_content.find(draft.rendered, sheet, container)
    near, links = main.near(sheet, draft.rendered.markup)
    hits = [
        Hit(rule, line.start, line.end, RULEBOOK.facts(rule, line.normalized)) for line in near for rule in line.rules
    ]
    hits += [Hit(frame_facts.RULE, line.start, line.end, frame_facts.read(line)) for line in near]
    if main.is_thread:
        kept = (line for line in sheet.lines if not main.removed_by[line.number])
        first = (line.start for line in kept if read[line.start : line.end].strip() != main.title)
        hits = _dated_by_first_post(hits, next(first, 0))
    hits += [Hit(rule, line.start, line.end, {}) for line in links for rule in line.rules]
    draft.change(main.edits(draft.rendered))
    title = None if whole else main.title
    if not (title or whole) and all(map(titles.is_site_name, draft.html_titles)):
        title = framed_title.above(sheet, main.taken(sheet))
    draft.html_titles = [*([title] if title else []), *draft.html_titles]
    said = [hit for hit in hits if hit.rule.signal and hit.rule.signal is not TruncationSignal.UNFOLD]
    marks = [(hit, read[hit.start : hit.end]) for hit in said]
    return Frame(
        template,
        [hit for hit in hits if hit.facts],
        marks,
        main.is_thread,
        main.is_framed,
        main.is_listing,
        main.container,
    )


def _dated_by_first_post(hits: Sequence[Hit], start: int) -> list[Hit]:
    """Drop the days of answers where a line above the first post, which begins at `start`, says when that came."""
    if not any(":" in hit.facts.get("published", "") for hit in hits if hit.start < start):
        return list(hits)
    dated = [{name: fact for name, fact in hit.facts.items() if name != "published"} for hit in hits]
    return [hit if hit.start < start else replace(hit, facts=facts) for hit, facts in zip(hits, dated, strict=True)]


def template_of(sheet: PageLines, url: str | None) -> Template | None:
    """Return the template of the page: that of its site, else the one its address or its lines show."""
    site = site_of(url) if url else None
    return templates()[site.template] if site and site.template else recognise(sheet.hits(), address_of(url))


def address_of(url: str | None) -> str | None:
    """Return host and path as template patterns want them; None where there is no address."""
    parts = split_address(url)
    return f"{parts.hostname}{parts.path}" if parts and parts.hostname else None

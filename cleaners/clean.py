"""The single door to cleaning: `clean(page) -> Document`, the stages in order. Read this file first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import urlsplit

from cleaners.canonical import digest
from cleaners.judging import (
    block_pages,
    boilerplate,
    boundaries,
    endings,
    frame_facts,
    framed_title,
    main_content,
    outline,
    repeats,
    spun,
    title_lines,
    titles,
    truncation,
)
from cleaners.judging.facts import address_day, collect_facts, is_fact, metadata, published_time
from cleaners.judging.page_lines import Line, PageLines
from cleaners.judging.rulebook import RULEBOOK
from cleaners.learning.profile import Profile
from cleaners.learning.sample import Sample
from cleaners.model import BLOCK_PAGE, Document, Edit, Judgement, Page, Script
from cleaners.reading.decode import decode
from cleaners.reading.render import Rendered, is_html, render
from cleaners.repairs import (
    chunks,
    escapes,
    filler,
    jammer,
    layout,
    lines,
    lookalikes,
    markup,
    mojibake,
    paragraphs,
    pinyin,
    script,
    sentences,
    symbols,
)
from cleaners.rules.rule import Hit, TruncationSignal
from cleaners.sites import site_of
from cleaners.templates import Template, recognise, templates
from cleaners.text import hans
from cleaners.text.bounds import first_lines
from cleaners.text.composing import compose, source_positions
from cleaners.text.edits import apply, bounded, joined
from cleaners.text.normalized import normalize, normalize_line, visible

MAX_PASSES = 8
"""Passes over a cleaned text at most, until one finds nothing more."""


def clean(page: Page, profile: Profile | None = None) -> Document:
    """Return the document on a page: its text alone, its facts, what is missing, and every edit made.

    `profile` is what is known of the frame of the page's site (cleaners/learning); a page that it would empty is read
    without it. Never raises for any content; a page without document text gives an empty text and the flag `no_text`.
    """
    first = _read(page, profile)
    if profile and not first.text:
        first = _read(page, None)
    return _document(page, profile, first)


def observe(page: Page) -> tuple[Document, Sample | None]:
    """Return the document on a page, and what learning its site's frame needs of it; None where it has no text."""
    first = _read(page, None)
    document = _document(page, None, first)
    if document.sha256 is None or document.block_page:
        return document, None
    lines, taken = first.lines, first.removed_by
    return document, Sample.of(document.sha256, document.title, lines, taken, first.container)


def _document(page: Page, profile: Profile | None, first: _Reading) -> Document:
    """Put what the parts of a page gave together."""
    later = [_read(replace(part, title=first.title or part.title, source=page.source), profile) for part in page.parts]
    text, page_text, edits = _joined([first, *later])
    if later:
        text, edits = _settled(page, first, text, page_text, edits)
    marks = [
        mark for reading in (first, *later) for mark in reading.marks if mark[0].rule.signal is TruncationSignal.GAP
    ]
    last = later[-1] if later else first
    marks += [mark for mark in last.marks if mark[0].rule.signal is not TruncationSignal.GAP]
    on_page = first.title is not None or any(reading.is_framed for reading in (first, *later))
    verdict = truncation.judge(
        text,
        marks,
        full_pieces=last.full_pieces,
        missing_parts=page.missing_parts,
        on_page=on_page,
        is_thread=last.is_thread,
    )
    facts = collect_facts(hit for reading in (first, *later) for hit in reading.hits)
    for name, value in first.stated.items():
        if is_fact(name, value):
            facts.setdefault(name, value)
    rewritten = spun.judge(text)
    flags = [*(flag for reading in (first, *later) for flag in reading.flags)]
    flags += [*([] if text else ["no_text"]), *(["spun"] if rewritten else [])]
    return Document(
        title=first.title,
        text=text,
        source=_source(page),
        template=first.template,
        url=page.url,
        created=published_time(facts.get("published")) or address_day(page.url),
        truncated=verdict.truncated,
        truncation=verdict.truncation,
        metadata=metadata(facts, page.url, rewritten),
        script=first.script,
        flags=tuple(dict.fromkeys(flags)),
        edits=tuple(edits),
        page_text=page_text,
        sha256=digest(text) if text else None,
        judged=tuple(_judged([first, *later])),
        profile=profile.digest if profile else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What one page, or one part of a split document, gave."""

    page_text: str
    text: str
    edits: Sequence[Edit]
    title: str | None
    stated: Mapping[str, str]
    template: str
    is_thread: bool
    script: Script
    is_framed: bool
    hits: Sequence[Hit]
    marks: Sequence[tuple[Hit, str]]
    full_pieces: int
    flags: Sequence[str]
    judged: Sequence[Judgement]
    lines: Sequence[Line]
    removed_by: Mapping[int, str]
    container: str | None


def _read(page: Page, profile: Profile | None) -> _Reading:
    """Take one page through the stages, in passes until one finds nothing more."""
    draft = _Draft.of(page)
    if draft.text and (site := site_of(page.url)) and site.kind(page.url or "") == "listing":
        draft.change([Edit(0, len(draft.text), "", "site.listing")])
    frame = _take_frame(draft, page.url, profile.container if profile else None)
    known = [title for title in (page.title, *draft.html_titles) if title]
    passes = list(_passes(draft, page, known, frame, profile))
    first, title = passes[0], _beside(passes[-1].title, draft.text)
    block = draft.block_page(title) if page.script is None else None
    if block and draft.text:
        draft.change([Edit(0, len(draft.text), "", "page.block")])
    return _Reading(
        page_text=draft.page_text,
        text=draft.text,
        edits=joined(draft.edits),
        title=title,
        stated={**passes[-1].stated, **draft.stated, **first.stated},
        template="thread" if frame.is_thread and first.template == "unknown" else first.template,
        is_thread=frame.is_thread,
        script=first.script,
        is_framed=any(each.is_framed for each in passes) or bool(frame.hits),
        hits=[*(hit for each in passes for hit in each.hits), *frame.hits],
        marks=[*(mark for each in passes for mark in each.marks), *frame.marks],
        full_pieces=first.full_pieces,
        flags=[
            *draft.flags,
            *lookalikes.flags(draft.text, title or ""),
            *(["filler"] if any(each.is_filled for each in passes) else []),
            *([f"{BLOCK_PAGE}{block}"] if block else []),
            *(["listing"] if frame.is_listing and not block else []),
        ],
        judged=first.judged,
        lines=first.lines,
        removed_by=first.removed_by,
        container=frame.container,
    )


def _passes(
    draft: _Draft, page: Page, known: Sequence[str], frame: _Frame, profile: Profile | None
) -> Iterator[_Found]:
    """Pass over a page, then over what is left as over a text that was cleaned before, until nothing changes.

    What is taken away brings other noise to the edge, and other damage to proof; cleaned again, a text has neither. A
    further pass is made where the last one left something open, or where the repairs find more.
    """
    before = draft.text
    known = _mend(draft, known)
    stripped = _strip(draft, known, page.url, frame, is_clean=page.script is not None, profile=profile)
    found = _finish(draft, page, stripped, page.script)
    yield found
    for _ in range(MAX_PASSES):
        if not found.is_open and draft.text == before:
            return
        before = draft.text
        known = _mend(draft, [found.title] if found.title else [])
        if not found.is_open and draft.text == before:
            return
        draft.edits = joined(draft.edits)
        found = _finish(draft, page, _strip(draft, known, is_clean=True), found.script)
        yield replace(found, lines=(), removed_by={})  # asked of the first pass only, and large
        if draft.text == before:
            return


def _mend(draft: _Draft, known: Sequence[str]) -> list[str]:
    """Undo in the draft, and in the titles stated outside its text, what was mixed into the characters."""
    known = _reread(draft, known)
    draft.change(layout.line_ends(draft.text))
    page_text = draft.text
    readings = pinyin.edits(page_text)
    draft.change(readings)
    if markup.is_cut(draft.text):
        draft.change(chunks.find(draft.text, likely=True).edits)
    draft.change(markup.edits(draft.text))
    draft.change(escapes.edits(draft.text))
    draft.change(lookalikes.edits(draft.text))
    draft.change(symbols.edits(draft.text, mirrored=bool(readings)))
    draft.change(jammer.edits(draft.text))
    return _unread(known, page_text) if readings else known


def _finish(draft: _Draft, page: Page, found: _Found, script: Script | None) -> _Found:
    """Take Traditional characters, blanks, filler and the outline out of what a pass left, and break its paragraphs.

    `script` is given for a text that was cleaned before. Returns what the pass found, with this.
    """
    bare = draft.text
    is_mixed = script is None and hans.share_changed(bare) > hans.MIN_TRADITIONAL_SHARE
    written = script or ("Hant" if is_mixed and hans.is_traditional(bare) else "Hans")
    title = found.title
    if not page.keep_script:
        title = _simplify(draft, title, is_hant=written == "Hant", is_mixed=is_mixed)
    blanks = layout.edits(draft.text)
    is_joined = layout.joins(blanks, draft.text)
    draft.change(blanks)
    bare = draft.text
    rare = filler.edits(draft.text)
    draft.change(rare)
    stated = dict(found.stated)
    if printed := outline.find(draft.text, title):
        draft.change(printed.edits())
        draft.change(layout.edits(draft.text))
        stated.setdefault("outline", "\n".join(printed.entries))
    if not page.keep_lines:
        if cut := sentences.edits(draft.text):
            draft.change(cut)
            draft.flags.append(sentences.FLAG)
        draft.change(paragraphs.edits(draft.text, stated.get("outline", "").split("\n")))
    return replace(
        found,
        title=title,
        stated=stated,
        script=written,
        is_open=found.is_open or is_joined or draft.text != bare,
        is_filled=any(edit.rule == filler.PAGE_RULE for edit in rare),
    )


def _beside(title: str | None, text: str) -> str | None:
    """Return the title, None where the text is nothing else: cleaned again, it would be taken for its own title."""
    if not title or not 0 < len(text) <= len(title) + titles.MAX_TITLE:
        return title
    is_all = title_lines.is_title(normalize_line(normalize(text)), titles.comparable(title))
    return None if is_all or titles.plain(text) == titles.plain(title) else title


def _simplify(draft: _Draft, title: str | None, *, is_hant: bool, is_mixed: bool) -> str | None:
    """Write the draft in Simplified, and return the title so; it may be Traditional though the text is not."""
    if is_hant or is_mixed:
        draft.change(script.edits_outside_quotes(draft.text, is_traditional=is_hant))
    if not title or not (is_hant or is_mixed or hans.is_traditional(title)):
        return title
    return titles.tidy(script.simplify(title, is_traditional=is_hant or hans.is_traditional(title)))


def _reread(draft: _Draft, known: Sequence[str]) -> list[str]:
    """Undo misreading in the draft, and in the titles stated outside its text; return these."""
    repair = mojibake.repair(draft.text)
    draft.change(repair.edits)
    if repair.is_damaged:
        draft.flags.append("undecodable")
    return [_mended_title(title) for title in known]


@lru_cache(maxsize=256)
def _mended_title(title: str) -> str:
    """Undo misreading in a title; each pass asks again for that of its page."""
    plain = apply(title, mojibake.repair(title).edits)
    return apply(plain, lookalikes.edits(plain))


@dataclass(frozen=True, slots=True)
class _Frame:
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


def _take_frame(draft: _Draft, url: str | None, container: str | None) -> _Frame:
    """Take away what the markup of a page shows to be none of its text: all of the frame that no template knows.

    `container` is the path to the element that holds the text on other pages of the site.
    """
    if not draft.rendered or not draft.text:
        return _Frame()
    if len(draft.rendered.markup) > main_content.MAX_LINES:
        draft.change(main_content.shown(draft.rendered).edits(draft.rendered))
        return _Frame()
    read = apply(draft.text, pinyin.edits(draft.text))
    draft.laid_out = sheet = PageLines.of(read)
    whole = titles.as_said(draft.html_titles, sheet.lines)
    draft.html_titles = [whole] if whole else draft.html_titles
    template = _template(sheet, url)
    if template and template.knows_frame:
        draft.change(main_content.shown(draft.rendered).edits(draft.rendered))
        return _Frame(template)
    main = main_content.find(draft.rendered, sheet, container)
    near, links = main.near(sheet, draft.rendered.markup)
    hits = [
        Hit(rule, line.start, line.end, RULEBOOK.facts(rule, line.normalized)) for line in near for rule in line.rules
    ]
    hits += [Hit(frame_facts.RULE, line.start, line.end, frame_facts.read(line)) for line in near]
    hits += [Hit(rule, line.start, line.end, {}) for line in links for rule in line.rules]
    draft.change(main.edits(draft.rendered))
    title = None if whole else main.title
    if not (title or whole) and all(map(titles.is_site_name, draft.html_titles)):
        title = framed_title.above(sheet, main.taken(sheet))
    draft.html_titles = [*([title] if title else []), *draft.html_titles]
    said = [hit for hit in hits if hit.rule.signal and hit.rule.signal is not TruncationSignal.UNFOLD]
    marks = [(hit, read[hit.start : hit.end]) for hit in said]
    return _Frame(
        template,
        [hit for hit in hits if hit.facts],
        marks,
        main.is_thread,
        main.is_framed,
        main.is_listing,
        main.container,
    )


def _unread(known: Sequence[str], text: str) -> list[str]:
    """Return titles stated outside the text without the readings that the page has glued in everywhere."""
    marked = [title for title in known if "(" in title or "（" in title]
    if not marked:
        return list(known)
    whole = "\n".join([*(title.split("\n", 1)[0] for title in marked), text])
    unread = dict(zip(marked, apply(whole, pinyin.edits(whole)).split("\n", len(marked)), strict=False))
    return [unread.get(title, title) for title in known]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What one pass found in a text; `is_open` says that a further pass may find more.

    `is_framed` says that rules hit, `hits` are those that state something.
    """

    title: str | None
    stated: Mapping[str, str]
    template: str
    is_framed: bool
    hits: Sequence[Hit]
    marks: Sequence[tuple[Hit, str]]
    full_pieces: int
    judged: Sequence[Judgement]
    is_open: bool
    lines: Sequence[Line]
    removed_by: Mapping[int, str]
    script: Script = "Hans"
    is_filled: bool = False


def _strip(
    draft: _Draft,
    known: Sequence[str],
    url: str | None = None,
    frame: _Frame | None = None,
    *,
    is_clean: bool,
    profile: Profile | None = None,
) -> _Found:
    """Take noise, chunk marks and repeats of the title out of the draft: one pass."""
    sheet = draft.page_lines()
    frame = frame or _Frame()
    template = frame.template or _template(sheet, url)
    sheet.restrict_to(template.name if template else None)
    if not is_clean:
        boilerplate.label(sheet.lines)
    found = boundaries.find_main_content(
        sheet, template, known, is_clean=is_clean, is_framed=frame.is_framed, profile=None if is_clean else profile
    )
    places = source_positions(draft.edits, [sheet.lines[line.place].start for line in found.judged])
    draft.change(found.edits)
    if profile and not is_clean:
        draft.change(profile.injected(draft.text))
    bare = draft.text
    pieces = chunks.find(draft.text, likely=template is not None and template.has_chunks)
    draft.change(pieces.edits)
    title = titles.tidy(_mended_title(visible(found.title))) if found.title else None
    draft.change(repeats.edits(draft.text, title))
    if not draft.keep_lines:
        draft.change(lines.edits(draft.text))
    return _Found(
        title=title,
        stated={**found.stated, **({"format": kind} if (kind := titles.file_type(found.title or "")) else {})},
        template=template.name if template else "unknown",
        is_framed=bool(found.hits),
        hits=[hit for hit in found.hits if hit.facts],
        marks=[(hit, sheet.text[hit.start : hit.end]) for hit in found.hits if hit.rule.signal],
        full_pieces=pieces.full_pieces,
        judged=[Judgement(at, *line[2:]) for at, line in zip(places, found.judged, strict=True)],
        is_open=found.is_open or draft.text != bare,
        lines=sheet.lines,
        removed_by=found.removed_by,
    )


def _judged(readings: Sequence[_Reading]) -> Iterator[Judgement]:
    """Yield what the judge said of the parts of a document, at the places that `_joined` gives them."""
    before = 0
    for reading in readings:
        yield from (line._replace(start=line.start + before) for line in reading.judged)
        before += len(reading.page_text) + 1


def _joined(readings: Sequence[_Reading]) -> tuple[str, str, Sequence[Edit]]:
    """Put the parts of a split document together; a part that stops in mid sentence goes on without a line feed."""
    first = readings[0]
    if len(readings) == 1:
        return first.text, first.page_text, first.edits
    text, page_text, edits = "", "", list[Edit]()
    for reading in readings:
        if reading is not first:
            if not text or not reading.text or endings.is_open(text):
                edits.append(Edit(len(page_text), len(page_text) + 1, "", "parts.join"))
            else:
                text += "\n"
            page_text += "\n"
        edits += [Edit(e.start + len(page_text), e.end + len(page_text), e.new, e.rule) for e in reading.edits]
        text, page_text = text + reading.text, page_text + reading.page_text
    return text, page_text, joined(edits)


def _settled(
    page: Page, first: _Reading, text: str, page_text: str, edits: Sequence[Edit]
) -> tuple[str, Sequence[Edit]]:
    """Return the text of all parts, and the edits that led to it, passed over as one text until nothing changes."""
    draft = _Draft(page_text, text, edits=edits, keep_lines=page.keep_lines)
    known = [first.title] if first.title else []
    for _ in _passes(draft, replace(page, url=None, script=first.script), known, _Frame(), None):
        pass
    return draft.text, joined(draft.edits)


@dataclass(slots=True)
class _Draft:
    """The text between stages, with the edits that led to it from the rendered page (`edits` over `page_text`)."""

    page_text: str
    text: str
    rendered: Rendered | None = None
    html_titles: Sequence[str] = ()
    stated: Mapping[str, str] = field(default_factory=dict)
    html: str = ""
    flags: list[str] = field(default_factory=list)
    edits: Sequence[Edit] = ()
    keep_lines: bool = False
    laid_out: PageLines | None = None

    @classmethod
    def of(cls, page: Page) -> _Draft:
        """Decode and render a page; what cannot be decoded is flagged."""
        decoded = decode(page.body, page.content_type)
        flags = ["undecodable"] if decoded.bad else []
        if page.kind == "html" or (page.kind is None and is_html(decoded.text)):
            rendered = render(decoded.text)
            stated = titles.stated_by(rendered.title, rendered.heading)
            flags += rendered.flags
            draft = cls(rendered.text, rendered.text, rendered, stated, rendered.facts, decoded.text, flags)
        else:
            draft = cls(decoded.text, decoded.text, flags=flags)
        draft.keep_lines = page.keep_lines
        return draft

    def page_lines(self) -> PageLines:
        """Lay out the text; a page that was laid out to know its template is used, once: a pass marks its lines."""
        known, self.laid_out = self.laid_out, None
        return known if known and known.text == self.text else PageLines.of(self.text)

    def block_page(self, title: str | None) -> str | None:
        """Return the kind of block page that the page is, judged by what is left of its text, and by all of it."""
        shown = self.rendered
        known = [title or "", *self.html_titles, *((shown.title or "", shown.heading or "") if shown else ())]
        return block_pages.judge(known, first_lines(self.page_text), self.text, self.html, self.page_text)

    def change(self, edits: Sequence[Edit]) -> None:
        """Make one stage's edits."""
        if edits:
            edits = bounded(edits, self.text)
            self.edits = compose(self.edits, self.text, edits)
            self.text = apply(self.text, edits)


def _template(sheet: PageLines, url: str | None) -> Template | None:
    """Return the template of the page: that of its site, else the one its address or its lines show."""
    site = site_of(url) if url else None
    return templates()[site.template] if site and site.template else recognise(sheet.hits(), _address(url))


def _address(url: str | None) -> str | None:
    """Return host and path as template patterns want them; None where there is no address."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
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

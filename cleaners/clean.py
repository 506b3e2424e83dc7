"""The single door to cleaning: `clean(page) -> Document`. Read this file first, then passes.py, the stages in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cleaners.canonical import digest
from cleaners.draft import Draft
from cleaners.frame import Frame, address_of, take_frame
from cleaners.judging import title_lines, titles
from cleaners.judging.facts import address_day, collect_facts, is_fact, metadata, published_time
from cleaners.judging.page_lines import Line
from cleaners.learning.profile import Profile
from cleaners.learning.sample import Sample
from cleaners.model import BLOCK_PAGE, Document, Edit, Judgement, Page, Script
from cleaners.passes import pass_over
from cleaners.repairs import lookalikes
from cleaners.rules.rule import Hit, TruncationSignal
from cleaners.sites import site_of
from cleaners.text.edits import joined
from cleaners.text.normalized import normalize, normalize_line
from cleaners.verdicts import endings, spun, truncation


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
    draft = Draft.of(page)
    if draft.text and (site := site_of(page.url)) and site.kind(page.url or "") == "listing":
        draft.change([Edit(0, len(draft.text), "", "site.listing")])
    frame = take_frame(draft, page.url, profile.container if profile else None)
    known = [title for title in (page.title, *draft.html_titles) if title]
    passes = list(pass_over(draft, page, known, frame, profile))
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


def _beside(title: str | None, text: str) -> str | None:
    """Return the title, None where the text is nothing else: cleaned again, it would be taken for its own title."""
    if not title or not 0 < len(text) <= len(title) + titles.MAX_TITLE:
        return title
    is_all = title_lines.is_title(normalize_line(normalize(text)), titles.comparable(title))
    return None if is_all or titles.plain(text) == titles.plain(title) else title


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
    draft = Draft(page_text, text, edits=edits, keep_lines=page.keep_lines)
    known = [first.title] if first.title else []
    for _ in pass_over(draft, replace(page, url=None, script=first.script), known, Frame(), None):
        pass
    return draft.text, joined(draft.edits)


def _source(page: Page) -> str:
    """Return the site's name, else the host, else `unknown`."""
    if page.source:
        return page.source
    if site := site_of(page.url):
        return site.name
    address = address_of(page.url)
    return address.split("/", 1)[0] if address else "unknown"

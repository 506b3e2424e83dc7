"""The stages in their order, passed through until nothing changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from cleaners.draft import Draft
from cleaners.frame import Frame, template_of
from cleaners.judging import boilerplate, boundaries, collected, outline, repeats, titles
from cleaners.judging.page_lines import Line
from cleaners.learning.profile import Profile
from cleaners.model import Judgement, Page, Script
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
from cleaners.rules.rule import Hit
from cleaners.text import hans
from cleaners.text.composing import source_positions
from cleaners.text.edits import apply, joined
from cleaners.text.normalized import visible

MAX_PASSES = 8
"""Passes over a cleaned text at most, until one finds nothing more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What one pass found in a text; `is_open` says that a further pass may find more, `is_unfinished` its last stages.

    `is_framed` says that rules hit, `hits` are those that state something; `is_own` says that nothing but the text has
    the title, in the brackets in which a post sets it.
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
    is_unfinished: bool = False
    is_own: bool = False


def pass_over(draft: Draft, page: Page, known: Sequence[str], frame: Frame, profile: Profile | None) -> Iterator[Found]:
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
        stripped = _strip(draft, known, is_clean=True, is_own=found.is_own)
        if draft.text != before or found.is_unfinished:
            found = _finish(draft, page, stripped, found.script)
        else:
            found = replace(stripped, script=found.script)
        yield replace(found, lines=(), removed_by={})  # asked of the first pass only, and large
        if draft.text == before:
            return


def _mend(draft: Draft, known: Sequence[str]) -> list[str]:
    """Undo in the draft, and in the titles stated outside its text, what was mixed into the characters."""
    known = _reread(draft, known)
    draft.change(layout.line_ends(draft.text))
    page_text = draft.text
    readings = pinyin.edits(page_text)
    draft.change(readings)
    if markup.is_cut(draft.text):
        draft.change(chunks.find(draft.text, likely=True).edits)
    if not draft.shows_tags:
        draft.change(markup.edits(draft.text))
    draft.change(escapes.edits(draft.text))
    draft.change(lookalikes.edits(draft.text))
    draft.change(symbols.edits(draft.text, mirrored=bool(readings)))
    draft.change(jammer.edits(draft.text))
    return _unread(known, page_text) if readings else known


def _strip(
    draft: Draft,
    known: Sequence[str],
    url: str | None = None,
    frame: Frame | None = None,
    *,
    is_clean: bool,
    is_own: bool = False,
    profile: Profile | None = None,
) -> Found:
    """Take noise, chunk marks and repeats of the title out of the draft: one pass."""
    sheet = draft.page_lines()
    frame = frame or Frame()
    template = frame.template or template_of(sheet, url)
    sheet.restrict_to(template.name if template else None)
    if not is_clean:
        boilerplate.label(sheet.lines)
        collected.label(sheet.lines)
    site = profile.frame if profile and not is_clean else None
    found = boundaries.find_main_content(
        sheet, template, known, is_clean=is_clean, is_framed=frame.is_framed, site=site
    )
    places = source_positions(draft.edits, [sheet.lines[line.place].start for line in found.judged])
    draft.change(found.edits)
    if site:
        draft.change(site.injected(draft.text))
    bare = draft.text
    pieces = chunks.find(draft.text, likely=template is not None and template.has_chunks)
    draft.change(pieces.edits)
    title = titles.tidy(_mended_title(visible(found.title))) if found.title else None
    is_own = (is_own or not (is_clean or known)) and not found.edits and draft.text.lstrip().startswith("【")
    if not (is_own or found.are_verses):
        draft.change(repeats.edits(draft.text, title))
    if not draft.keep_lines:
        draft.change(lines.edits(draft.text))
    return Found(
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
        is_own=is_own,
    )


def _finish(draft: Draft, page: Page, found: Found, script: Script | None) -> Found:
    """Take Traditional characters, blanks, filler and the outline out of what a pass left, and break its paragraphs.

    `script` is given for a text that was cleaned before. Returns what the pass found, with this.
    """
    blanks = layout.edits(draft.text)
    is_joined = layout.joins(blanks, draft.text)
    draft.change(blanks)
    is_mixed = script is None and hans.share_changed(draft.text) > hans.MIN_TRADITIONAL_SHARE
    written = script or ("Hant" if is_mixed and hans.is_traditional(draft.text) else "Hans")
    title = found.title
    if not page.keep_script:
        title = _simplify(draft, title, is_hant=written == "Hant", is_mixed=is_mixed)
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
    is_unfinished = is_joined or draft.text != bare
    return replace(
        found,
        title=title,
        stated=stated,
        script=written,
        is_open=found.is_open or is_unfinished,
        is_filled=any(edit.rule == filler.PAGE_RULE for edit in rare),
        is_unfinished=is_unfinished,
    )


def _simplify(draft: Draft, title: str | None, *, is_hant: bool, is_mixed: bool) -> str | None:
    """Write the draft in Simplified, and return the title so; it may be Traditional though the text is not."""
    if is_hant or is_mixed:
        draft.change(script.edits_outside_quotes(draft.text, is_traditional=is_hant))
    if not title or not (is_hant or is_mixed or hans.is_traditional(title)):
        return title
    return titles.tidy(script.simplify(title, is_traditional=is_hant or hans.is_traditional(title)))


def _reread(draft: Draft, known: Sequence[str]) -> list[str]:
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


def _unread(known: Sequence[str], text: str) -> list[str]:
    """Return titles stated outside the text without the readings that the page has glued in everywhere."""
    marked = [title for title in known if "(" in title or "（" in title]
    if not marked:
        return list(known)
    whole = "\n".join([*(title.split("\n", 1)[0] for title in marked), text])
    unread = dict(zip(marked, apply(whole, pinyin.edits(whole)).split("\n", len(marked)), strict=False))
    return [unread.get(title, title) for title in known]

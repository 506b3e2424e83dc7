"""The page of a review: documents beside their pages, every edit with its rule, for a browser without a server."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from cleaners.judging.judge_model import spoke
from cleaners.judging.rulebook import REASONS
from cleaners.learning.leaks import leaked_lines
from cleaners.model import Document, Edit, Truncation
from cleaners.personal.masking import HIDDEN, mask_edits, mask_record
from crawler.reports.web_page import FOOT, head
from crawler.terminal.explain import completeness

Piece = str | tuple[str, ...]
"""A piece of a page, in order: text that stays, or what an edit takes and writes, its rule and what spoke for it."""
Record = Mapping[str, Any]

_BODY, _SCRIPT = (Path(__file__).with_name(name).read_text("utf-8") for name in ("review.html", "review.js"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewedDocument:
    """A document with the pieces of its page; of one whose page is not there they are its text, and `note` says so.

    `digest` is the SHA-256 of the page's bytes, empty without them.
    """

    name: str
    record: Record
    pieces: tuple[Piece, ...]
    digest: str = ""
    note: str = ""

    @property
    def rules(self) -> list[str]:
        """The rules that changed the page."""
        return [edit["rule"] for edit in self.record["edits"]]


def with_page(
    name: str, record: Record, document: Document, *, digest: str, mask: bool, note: str = ""
) -> ReviewedDocument:
    """Return a document that was cleaned again, with `mask` without personal data."""
    pieces = tuple(_pieces(document, _hidden(document) if mask else ""))
    return ReviewedDocument(name=name, record=_masked(record, mask=mask), pieces=pieces, digest=digest, note=note)


def without_page(name: str, record: Record, *, mask: bool, note: str) -> ReviewedDocument:
    """Return a document of which there is the record alone."""
    record = _masked(record, mask=mask)
    return ReviewedDocument(name=name, record=record, pieces=(record["text"],), note=note)


def write(file: IO[bytes], documents: Sequence[ReviewedDocument], leaks: Sequence[list[int]], origin: Record) -> None:
    """Write the page; `leaks` are the lines of each text that are the frame's, `origin` where the pages can be had."""
    file.write(head("Review", script=_SCRIPT).encode())
    file.write(_BODY.encode())
    digest = hashlib.sha256()
    for number, (document, lines) in enumerate(zip(documents, leaks, strict=True)):
        data = _data(f"d{number}", _whole(document, lines))
        digest.update(data)
        file.write(data)
    index = {
        **origin,
        "digest": digest.hexdigest()[:16],
        "rules": {rule: REASONS.get(rule, "") for document in documents for rule in document.rules},
        "documents": [_summary(document, len(lines)) for document, lines in zip(documents, leaks, strict=True)],
    }
    file.write(_data("index", index))
    file.write(f"<script>{_SCRIPT}</script>{FOOT}".encode())


def leaked(documents: Sequence[ReviewedDocument]) -> list[list[int]]:
    """Return which lines of each text stand in many texts of its source as a frame does."""
    by_source: defaultdict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        if document.record["text"]:
            by_source[document.record["source"]].append(number)
    found: list[list[int]] = [[] for _ in documents]
    for source, numbers in by_source.items():
        texts = [(documents[number].record["text"], documents[number].record["title"]) for number in numbers]
        for number, lines in zip(numbers, leaked_lines(source, texts), strict=True):
            found[number] = lines
    return found


def _summary(document: ReviewedDocument, leaks: int) -> Record:
    """Return what the filters and the list ask for."""
    record = document.record
    return {
        "name": document.name,
        **{name: record[name] for name in ("title", "source", "truncated", "flags")},
        "rules": document.rules,
        "chars": len(record["text"]),
        "leaks": leaks,
    }


def _whole(document: ReviewedDocument, leaks: list[int]) -> Record:
    """Return what is read when the document is shown."""
    record = document.record
    missing = Truncation(**{**record["truncation"], "omitted_chars": tuple(record["truncation"]["omitted_chars"])})
    facts = {
        "source": f"{record['source']}, template {record['template']}",
        "address": record["url"],
        "truncated": completeness(record["truncated"], missing),
        "created": record["created"],
        "script": record["script"],
        "flags": ", ".join(record["flags"]),
        "characters": f"{len(record['text']):,}",
        "id": record["id"],
        "copy of": record["duplicate_of"],
        "rules of version": record["version"],
    }
    return {
        "url": record["url"],
        "digest": document.digest,
        "note": document.note,
        "pieces": document.pieces,
        "leaks": leaks,
        "facts": [(name, fact) for name, fact in facts.items() if fact],
        "rules": [(edit["rule"], edit["count"], edit["chars"]) for edit in record["edits"]],
    }


def _data(name: str, value: Record) -> bytes:
    """Return data as an element that no script runs from, and that nothing within can end."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" id="{name}">{written}</script>\n'.encode("utf-8", "backslashreplace")


def _masked(record: Record, *, mask: bool) -> Record:
    return mask_record(record).record if mask else record


def _hidden(document: Document) -> str:
    """Return the page's text with personal data hidden: what is found on the page, and what is found in the text."""
    chars = list(document.page_text)
    spans = [(edit.start, edit.end) for edit in mask_edits(document.page_text)]
    spans += _on_page(document.edits, [(edit.start, edit.end) for edit in mask_edits(document.text)])
    for start, end in spans:
        chars[start:end] = (char if char.isspace() else HIDDEN for char in chars[start:end])
    return "".join(chars)


def _on_page(edits: Sequence[Edit], spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield where on the page sorted `spans` of the text are from; what an edit wrote is from all that it took."""
    starts, ends, shift = [], [], 0
    for edit in edits:
        starts.append(edit.start + shift)
        shift += len(edit.new) - (edit.end - edit.start)
        ends.append(edit.end + shift)

    def place(at: int, *, last: bool) -> int:
        before = bisect_left(ends, at + (not last))
        if before < len(edits) and starts[before] < at + last and starts[before] < ends[before]:
            return edits[before].end if last else edits[before].start
        return at + (edits[before - 1].end - ends[before - 1] if before else 0)

    for start, end in spans:
        yield place(start, last=False), place(end, last=True)


def _pieces(document: Document, hidden: str) -> Iterator[Piece]:
    """Yield the pieces of the page; with `hidden`, the page's text without personal data, no edit writes any."""
    page, at = hidden or document.page_text, 0
    judged = sorted(document.judged)
    for edit in document.edits:
        if page[at : edit.start]:
            yield page[at : edit.start]
        taken, new = page[edit.start : edit.end], edit.new
        if HIDDEN in taken and taken != document.page_text[edit.start : edit.end]:
            new = "".join(char if char.isspace() else HIDDEN for char in new)
        told = _told(edit, judged)
        yield (taken, new, edit.rule, told) if told else (taken, new, edit.rule)
        at = edit.end
    if page[at:]:
        yield page[at:]


def _told(edit: Edit, judged: Sequence[Any]) -> str:
    """Return what spoke for taking the lines of an edit, where the judge or the site's profile took them."""
    if not edit.rule.startswith(("judge.", "learned.")):
        return ""
    first = bisect_left(judged, edit.start, key=lambda line: line.start)
    last = bisect_left(judged, edit.end, key=lambda line: line.start)
    return " | ".join(
        f"{one.score:+.1f}: {'; '.join(one.told or spoke(one.seen, is_page=one.is_page))}" for one in judged[first:last]
    )

"""The words of the project as data: what goes into the cleaner and what comes out (docs/design.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, get_args

VERSION = "7"
"""Version of the rules; it changes whenever the same page could give another document."""

BLOCK_PAGE = "block_page:"
"""What the flag of a page begins with that stands where a document should; its kind follows (cleaners/judging)."""

Kind = Literal["html", "text"]
Script = Literal["Hans", "Hant"]
_KNOWN = (("kind", get_args(Kind)), ("script", get_args(Script)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a site served or a dump holds.

    `body` is bytes as served or text already decoded. `kind` says how to read it; None means look and see.
    `title`, `source` and `script` are given when they are known from elsewhere, as for a document cleaned before.
    `parts` are the later pages of a document that is split over several addresses, in order; `missing_parts` counts
    those that are known to exist and could not be had. `keep_script` leaves Traditional text as it is, `keep_lines`
    the lines as they were found, where paragraphs had been run together.
    """

    body: bytes | str
    url: str | None = None
    source: str | None = None
    kind: Kind | None = None
    content_type: str | None = None
    title: str | None = None
    script: Script | None = None
    parts: tuple[Page, ...] = ()
    missing_parts: int = 0
    keep_script: bool = False
    keep_lines: bool = False

    def __post_init__(self) -> None:
        """Raise TypeError or ValueError for what no page can have."""
        if not isinstance(self.body, str | bytes):
            raise TypeError(f"body is {type(self.body).__name__}; give bytes or str")
        for name in ("url", "source", "content_type", "title"):
            if not isinstance(value := getattr(self, name), str | None):
                raise TypeError(f"{name} is {type(value).__name__}; give str or None")
        for name, known in _KNOWN:
            if (value := getattr(self, name)) is not None and value not in known:
                raise ValueError(f"{name} is {value!r}; give {' or '.join(map(repr, known))}, or None")


class Edit(NamedTuple):
    """One change: `page_text[start:end]` becomes `new` (empty: a removal), because of `rule`.

    Where there may be one for each character of a page, `tuple.__new__(Edit, …)` makes them in half the time.
    """

    start: int
    end: int
    new: str
    rule: str


class Judgement(NamedTuple):
    """Why the judge, or the site's profile, took a line: its place in `page_text`, how sure, and what spoke for it.

    `score` is the logarithm of the odds that the line is noise. A profile says in `told` what spoke for that; for the
    judge `cleaners.judging.judge_model.spoke` tells it from `seen` and `is_page`: whether it is that of whole pages.
    """

    start: int
    score: float
    seen: bytes = b""
    told: tuple[str, ...] = ()
    is_page: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Truncation:
    """What the page says or shows about missing text; numbers are characters or pages as the page states them.

    `where` is `end`, `middle` or `start`; None when nothing is missing. `evidence` is the words that say so.
    """

    where: str | None = None
    total_chars: int | None = None
    shown_chars: int | None = None
    omitted_chars: tuple[int, ...] = ()
    pages_left: int | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spun:
    """What shows that an engine swapped words of the text: a score, and the words with the author's, `进展(发展)`."""

    score: float = 0.0
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """Facts as the page states them; None or empty where it does not.

    `source_name` is where the page says that its text came from (`来源：…`, `转自…`), `source` of a document its site.
    """

    doc_id: str | None = None
    format: str | None = None
    pages: int | None = None
    size: str | None = None
    price: str | None = None
    uploader: str | None = None
    source_name: str | None = None
    views: int | None = None
    category: str | None = None
    keywords: tuple[str, ...] = ()
    outline: tuple[str, ...] = ()
    spun: Spun | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The text a person wrote, with its facts, and every edit that led from the page to it.

    `page_text` is the rendered page, which `edits`, each put in its place, turn into `text`. `sha256` is that of the
    canonical text, `key` its first 16 digits; both are None when the page holds no document text (flag `no_text`).
    `judged` tells more of the edits `judge.*`; `profile` is the digest of the profile that the page was cleaned with.
    """

    title: str | None
    text: str
    source: str
    template: str
    url: str | None
    created: str | None
    truncated: bool | None
    truncation: Truncation
    metadata: Metadata
    script: Script
    flags: tuple[str, ...]
    edits: tuple[Edit, ...]
    page_text: str = field(repr=False)
    sha256: str | None
    judged: tuple[Judgement, ...] = field(default=(), repr=False)
    profile: str | None = None

    @property
    def key(self) -> str | None:
        """The document's name: the first 16 hex digits of its SHA-256."""
        return self.sha256[:16] if self.sha256 else None

    @property
    def block_page(self) -> str | None:
        """The kind of block page that stands in the place of a document, None where there is none."""
        return next((flag.removeprefix(BLOCK_PAGE) for flag in self.flags if flag.startswith(BLOCK_PAGE)), None)

    def record(self, *, added: str | None, urls: tuple[str, ...] = (), input: str | None = None) -> dict[str, Any]:
        """Return the JSON record, its keys in the documented order.

        `added` is the fetch time (ISO 8601, UTC); `urls` are all pages that gave the document (default: its own).
        """
        values: dict[str, Any] = {
            "id": self.key,
            "sha256": self.sha256,
            "title": self.title,
            "text": self.text,
            "source": self.source,
            "template": self.template,
            "url": self.url,
            "urls": list(urls) if urls else [self.url] if self.url else [],
            "created": self.created,
            "added": added,
            "truncated": self.truncated,
            "truncation": _plain(self.truncation),
            "metadata": _plain(self.metadata),
            "script": self.script,
            "flags": list(self.flags),
            "edits": self._edit_counts(),
            "input": input,
            "version": version_with(self.profile),
        }
        return {key: values.get(key) for key in RECORD_FIELDS}

    def _edit_counts(self) -> list[dict[str, Any]]:
        count, chars = Counter([edit.rule for edit in self.edits]), dict[str, int]()
        for start, end, _, rule in self.edits:
            chars[rule] = chars.get(rule, 0) + end - start
        return [{"rule": rule, "count": count[rule], "chars": chars[rule]} for rule in sorted(count)]


def version_with(profile: str | None) -> str:
    """Return what a record names as its version: that of the rules, and the digest of the site's profile, if any."""
    return f"{VERSION}+{profile}" if profile else VERSION


def _plain(facts: Truncation | Metadata | Spun) -> dict[str, Any]:
    values = {name: getattr(facts, name) for name in facts.__slots__}
    if isinstance(facts, Metadata):
        values["spun"] = _plain(facts.spun or Spun())
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


TRUNCATION_FIELDS: Mapping[str, str] = {
    "where": "string",
    "total_chars": "int64",
    "shown_chars": "int64",
    "omitted_chars": "list<int64>",
    "pages_left": "int64",
    "evidence": "string",
}
SPUN_FIELDS: Mapping[str, str] = {"score": "double", "words": "list<string>"}
METADATA_FIELDS: Mapping[str, str | Mapping[str, str]] = {
    "doc_id": "string",
    "format": "string",
    "pages": "int64",
    "size": "string",
    "price": "string",
    "uploader": "string",
    "source_name": "string",
    "views": "int64",
    "category": "string",
    "keywords": "list<string>",
    "outline": "list<string>",
    "spun": SPUN_FIELDS,
}
EDIT_FIELDS: Mapping[str, str] = {"rule": "string", "count": "int64", "chars": "int64"}
RECORD_FIELDS: Mapping[str, Any] = {
    "id": "string",
    "sha256": "string",
    "title": "string",
    "text": "string",
    "source": "string",
    "template": "string",
    "url": "string",
    "urls": "list<string>",
    "created": "string",
    "added": "string",
    "truncated": "bool",
    "truncation": TRUNCATION_FIELDS,
    "metadata": METADATA_FIELDS,
    "script": "string",
    "flags": "list<string>",
    "edits": [EDIT_FIELDS],
    "duplicate_of": "string",
    "containment": "double",
    "cluster": "string",
    "supersedes": "list<string>",
    "input": "string",
    "version": "string",
}
"""The record: every key, in order, with its Arrow type; a mapping is a struct, a list holds structs."""


def arrow_schema() -> Any:
    """Return the record as a `pyarrow.Schema`; needs pyarrow, which the cleaner itself does not."""
    import pyarrow as pa

    return pa.schema([(name, arrow_type(kind)) for name, kind in RECORD_FIELDS.items()])


def arrow_type(kind: Any) -> Any:
    """Return the `pyarrow` type of a field as `RECORD_FIELDS` writes it."""
    import pyarrow as pa

    if isinstance(kind, list):
        return pa.list_(arrow_type(kind[0]))
    if isinstance(kind, Mapping):
        return pa.struct([(name, arrow_type(inner)) for name, inner in kind.items()])
    if kind.startswith("list<"):
        return pa.list_(pa.type_for_alias(kind[5:-1]))
    return pa.type_for_alias(kind)

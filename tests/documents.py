"""Documents made by hand, for tests that need no cleaner."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from cleaners.model import Document, Edit, Metadata, Truncation

ADDED = "2025-03-01T08:00:00Z"


def document(text: str, url: str = "https://a.example/p-1", **changes: Any) -> Document:
    """Return a document with `text`, found at `url`; `changes` are further fields."""
    whole = Document(
        title=f"关于{text[:9]}的通知",
        text=text,
        source="taowenge",
        template="wenku_cms",
        url=url,
        created="2025-02-01",
        truncated=True,
        truncation=Truncation(where="end", omitted_chars=(12, 3)),
        metadata=Metadata(doc_id="7", keywords=("通知",)),
        script="Hans",
        flags=(),
        edits=(Edit(0, 2, "", "chunk.mark"),),
        page_text="1、" + text,
        sha256=hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest(),
    )
    return replace(whole, **changes)

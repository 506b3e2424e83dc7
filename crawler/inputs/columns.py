"""Which columns of JSONL and Parquet rows hold what."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

BODIES = ("text", "html")
"""Fields that hold a page; a row has one of them."""
FIELDS = (*BODIES, "url", "source", "title", "script", "added", "id")
"""Fields of a row."""
COLUMNS_HELP = f"which columns of rows hold {', '.join(FIELDS)} where they have other names: text=content,url=link"


@dataclass(frozen=True)
class Columns:
    """The columns of rows: `keep` travel along as they are, `named` says which column holds a field of another name.

    Where `named` says what holds the page, a column with the name of the other body is none.
    """

    keep: Sequence[str] = ()
    named: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def bodies(self) -> dict[str, str]:
        """The columns that may hold a page, by their fields."""
        named = [each for each in BODIES if each in self.named] or BODIES
        return {each: self.of(each) for each in named}

    @cached_property
    def fields(self) -> dict[str, str]:
        """The columns of all fields that are read, by these."""
        return {**self.bodies, **{each: self.of(each) for each in FIELDS if each not in BODIES}}

    def of(self, name: str) -> str:
        """Return the column that holds a field."""
        return self.named.get(name, name)


def field_columns(text: str) -> dict[str, str]:
    """Return which column holds each field of a row, given as FIELD=COLUMN with commas between; the type of an option.

    >>> field_columns("text=content, url=link")
    {'text': 'content', 'url': 'link'}
    """
    found: dict[str, str] = {}
    for pair in text.split(","):
        name, _, column = (part.strip() for part in pair.partition("="))
        if not column:
            raise argparse.ArgumentTypeError(f"{text}: name columns as text=content,url=link")
        if name not in FIELDS:
            raise argparse.ArgumentTypeError(f"{name}: is no field of a row; these are {', '.join(FIELDS)}")
        if name in found or column in found.values():
            raise argparse.ArgumentTypeError(f"{text}: names a field or a column twice; name each once")
        found[name] = column
    return found

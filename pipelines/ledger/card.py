"""The dataset card beside JSONL: README.md, whose head names the record's types, so that no reader has to guess them.

`datasets.load_dataset(FOLDER)` reads it. Without it the types are those of the first 10 MB, and a column that is null
or an empty list until then cannot take a value later (huggingface/datasets, issue 7222).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cleaners.model import RECORD_FIELDS
from pipelines.ledger.atomic import atomic_write
from pipelines.ledger.corpus_facts import CorpusFacts

NAME = "README.md"
_HEAD = "---\n# Written by wenqing, and written anew by it: add your own words in another file.\n"
_OTHER_NAMES = {"double": "float64"}
"""Types that `datasets` calls otherwise than Arrow does."""
_BODY = """
# Chinese documents, cleaned by 文清 (wenqing)

{told}One document a row; the README of wenqing tells the columns. Where one is null, the page did not say; `truncated`
is null where it cannot be told whether text is missing.

```python
from datasets import load_dataset

documents = load_dataset("path/of/this/folder", split="train")
```

The texts are others' work: see to it that you may use them.
"""


_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))
"""Hugging Face's classes of sizes: documents below a number, and the name."""


def card(
    files: str, extra_fields: Sequence[str] = (), told: str = "", facts: CorpusFacts | None = None, made: str = ""
) -> str:
    """Return the card of the JSONL or Parquet `files`, a name or pattern below its folder.

    `told` begins its words; `facts` of its documents and how it was `made` follow them.
    """
    fields = {**RECORD_FIELDS, **dict.fromkeys(extra_fields, "string")}
    size = next((name for most, name in _SIZES if facts and facts.documents < most), "n>1M") if facts else None
    head = (
        "language: zh",
        *(("size_categories:", f"- {size}") if size else ()),
        *("tags:", "- wenqing", "- chinese", "configs:", "- config_name: default", f"  data_files: {_quoted(files)}"),
        *("dataset_info:", "  features:", *_features(fields, "  ")),
    )
    body = _BODY.format(told=f"{told}\n\n" if told else "")
    more = f"\n{facts.markdown()}\n\n## How it was made\n\n{made}\n" if facts else ""
    return _HEAD + "\n".join(head) + "\n---\n" + body + more


def may_write(folder: Path) -> bool:
    """Say whether the folder has no README.md, or one that was written here."""
    try:
        return (folder / NAME).read_text(encoding="utf-8").startswith(_HEAD)
    except FileNotFoundError:
        return True
    except ValueError:
        return False


def write_card(folder: Path, text: str) -> None:
    """Write the card of a folder; one that somebody else wrote stays."""
    if may_write(folder):
        with atomic_write(folder / NAME) as file:
            file.write(text.encode())


def _features(fields: Mapping[str, Any], indent: str) -> Iterator[str]:
    """Yield the lines of YAML that name columns and their types."""
    for name, kind in fields.items():
        yield f"{indent}- name: {name}"
        if isinstance(kind, Mapping):
            yield f"{indent}  struct:"
            yield from _features(kind, f"{indent}  ")
        elif isinstance(kind, list):
            yield f"{indent}  list:"
            yield from _features(kind[0], f"{indent}  ")
        elif kind.startswith("list<"):
            yield f"{indent}  list: {kind[5:-1]}"
        else:
            yield f"{indent}  dtype: {_OTHER_NAMES.get(kind, kind)}"


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"

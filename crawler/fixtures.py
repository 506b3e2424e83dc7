"""Cases made and checked: a page saved for the tests, a draft of what it must give, and what is unlike it now."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from scrapy.http import Response

from crawler import expectations
from crawler.arguments import ArgumentError
from crawler.explain import visible
from crawler.robots import closing
from pipelines.replacing import replacing

_NOT_KEPT = frozenset(
    {"set-cookie", "connection", "keep-alive", "transfer-encoding", "content-encoding", "content-length"}
)
"""Headers of the connection, and of one visitor alone."""
_DRAFT = "is a draft by the cleaner: the test fails until a person has read it against the page (CONTRIBUTING.md)"
_LINES = 20
"""Lines of one field's difference that are shown."""


def case_name(url: str, given: str | None = None) -> str:
    """Return the `given` name of a case, else one made from the path of its address; raises ArgumentError.

    >>> case_name("https://www.taowenge.com/p-60418907.html"), case_name("https://a.example/")
    ('p_60418907', 'home')
    """
    if given:
        if not re.fullmatch(r"\w[\w-]{0,99}", given):
            raise ArgumentError(f"--case {given}: use letters, digits, - and _ only")
        return given
    address = urlsplit(url)
    words = re.findall(r"[a-z0-9]+", f"{address.path.removesuffix('.html')}_{address.query}".lower())
    return "_".join(words)[:60] or "home"


# Saving


def is_saved(case: Path) -> bool:
    """Say whether the page of a case is there."""
    return (case / "meta.json").exists()


def save(case: Path, answer: Response, fetched_at: str, robots: Response | None) -> str:
    """Save an answer, and the site's robots.txt where there is none yet; return what to do next. Raises OSError."""
    rules = case.parent / "robots.txt"
    if robots is not None and not rules.exists() and not closing(robots):
        rules.parent.mkdir(parents=True, exist_ok=True)
        with replacing(rules) as file:
            file.write(robots.body if robots.status < 300 else b"")
    headers = {
        name.decode("latin-1"): b", ".join(values).decode("latin-1")
        for name, values in answer.headers.items()
        if name.decode("latin-1").lower() not in _NOT_KEPT
    }
    return _save(case, answer.body, answer.url, answer.status, headers, fetched_at)


def save_file(case: Path, url: str, file: Path) -> str:
    """Save what `file` holds as the page at `url`, fetched when the file was written; as `save`."""
    written = datetime.fromtimestamp(file.stat().st_mtime, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return _save(case, file.read_bytes(), url, 200, {}, written)


def _save(case: Path, body: bytes, url: str, status: int, headers: Mapping[str, str], fetched_at: str) -> str:
    case.mkdir(parents=True, exist_ok=True)
    with replacing(case / "page.html") as file:
        file.write(body)
    facts = {"url": url, "status": status, "headers": {"Content-Type": "text/html", **headers}}
    _write(case / "meta.json", {**facts, "fetched_at": fetched_at, "synthetic": False, "reviewed": False})
    rules = case.parent / "robots.txt"
    missing = "" if rules.exists() else f"{rules} is missing: save it too. "
    return (
        f"{case}: saved, {len(body):,} bytes. What others wrote must not go into the repository: keep it in a folder "
        "outside (--dir), or put prose, names and figures of your own in its place and set synthetic to true. "
        f"{missing}Then call again to draft expected.json."
    )


def draft(case: Path) -> str:
    """Write what the cleaner gives as the case's expected.json; return what to do next.

    Raises ArgumentError where there is one, or for a meta.json without sense, OSError.
    """
    expected = case / "expected.json"
    if expected.exists():
        raise ArgumentError(
            f"{expected}: exists; compare with --check {expectations.name(case)}, or name another --case"
        )
    with _sense(case):
        drafted = expectations.drafted(case)
    _write(case / "meta.json", {**expectations.read(case / "meta.json"), "reviewed": False})
    _write(expected, drafted)
    return f"{expected} {_DRAFT}"


def _write(file: Path, facts: Mapping[str, Any]) -> None:
    with replacing(file) as out:
        out.write(json.dumps(facts, ensure_ascii=False, indent=2).encode() + b"\n")


# Checking


def check(directory: Path, which: str = "") -> int:
    """Print where the cases of SITE or SITE/CASE, or all, are unlike expected.json or unreviewed; return how many are.

    Raises ArgumentError where there are none, or for a file without sense.
    """
    chosen = [
        case for case in expectations.cases(directory) if which in ("", case.parent.name, expectations.name(case))
    ]
    if not chosen:
        raise ArgumentError(f"{directory}: no saved pages{f' of {which}' if which else ''}; save one first")
    bad = 0
    for case in chosen:
        lines = list(_checked(case))
        bad += bool(lines)
        print(*map(visible, lines), sep="\n", end="\n" if lines else "")
    print(f"{len(chosen)} {'case' if len(chosen) == 1 else 'cases'}, {bad} to look at")
    return bad


def _checked(case: Path) -> Iterator[str]:
    name, meta = expectations.name(case), expectations.read(case / "meta.json")
    if not (case / "expected.json").exists():
        yield f"{name}: has no expected.json; call scrapy fixture {meta.get('url')} --case {case.name} to draft it"
        return
    with _sense(case):
        unlike = expectations.differences(case)
    shown: list[tuple[Any, Any]] = []
    for field, values in unlike.items():
        if values not in shown:  # the views of a page mostly differ alike
            shown.append(values)
            yield f"{name}: {field}"
            yield from (f"  {line}" for line in _diff(*values))
    if meta.get("reviewed") is not True:
        yield f"{name}: expected.json {_DRAFT}"


@contextmanager
def _sense(case: Path) -> Iterator[None]:
    try:
        yield
    except KeyError as error:
        raise ArgumentError(f"{case}: meta.json or expected.json lacks {error}; see CONTRIBUTING.md") from None


def _diff(wanted: Any, found: Any) -> Iterator[str]:
    """Yield the lines in which two values differ, `-` for what is wanted and `+` for what is found."""
    compared = difflib.unified_diff(_lines(wanted), _lines(found), n=0, lineterm="")
    lines = [line for line in list(compared)[2:] if not line.startswith("@@")]
    yield from lines[:_LINES]
    if len(lines) > _LINES:
        yield f"… {len(lines) - _LINES} lines more"


def _lines(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [f"{name}: {value[name]}" for name in sorted(value)]
    return list(map(str, value)) if isinstance(value, list) else str(value).split("\n")

"""Other extractors of main text on the same pages, each in a process of .venv-peers: one JSON in, one JSON out.

That environment holds nothing of this project, so this file imports nothing of it; `make quality-peers` sets it up
from requirements-peers.txt, and beside it .venv-peers-newer for what our own Python is too old for.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PYTHON, NEWER = (ROOT / name / "bin" / "python" for name in (".venv-peers", ".venv-peers-newer"))
PATIENCE = 900
"""Seconds after which a peer is given up."""

Extract = Callable[[str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one peer made of the pages: a text each (empty where it failed), and its speed.

    `why` says in a line why there is none; None where there is.
    """

    texts: Sequence[str] = ()
    pages_per_s: float = 0.0
    failed: int = 0
    why: str | None = None


def run(peer: str, pages: Sequence[str], repeats: int = 1) -> Answer:
    """Return what `peer` makes of HTML pages; its speed is in pages per CPU second, the best of `repeats` runs."""
    python = NEWER if peer in NEED_NEWER and NEWER.exists() else PYTHON
    if not python.exists():
        return Answer(why="no .venv-peers: make quality-peers sets it up")
    question = json.dumps({"peer": peer, "pages": pages, "repeats": repeats})
    try:
        done = subprocess.run(
            [python, "-I", __file__],
            input=question,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Answer(why=f"gave no answer in {PATIENCE} seconds")
    if done.returncode:
        return Answer(why=(done.stderr.strip().splitlines() or [f"ended with code {done.returncode}"])[-1])
    return Answer(**json.loads(done.stdout))


def _trafilatura(**options: bool) -> Extract:
    extract = import_module("trafilatura").extract
    return lambda page: extract(page, **options)


def _gne() -> Extract:
    extractor = import_module("gne").GeneralNewsExtractor()
    return lambda page: extractor.extract(page)["content"]


def _resiliparse() -> Extract:
    extract = import_module("resiliparse.extract.html2text").extract_plain_text
    return lambda page: extract(page, main_content=True)


def _justext() -> Extract:
    """Chinese has no stop list and no blanks between words: lengths alone decide, in characters."""
    lengths = {"length_low": 15, "length_high": 60, "stopwords_low": 0, "stopwords_high": 0}
    paragraphs = import_module("justext").justext
    return lambda page: "\n".join(p.text for p in paragraphs(page, frozenset(), **lengths) if not p.is_boilerplate)


def _readability() -> Extract:
    document, text = import_module("readability").Document, import_module("html_text").extract_text
    return lambda page: text(document(page).summary(html_partial=True))


def _boilerpy3() -> Extract:
    extractor = import_module("boilerpy3.extractors").ArticleExtractor(raise_on_failure=False)
    return lambda page: extractor.get_content(page)


def _magic_html() -> Extract:
    if sys.version_info < (3, 12):
        raise ImportError("needs Python 3.12 or newer, which is not here")
    extractor, text = import_module("magic_html").GeneralExtractor(), import_module("html_text").extract_text
    return lambda page: text(extractor.extract(page, base_url="")["html"])


PEERS: Mapping[str, Callable[[], Extract]] = {
    "trafilatura": _trafilatura,
    "trafilatura precision": lambda: _trafilatura(favor_precision=True),
    "GNE": _gne,
    "resiliparse main": _resiliparse,
    "jusText 15/60": _justext,
    "readability + html-text": _readability,
    "boilerpy3 article": _boilerpy3,
    "magic-html": _magic_html,
}
NEED_NEWER = {"magic-html"}
"""The peers that need Python 3.12."""
FOR_SPEED = {"trafilatura": "trafilatura", "resiliparse": "resiliparse main"}
"""The peers that `make bench-clean` times, by the name of their figure."""


def _answer(question: Mapping[str, Any]) -> dict[str, Any]:
    try:
        extract = PEERS[question["peer"]]()
    except ImportError as error:
        return {"why": str(error)}
    pages, best = question["pages"], 0.0
    _text(extract, pages[0])
    for _ in range(question["repeats"]):
        start = time.process_time()
        texts = [_text(extract, page) for page in pages]
        best = max(best, len(pages) / (time.process_time() - start))
    return {"texts": [text or "" for text in texts], "pages_per_s": best, "failed": texts.count(None)}


def _text(extract: Extract, page: str) -> str | None:
    """Return the text of a page; None where the peer raises, whatever it is that it raises."""
    try:
        return extract(page) or ""
    except Exception:
        return None


if __name__ == "__main__":
    with contextlib.redirect_stdout(sys.stderr):
        answer = _answer(json.load(sys.stdin))
    json.dump(answer, sys.stdout)

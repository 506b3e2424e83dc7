"""Fuzzed inputs, made of what the rules and parsers name: no exception, every change accounted for, and cleaning again
changes nothing; and the worst inputs that can be made of these pieces, in linear time."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

import pytest

from cleaners.clean import clean
from cleaners.judging.rulebook import RULEBOOK
from cleaners.model import Document, Page
from tests.test_invariants import NOISE, SENTENCES, check

LITERALS = sorted({literal for rule in RULEBOOK.rules for literal in rule.required_literals})
MARKUP = [
    *("<p>", "</p>", "<<p>p>", "<p\u200b>", "<br>", "<div class=a>", "</div>", "<table><tr><td>", "</td></tr></table>"),
    *("<!--", "-->", "<![CDATA[", "]]>", "<script>", "</script>", "<title>", "</title>", "<h1>", "<ruby>字<rt>zì</rt>"),
    *(
        "&gt;",
        "&gt\0;",
        "&amp;lt;",
        "&#x4e00;",
        "&#0;",
        "&#99999999;",
        "&nbsp",
        "<a href='/1'>",
        "</a>",
        "<sup>2</sup>",
    ),
]
CHARACTERS = "\0\t\n\r\x0b\x0c\x1b\x7f\x85\xa0\u200b\u2028\u2029\ufeff\ufffd\u3000\ud800\uf06c￾　、。，；：？！“”（）《》—…·|*#=_-+1234567890aZ%℃①㈠⒈中國国一二三"
ENCODINGS = ("utf-8", "gb18030", "gbk", "big5", "utf-16", "utf-16-le", "latin-1", "hz")
PAGES_TOLD = 20
"""Inputs that failed and are told."""


def fuzzed(draw: random.Random) -> str | bytes:
    """Return one input: pieces in any order, then perhaps cut, doubled, mixed or read in another encoding."""
    pools = (NOISE, SENTENCES, LITERALS, MARKUP, CHARACTERS, ["\n"], [" "])
    pool = draw.choices(pools, k=draw.randrange(1, 5)) + [["\n"]]
    text = "".join(draw.choice(draw.choice(pool)) for _ in range(draw.choice([3, 8, 30])))
    for _ in range(draw.randrange(3)):
        at, end = sorted(draw.randrange(len(text) + 1) for _ in range(2))
        text = draw.choice([text[:at] + text[end:], text[:end] + text[at:], text[end:] + text[:at], text])
    if draw.random() < 0.4:
        body = text.encode(draw.choice(ENCODINGS), "replace")
        return body if draw.random() < 0.7 else body[: draw.randrange(len(body) + 1)]
    return text


def fault(body: str | bytes) -> str | None:
    """Return what is wrong with the document of an input, None when nothing is."""
    try:
        once = clean(Page(body=body))
        check(once)
        if not once.text:
            return None
        known = {"title": once.title, "source": once.source, "script": once.script}
        again = clean(Page(body=once.text, kind="text", **known))
        check(again)
    except AssertionError:
        return "a change that is not accounted for"
    except Exception as error:  # any at all is a bug
        return repr(error)
    return _difference(once, again)


def _difference(once: Document, again: Document) -> str | None:
    if again.text == once.text and again.sha256 == once.sha256:
        return None
    at = next((n for n, (a, b) in enumerate(zip(once.text, again.text, strict=False)) if a != b), len(again.text))
    return f"cleaned again: {once.text[max(0, at - 20) : at + 20]!r} becomes {again.text[max(0, at - 20) : at + 20]!r}"


def faults(seed: int, count: int) -> list[str]:
    draw = random.Random(seed)
    found = []
    for _ in range(count):
        body = fuzzed(draw)
        if wrong := fault(body):
            found.append(f"{body!r}: {wrong}")
    return found


def test_fuzzed_inputs() -> None:
    found = faults(1, 250)
    assert not found, "\n".join(found[:PAGES_TOLD])


@pytest.mark.long
@pytest.mark.matrix(
    60, "20,000 fuzzed inputs: no exception, every change accounted for, cleaning again changes nothing"
)
def test_20000_fuzzed_inputs(figure: Callable[[int, str], None]) -> None:
    seed = random.SystemRandom().randrange(1 << 30)
    found = faults(seed, 20_000)
    figure(60, f"{len(found)} of 20,000")
    assert not found, f"seed {seed}, {len(found)} faults\n" + "\n".join(found[:PAGES_TOLD])


# The worst inputs

WORST = 400_000
"""Bytes of a worst input; linear time makes 5 MB take as much for each of them."""
DUMPS, DUMP_CHARS = 2000, 5000
MAX_SHARE = 1.0
"""Of the time that so many dumps take, what 5 MB of a worst input may."""


def pieces() -> Iterator[str]:
    """Yield what worst inputs are made of: what rules name, whole and without its last character, markup, characters."""
    for rule in RULEBOOK.rules:
        for example in rule.match:
            yield from (example, example[:-1], f"{example}\n")
    yield from LITERALS
    yield from (piece for literal in LITERALS for piece in (literal * 2, f"{literal}\n"))
    yield from MARKUP
    yield from CHARACTERS


def cpu_seconds(body: str) -> float:
    start = time.process_time()
    clean(Page(body=body))
    return time.process_time() - start


@pytest.mark.long
@pytest.mark.matrix(60, "5 MB of any piece that a rule names takes no longer than 2,000 dumps of 5,000 characters")
def test_worst_inputs(figure: Callable[[int, str], None]) -> None:
    """Each piece is looked at in small, and what is slow there, in full size."""
    dump = "\n".join(SENTENCES * 99)[:DUMP_CHARS]
    allowed = MAX_SHARE * DUMPS * sorted(cpu_seconds(dump) for _ in range(9))[4]
    small = {
        piece: cpu_seconds(piece * (20_000 // len(piece.encode(errors="replace")) + 1))
        for piece in {*pieces()}
        if piece
    }
    slow = sorted(small, key=lambda piece: -small[piece])[:30]
    took = {piece: cpu_seconds(piece * (WORST // len(piece.encode(errors="replace")) + 1)) for piece in slow}
    worst = max(took, key=lambda piece: took[piece])
    figure(60, f"{5_000_000 / WORST * took[worst] / allowed:.2f} of it")
    assert {piece: round(each, 2) for piece, each in took.items() if 5_000_000 / WORST * each > allowed} == {}

"""Fuzzed inputs, made of what the rules and parsers name: no exception, every change accounted for, and cleaning again
changes nothing; and the worst inputs that can be made of these pieces, in linear time."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator

import pytest

from cleaners.clean import clean
from cleaners.judging.rulebook import RULEBOOK
from cleaners.model import Page
from tests.deadlines import cpu_deadline
from tests.offline import ROOT
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
    pool = [*draw.choices(pools, k=draw.randrange(1, 5)), ["\n"]]
    text = "".join(draw.choice(draw.choice(pool)) for _ in range(draw.choice([3, 8, 30])))
    for _ in range(draw.randrange(3)):
        at, end = sorted(draw.randrange(len(text) + 1) for _ in range(2))
        text = draw.choice([text[:at] + text[end:], text[:end] + text[at:], text[end:] + text[:at], text])
    if draw.random() < 0.4:
        body = text.encode(draw.choice(ENCODINGS), "replace")
        return body if draw.random() < 0.7 else body[: draw.randrange(len(body) + 1)]
    return text


def differs(body: str | bytes) -> str | None:
    """Return what cleaning again changes in the document of an input, None for nothing; no change is unaccounted for."""
    once = clean(Page(body=body))
    check(once)
    if not once.text:
        return None
    again = clean(Page(body=once.text, kind="text", title=once.title, source=once.source, script=once.script))
    check(again)
    if (again.text, again.title, again.sha256) == (once.text, once.title, once.sha256):
        return None
    at = next((n for n, (a, b) in enumerate(zip(once.text, again.text, strict=False)) if a != b), len(again.text))
    return f"{body!r}: {once.text[max(0, at - 20) : at + 20]!r} becomes {again.text[max(0, at - 20) : at + 20]!r}"


def differences(seed: int, count: int) -> list[str]:
    """Return what cleaning again changes in so many inputs; any exception and any change unaccounted for is raised."""
    draw = random.Random(seed)
    found = []
    for _ in range(count):
        body = fuzzed(draw)
        try:
            wrong = differs(body)
        except Exception as error:
            error.add_note(f"seed {seed}, input {body!r}")
            raise
        if wrong:
            found.append(wrong)
    return sorted(found, key=len)


AGAIN = [
    *(
        "甲&gt\0;乙",
        "<p\u200b>甲</p>",
        "&nbsp<br>点数",
        "<sup>2</sup>\n</a>&nbsp<table>",
        "\u200b\uf06c",
        "\u200b\uf06c國？《㈠\n\n9Z\xa0\n",
        "ÒéµÄÍ¨Öª\x85",
        "<script\n\n<a href=>",
        "(剩余0字)\xa0",
        "   【正文】 参加了公司组织的培训",
        "推进各项工作。 稿子汇 www.gaozi0hui.com ",
    ),
    *("网\n发表略去源来\n类3:", "2023年5月1日\n一、\n2023年5月1日", "设\n建设1第一条\n（é)", "。子汇www.ui.com "),
    "段落\n关于会议的通知\n一、把握春耕节奏\n各乡镇要做到任务到田、责任到人。",
    "[推荐此文] [投诉此文] [RSS]精品文档就在这里档网",
    "推荐人: 来源: 小站 阅读: 4.54K 次\n资源ID:28 资\n赞 88收藏 12评论 2打赏\u2028\r\n推荐人: 来源: 小站 阅读: 4.54K 次\n"
    '资源ID:28 资源大?。?span id="j">376KB 全文页数:30页',
]
"""Inputs of the kinds that cleaning again once changed, small."""


@pytest.mark.parametrize("body", AGAIN)
def test_cleaning_again_changes_nothing_of(body: str) -> None:
    assert differs(body) is None


def test_fuzzed_inputs() -> None:
    assert differences(1, 300) == []


@pytest.mark.long
@pytest.mark.matrix(
    60, "20,000 fuzzed inputs: no exception, no change unaccounted for; cleaning again changes none of them"
)
def test_20000_fuzzed_inputs(figure: Callable[[int, str], None]) -> None:
    seed = random.SystemRandom().randrange(1 << 30)
    found = differences(seed, 20_000)
    figure(60, f"cleaning again changes {len(found)} of 20,000")
    assert not found, f"seed {seed}\n" + "\n".join(found[:PAGES_TOLD])


# The worst inputs

WORST = 400_000
"""Bytes of a worst input; linear time makes 5 MB take as much for each of them, or less where a bound holds."""
SMALL = 6000
"""Bytes in which each piece is looked at first."""
DUMPS, DUMP_CHARS = 2000, 5000
OTHERS = [
    *(
        "\n",
        " \n",
        "\u3000\u3000字\n",
        "字",
        "中 ",
        "國\n",
        "国\n",
        "。\n",
        "• \n",
        "|\n",
        "a.",
        "1",
        "12345 ",
        "1.1\n",
        "(1)\n",
        "一、\n",
        "- \n",
        "* ",
        "·\n",
        "|-|\n",
    ),
    *(
        "| a | b |\n",
        "] ] ",
        "A ",
        "“「",
        "((",
        "[[",
        "😀",
        "e\u0301",
        "字\u200b",
        "\ufffd",
        "Ã©",
        "锟斤拷",
        "中(zhōng)",
        "1/20\n",
    ),
    *(
        "<p>x</p>",
        "<b>x",
        "<td>",
        "<h1>字</h1>",
        "<p class=a>字</p>",
        "<dt>字<dd>文",
        "<a href=/1>字</a>\n",
        "&amp;",
        "&amp;x",
    ),
    *(
        "https://www.demo.example/a/b?c=d ",
        "a@demo.example ",
        "13912345678 ",
        "zhōng",
        "\\u4e2d",
        "%E4%B8%AD",
        "ab cd. ",
    ),
]
"""Pieces that no rule names."""
BIG = 5_000_000
MAX_MIB = 300
"""Peak of memory while so many bytes are cleaned, with what the program takes without any."""
MAX_SECONDS = 120
"""For 5 MB of a worst input: a tenth is what it takes, in quadratic time it is hours."""


def pieces() -> Iterator[str]:
    """Yield what worst inputs are made of: what rules name, alone and as lines, markup, characters."""
    for rule in RULEBOOK.rules:
        for example in rule.match:
            yield from (example, f"{example}\n")
    yield from OTHERS
    yield from LITERALS
    yield from (piece for literal in LITERALS for piece in (literal * 2, f"{literal}\n"))
    yield from MARKUP
    yield from CHARACTERS


def cpu_seconds(body: str) -> float:
    start = time.process_time()
    clean(Page(body=body))
    return time.process_time() - start


STATED = (
    "<title>春耕生产{}</title><h1>春耕生产</h1>",
    "<h1>{}</h1>",
    '<meta property="og:title" content="{}"><meta name="author" content="{}">',
    '<a href="{}">春耕</a>',
    '<div class="{}"><p id="{}">春耕</p></div>',
)
"""Places in which a page states something, as long as it likes."""


@pytest.mark.parametrize("piece", ["-", "_·", " - ", "|", "(", "《", "讲话稿", "2023年", ".docx", "。", "İ"])
def test_what_a_page_states_may_be_as_long_as_it_likes(piece: str) -> None:
    for place in STATED:
        page = place.format(*[piece * 50_000] * 2) + "<p>村里先修渠，再下种，各家都出了工，渠修好以后水就来了。</p>"
        with cpu_deadline(10):  # a twentieth of a second; in quadratic time it is a minute
            clean(Page(body=page))


@pytest.mark.long
@pytest.mark.matrix(60, "5 MB of any piece that a rule names are cleaned in linear time")
def test_worst_inputs(figure: Callable[[int, str], None]) -> None:
    """Each piece is looked at in small, what is slow there in more, and the slowest of these in full size."""

    def seconds(piece: str, size: int) -> float:
        return cpu_seconds(piece * (size // len(piece.encode(errors="replace")) + 1))

    def slowest(pieces: Iterable[str], size: int, count: int) -> list[str]:
        return sorted(pieces, key=lambda piece: -seconds(piece, size))[:count]

    in_small = slowest({piece for piece in pieces() if piece}, SMALL, 30)
    took = {piece: seconds(piece, BIG) for piece in slowest({*in_small, *OTHERS}, WORST, 5)}
    dump = "\n".join(SENTENCES * 99)[:DUMP_CHARS]
    dumps = DUMPS * sorted(cpu_seconds(dump) for _ in range(9))[4]
    figure(60, f"{max(took.values()) / dumps:.2f} of the time of {DUMPS:,} dumps of {DUMP_CHARS:,} characters at most")
    assert {piece: round(each) for piece, each in took.items() if each > MAX_SECONDS} == {}


@pytest.mark.long
@pytest.mark.matrix(60, "5 MB of marks, tags, entities or short lines are cleaned in less than 300 MiB of memory")
def test_worst_inputs_take_little_memory(figure: Callable[[int, str], None]) -> None:
    program = "import sys; from cleaners.clean import clean; from cleaners.model import Page"
    program += f"; clean(Page(body=sys.argv[1] * ({BIG} // len(sys.argv[1].encode()))))"
    program += "; print(int(open('/proc/self/status').read().partition('VmHWM:')[2].split()[0]) // 1024)"
    took = {}
    for piece in ("|", "] ", "<b>", "<p>x</p>", "&amp;x", "国\n", "國\n", "。\n", "• \n", "|\n"):
        ran = subprocess.run(
            [sys.executable, "-c", program, piece], capture_output=True, text=True, check=True, cwd=ROOT
        )
        took[piece] = int(ran.stdout)
    figure(60, f"{max(took.values())} MiB at most")
    assert {piece: mib for piece, mib in took.items() if mib > MAX_MIB} == {}

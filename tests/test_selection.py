"""What is left out of a cluster, and what stays: no text may go that stands nowhere else."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest

from pipelines.near import selection
from pipelines.near.containment import PASSAGE, SHARE, Body, containment
from pipelines.near.selection import LeftOut, Version, left_out, stand_in
from tests.pieces import prose


def sentences(seed: object, number: int, size: int = 24) -> str:
    """Return so many sentences that share nothing with those of another seed."""
    return "".join(f"{prose((seed, each), size)}。" for each in range(number))


def gone(*texts: str, share: float = SHARE, **facts: Sequence[Any]) -> dict[int, int]:
    """Return which of the texts, all of one cluster, are left out, with those that hold them."""
    return {left.number: left.holder for left in told(*texts, share=share, **facts)}


def told(*texts: str, share: float = SHARE, **facts: Sequence[Any]) -> list[LeftOut]:
    """Return what is left out of the texts, all of one cluster."""
    records = [
        {"text": text, **{name: values[number] for name, values in facts.items()}} for number, text in enumerate(texts)
    ]
    return list(left_out([Version.of(*each) for each in enumerate(records)], texts.__getitem__, share))


WHOLE = sentences("whole", 40)

# What has words of its own stays


TITLE = "庚子年秋与诸友同游城南旧园各赋小诗一首以记其事并序兼寄远方故人"
POEMS = [
    f"{TITLE}其一\n石径生新草\n空亭坐晚风\n归鸦三两点\n都在夕阳中",
    f"{TITLE}其二\n小桥流水外\n灯火两三家\n不见当年客\n青墙一树花",
    f"{TITLE}其三\n旧井苔痕满\n无人汲晓寒\n惟余天上月\n犹照古栏杆",
]


def test_poems_of_a_series_under_one_long_title_stay() -> None:
    assert gone(*POEMS) == {}


def test_an_amended_statute_does_not_take_the_place_of_the_old_one() -> None:
    articles = [f"第{number}条　{sentences(('article', number), 2)}" for number in "一二三四五六七八九十"]
    amended = [*articles[:4], f"第五条　{sentences('amended', 2)}", *articles[5:], f"第十一条　{sentences('new', 2)}"]
    assert gone("\n".join(articles), "\n".join(amended)) == {}


def test_an_amount_that_was_changed_keeps_both_versions() -> None:
    text = f"{sentences('fee', 10)}每人每月缴纳管理费{{}}元，于每月{{}}日前交清。{sentences('end', 10)}"
    assert gone(text.format(25, 5), text.format(38, 10)) == {}


def test_news_that_list_the_same_names_stay() -> None:
    names = "出席会议的有：" + "、".join(prose(("name", each), 3) for each in range(200))
    assert gone(f"{sentences('first', 2)}\n{names}", f"{sentences('second', 2)}\n{names}") == {}


@pytest.mark.parametrize("own", [1, 2, 6])
def test_manuals_that_share_a_long_licence_stay(own: int) -> None:
    licence = sentences("licence", 200)
    manuals = [f"{sentences(('manual', each), own)}\n{licence}" for each in range(3)]
    assert gone(*manuals) == {}


def test_titles_headings_and_items_that_are_shared_count_for_nothing() -> None:
    frame = "\n".join(prose(("item", each), 12) for each in range(40))
    assert gone(f"{frame}\n{sentences('one', 1, 9)}", f"{frame}\n{sentences('two', 1, 9)}{sentences('more', 1)}") == {}


def test_a_line_that_a_third_document_has_too_counts_for_nothing() -> None:
    stock = "\n".join(sentences(("stock", each), 2) for each in range(8))
    two_more = [f"{stock}\n{sentences(each, 30)}" for each in "甲乙"]
    assert gone(*two_more, f"{stock}\n{sentences('own', 1, 10)}") == {}


def test_formulas_are_words_of_a_text() -> None:
    task = "已知函数f(x)={}，求f({})的值，并说明理由。设a={}，b={}，试比较两数的大小，写出必要的过程。"
    assert gone(task.format("2x+1", 3, "5^7", "3^9"), task.format("4x-6", 8, "2^11", "6^4")) == {}


@pytest.mark.parametrize(
    ("one", "other"), [("第12号公告", "第13号公告"), ("春眠不觉晓", "处处闻啼鸟"), ("。", "甲。乙")]
)
def test_short_texts_are_compared_exactly(one: str, other: str) -> None:
    assert gone(one, other) == {}


# What another one holds goes


@pytest.mark.parametrize("cut", [60, 300, 700])
def test_real_previews_go(cut: int) -> None:
    assert gone(WHOLE[:cut] + "……", WHOLE) == {0: 1}
    assert gone(WHOLE, WHOLE[100 : 100 + cut]) == {1: 0}


def test_the_same_text_twice_goes_but_once() -> None:
    assert gone(WHOLE, WHOLE, WHOLE) == {1: 0, 2: 0}
    assert gone("第12号公告", "第12号 公告") == {0: 1}
    assert gone(*POEMS, POEMS[1]) == {3: 1}


def test_a_copy_with_a_few_slips_goes_and_they_are_told() -> None:
    slips = "".join("误" if place % 60 == 7 else each for place, each in enumerate(WHOLE))
    (left,) = told(WHOLE, slips)
    assert (left.number, left.chars) == (1, len(slips))
    assert 0 < left.lost <= len(slips) / 60 + 1


def test_placeholders_for_names_hide_no_copy() -> None:
    name = "北京市海淀区"
    text = f"{sentences('before', 6)}{name}的同志们：{sentences('after', 6)}"
    assert gone(text, text.replace(name, "XX市××区")) == {1: 0}


def test_marks_and_blanks_are_no_words() -> None:
    assert gone(WHOLE, WHOLE.replace("。", "\n")) == {1: 0}


def test_the_share_is_a_setting() -> None:
    most = WHOLE[:700] + sentences("own", 4)
    assert gone(WHOLE, most) == {}
    assert gone(WHOLE, most, share=0.7) == {1: 0}
    assert gone(WHOLE, WHOLE[:500], share=1) == {1: 0}
    assert gone(WHOLE, WHOLE[:500].replace(WHOLE[250], "误", 1), share=1) == {}


# Only what stays holds anything


def test_nothing_is_left_out_for_what_is_left_out() -> None:
    assert gone(WHOLE[:300], WHOLE[:600], WHOLE) == {0: 2, 1: 2}
    steps = [WHOLE]
    for step in range(6):
        steps.append(steps[-1].replace(WHOLE[step * 125 : step * 125 + 12], prose(("step", step), 12)))
    found = gone(*steps)
    assert found
    assert not set(found) & set(found.values())
    for number, holder in found.items():
        assert containment(Body(steps[number]), Body(steps[holder]), SHARE).nearly_whole


@pytest.mark.parametrize(
    ("facts", "stays"),
    [
        ({}, 1),
        ({"truncated": (False, True)}, 0),
        ({"truncated": (None, True)}, 0),
        ({"flags": ([], ["undecodable"])}, 0),
        ({"flags": (["undecodable"], [])}, 1),
        ({"truncated": ("odd", 3), "flags": ("odd", 3)}, 1),
    ],
)
def test_of_versions_that_hold_one_another_the_best_stays(facts: dict[str, Any], stays: int) -> None:
    assert gone(WHOLE, WHOLE + "完。", **facts) == {1 - stays: stays}


def test_a_better_version_that_lacks_text_takes_no_place() -> None:
    assert gone(WHOLE[:700], WHOLE, truncated=(False, True)) == {0: 1}


def test_the_order_of_the_documents_changes_nothing() -> None:
    texts = [WHOLE, WHOLE[:400], *POEMS, WHOLE[200:], WHOLE[:400] + sentences("own", 20), POEMS[0]]
    numbered = list(enumerate(texts))
    expected = gone(*texts)
    for seed in range(5):
        random.Random(seed).shuffle(numbered)
        versions = [Version.of(number, {"text": text}) for number, text in numbered]
        assert {left.number: left.holder for left in left_out(versions, texts.__getitem__, SHARE)} == expected


def test_a_large_cluster_keeps_a_part_of_its_prints(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"{WHOLE[:300]}{sentences(each, 30)}" for each in range(30)]
    copies = [text[:600] for text in texts]
    monkeypatch.setattr(selection, "MAX_PRINTS", 500)
    found = gone(*texts, *copies)
    assert found.items() <= {number + 30: number for number in range(30)}.items()
    assert len(found) > 20


def test_a_copy_of_one_among_many_of_one_form_is_found() -> None:
    form = sentences("form", 40)
    texts = [f"{form}{sentences(each, 4)}" for each in range(40)]
    assert gone(*texts, texts[27]) == {40: 27}


def test_texts_of_one_passage_and_of_many_are_judged_alike() -> None:
    long = sentences("long", 200)
    own = prose("own", PASSAGE // 10)
    assert gone(long, long.replace(long[3000:3040], own)) == {}
    assert gone(long, long.replace(long[3000:3010], own[:10])) == {1: 0}


# Whom a copy names


def test_a_copy_of_what_is_left_out_is_one_of_what_holds_that() -> None:
    assert stand_in(5, 2, {}) == 2
    assert stand_in(5, 2, {2: 3}) == 3
    assert stand_in(5, 2, {2: 5}) is None
    assert stand_in(5, 2, {2: 7}) is None

"""Saved pages as dumps that teach the judge: which of their lines are text."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from benchmarks import judge_pages, judge_saved
from benchmarks.cases import fold

SENTENCES = ("闸门昨天修好了，水已经放到上游的四个村子。", "各村轮流用水，次序都写在渠边的木牌上，谁也不争。")
GOLD = "\n".join((SENTENCES[0], "次序", SENTENCES[1], "甲乙丙"))
TITLE = "修闸门的经过"


def labels(*lines: str, gold: str = GOLD, title: str = TITLE) -> list[str]:
    return [row[0][0] for row in judge_saved.labelled("\n".join(lines), fold(gold), fold(title))]


def test_lines_of_the_gold_are_text_and_others_are_not() -> None:
    page = ["青禾网", TITLE, SENTENCES[0], "次序", SENTENCES[1], "甲乙丙", "青禾网 版权所有"]
    assert labels(*page) == ["drop", "title", "keep", "keep", "keep", "keep", "drop"]


def test_a_short_line_is_text_only_where_the_gold_has_it() -> None:
    page = ["次序", "甲乙丙", SENTENCES[0], "次序", "次序", SENTENCES[1], "甲乙丙", "次序", "甲乙丙"]
    assert labels(*page) == ["drop", "drop", "keep", "keep", "drop", "keep", "keep", "drop", "drop"]


def test_a_line_that_is_mostly_text_is_text() -> None:
    assert labels(f"{SENTENCES[0]}{SENTENCES[1]}（完）", gold=SENTENCES[0] + SENTENCES[1]) == ["keep"]
    assert labels(SENTENCES[0], "渠边的木牌换成了铁牌，字是新写的。") == ["keep", "drop"]


@pytest.mark.parametrize(("gold", "pages"), [(GOLD, 2), (GOLD + "渠边的木牌换成了铁牌，字是新写的。" * 4, 0)])
def test_a_page_teaches_if_its_text_is_the_gold_s(tmp_path: Path, gold: str, pages: int) -> None:
    (tmp_path / "set").mkdir()
    shown = "".join(f"<p>{line}</p>" for line in ("青禾网", *GOLD.split("\n"), "联系我们"))
    (tmp_path / "set" / "a.html").write_text(f"<body>{shown}</body>", "utf-8")
    told = {"gold": gold, "title": TITLE, "url": "https://qinghe.example.com/1.html"}
    (tmp_path / "set" / "a.gold.json").write_text(json.dumps(told), "utf-8")
    found = list(judge_saved.pages(tmp_path, lambda: "另一篇\n文章", random.Random(1)))
    assert len(found) == pages
    for page in found:
        assert page.facts == {"id": "set/a", "domain": "qinghe.example.com", "family": judge_saved.FAMILY}
        assert page.rows[0] == [("drop", "青禾网")]
        assert page.rows[-1] == [("drop", "联系我们")]
    assert [("另一篇" in page.raw) for page in found] == [False, True][:pages]
    assert all(judge_pages.seen(page) for page in found)

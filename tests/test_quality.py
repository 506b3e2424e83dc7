"""The floors of benchmarks/floors.json hold over the fixtures, and the scoring that they rest on counts right."""

from __future__ import annotations

import json
import random
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from benchmarks import compare, material, peers, quality
from benchmarks.cases import Case, digest, fixtures, saved
from benchmarks.quality import Score, below, figures, raised, score, table
from cleaners.model import Page

PINNED = json.loads(quality.FLOORS.read_bytes())
REVIEW = "read the tables of `make quality`, then let `make quality ARGS=--raise` write what they rest on"


@cache
def scores() -> list[Score]:
    return quality.measure(fixtures())


def case(wanted: str, allowed: str | None = None, **changes: Any) -> Case:
    values: dict[str, Any] = {
        "name": "site/page",
        "domain": "site",
        "family": "site",
        "view": "html",
        "page": Page(body=""),
        "wanted": wanted,
        "allowed": allowed or wanted,
        "noise": (),
        "facts": {"title": "年度讲话"},
    }
    return Case(**{**values, **changes})


def test_floors_hold() -> None:
    fallen = below(scores(), PINNED["floors"])
    assert not fallen, "\n".join(fallen)


def test_pages_are_those_that_were_reviewed() -> None:
    assert digest() == PINNED["digest"], f"fixtures/ has changed: {REVIEW}"


def test_every_view_has_all_floors() -> None:
    assert {view: set(floors) for view, floors in PINNED["floors"].items()} == {
        view: set(quality.PINNED) for view in ("html", "txt")
    }


@pytest.mark.parametrize(
    ("output", "recall", "precision"),
    [
        ("同志们：\n今年 丰收。", 1.0, 1.0),
        ("同志们:今年丰收。", 1.0, 1.0),
        ("年度讲话\n同志们:今年丰收。", 1.0, 1.0),
        ("今年丰收。", 5 / 9, 1.0),
        ("丰收。同志们:今年", 6 / 9, 6 / 9),
        ("同志们:今年丰收。立即下载!", 1.0, 9 / 14),
        ("", 0.0, 1.0),
    ],
)
def test_score(output: str, recall: float, precision: float) -> None:
    found = score(case("同志们:今年丰收。"), output)
    assert found.recall == pytest.approx(recall)
    assert found.precision == pytest.approx(precision)
    assert found.perfect is (recall == precision == 1.0)


def test_what_is_no_text_may_not_come_out() -> None:
    assert score(case(""), "").f1 == 1.0
    assert score(case(""), "立即下载").f1 == 0.0


def test_a_leak_spoils_a_page_and_is_counted() -> None:
    spoilt = score(case("全" * 9000, noise=("立即下载全文",)), "全" * 9000 + "立即下载全文")
    assert spoilt.precision > quality.PERFECT
    assert spoilt.leaks == 1
    assert not spoilt.perfect


def test_what_may_stand_is_neither_asked_nor_blamed() -> None:
    assert score(case("正文", "提纲正文"), "提纲正文").f1 == score(case("正文", "提纲正文"), "正文").f1 == 1.0


def test_a_fall_is_told_with_its_pages() -> None:
    low, good = score(case("一二三四", name="site/low"), "一二"), score(case("一二三四", name="site/good"), "一二三四")
    (line,) = below([low, good], {"html": {"recall": 0.9, "precision": 1.0}})
    assert line == "html recall is 0.7500, its floor 0.9000: site/low 0.5000"


def test_floors_of_a_view_without_pages_do_not_hold() -> None:
    assert below([], {"txt": {"recall": 0.9}}) == ["txt recall is 0.0000, its floor 0.9000: no page tells"]


def test_raising_lowers_no_floor() -> None:
    half = [score(case("一二三四"), "一二", {"title": True})]
    old = {"html": {"recall": 0.9, "precision": 0.8}, "txt": {"recall": 0.7}}
    new = raised(half, old)
    assert new["html"]["recall"] == 0.9
    assert new["html"]["precision"] == 1.0
    assert new["html"]["title"] == 1.0
    assert new["txt"] == {"recall": 0.7}


def test_raising_writes_floors_and_pages(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    file.write_text(json.dumps({"digest": "", "floors": {"html": {"recall": 0.5}}}), "utf-8")
    quality.lift(file)
    written = json.loads(file.read_bytes())
    assert written["digest"] == digest()
    assert not below(scores(), written["floors"])
    assert set(written["floors"]["txt"]) == set(quality.PINNED)


def test_facts_are_shares_of_the_pages_that_ask() -> None:
    told = [
        score(case("一"), "一", {"title": False}),
        score(case("一"), "一", {"title": True}),
        score(case("一"), "一"),
    ]
    assert figures(told)["title"] == 0.5
    assert figures(told)["key"] is None


def test_views_of_one_page_must_share_a_key() -> None:
    def page(name: str, view: str, text: str) -> Case:
        return case(text, name=name, view=view, page=Page(body=text, kind="text"))

    same = [page("same", view, "今年全县新修水渠十二公里。") for view in ("html", "txt")]
    other = [page("other", "html", "今年全县新修水渠十二公里。"), page("other", "txt", "今年全县新修水渠十三公里。")]
    alone = page("alone", "txt", "今年全县新修水渠十二公里。")
    assert [one.right.get("key") for one in quality.measure([*same, *other, alone])] == [True, True, False, False, None]


def test_table_fits_a_terminal() -> None:
    long = case("一二三四", name="a" * 60, family="b" * 30, noise=("立即下载全文",))
    assert all(len(line) <= 80 for line in table("fixtures html", [score(long, "一二")] * 900).split("\n"))


def test_a_peer_that_is_not_there_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    monkeypatch.setattr(peers, "PYTHON", Path(sys.executable))
    assert peers.run("boilerpy3 article", ["<p>一段</p>"]).why == "No module named 'boilerpy3'"
    monkeypatch.setattr(peers, "PYTHON", Path("nowhere"))
    assert compare.compare("fixtures txt", fixtures()[-1:])["trafilatura"] is None
    assert all(len(line) <= 80 for line in capsys.readouterr().out.split("\n"))


def test_a_peer_gives_a_text_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "PYTHON", Path(sys.executable))
    answer = peers.run("resiliparse main", ["<body><p>第一页</p></body>", "<body><p>第二页</p></body>"])
    assert [text.strip() for text in answer.texts] == ["第一页", "第二页"]
    assert answer.pages_per_s > 0


def test_a_peer_that_needs_a_newer_python_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peers, "NEED_NEWER", {"boilerpy3 article"})
    monkeypatch.setattr(peers, "PYTHON", Path("nowhere"))
    monkeypatch.setattr(peers, "NEWER", Path(sys.executable))
    assert peers.run("boilerpy3 article", ["<p>一段</p>"]).why == "No module named 'boilerpy3'"
    assert "make quality-peers" in (peers.run("GNE", ["<p>一段</p>"]).why or "")


@pytest.mark.parametrize("text", ["村口的老井\n井水很甜。\n天旱也不干。", "井水很甜。\n天旱也不干。"])
def test_the_title_may_stand_in_the_gold_of_a_saved_page_or_not(text: str, tmp_path: Path) -> None:
    folder = tmp_path / "blogs"
    folder.mkdir()
    body = "<title>村口的老井_某某网</title><h1>村口的老井</h1><p>井水很甜。<p>天旱也不干。"
    (folder / "1.html").write_text(body, "utf-8")
    (folder / "1.gold.json").write_text(json.dumps({"gold": text}), "utf-8")
    (found,) = saved(tmp_path)
    assert (found.name, found.family) == ("blogs/1", "blogs")
    for output in ("村口的老井\n井水很甜。\n天旱也不干。", "井水很甜。\n天旱也不干。"):
        assert score(found, output).perfect
    assert score(found, "天旱也不干。").recall == pytest.approx(6 / 11)
    assert score(found, "井水很甜。\n天旱也不干。上一篇:无").precision < 0.8


def test_peers_are_pinned_without_an_address() -> None:
    lines = Path(peers.__file__).with_name("requirements-peers.txt").read_text("utf-8").splitlines()
    assert not any("://" in line or line.startswith("-") for line in lines)
    assert sum("==" in line for line in lines) == sum("==" in line and line.endswith("\\") for line in lines) > 9


def test_material_is_the_same_for_the_same_seed_and_as_long_as_it_says() -> None:
    pages = list(material.mixed(3, 6))
    assert pages == list(material.mixed(3, 6))
    assert all(4_500 < len(page) < 5_500 for page in material.stream(3, 6))


def test_material_of_a_mirror() -> None:
    assert material.mirror("全县工作会议，时间:9点") == "全縣(xiàn)工作會(huì)議(yì)，時(shí)間:9點(diǎn)"
    assert all(not _in_gb2312(character) for character in material.PINYIN if "一" <= character <= "鿿")


def test_material_as_html_holds_the_dump() -> None:
    text = material.dump(random.Random(5))
    assert all(line.strip() in material.html(text) for line in text.split("\n") if ">" not in line)


def _in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False

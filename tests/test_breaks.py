"""A text that a site ran together gets the paragraphs of a copy, in `export --unique` and `dedup --unique`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleaners.canonical import digest
from pipelines.near.breaks import RULE, with_breaks
from pipelines.near.representatives import representative
from tests.offline import RunCommand

PARAGRAPHS = [
    "关于修缮村里水渠的说明",
    "东头的水渠是二十年前修的，渠底裂了三道口子。去年夏天放水，一半流进了沙地，下游的几户没有浇上苗。",
    "村里请人量过，要换的渠段有四百多步。石料可以从后山取，水泥要到镇上买，人工由各户轮着出。",
    "工期定在秋收以后，先修上游，再修下游。修好一段就放水试一段，漏了的当天补上。",
    "钱的来路有两个：一个是去年卖果子留下的公积金，一个是镇里的补助。账目每个月贴在祠堂门口，谁都可以查。",
    "有人问，为什么不改成管道。管道省水，可是冬天会冻裂，坏了村里没有人会修。先把旧渠修好，管道的事明年再议。",
    "渠边的柳树不砍。树根护得住渠帮，只把伸进水里的枝条剪掉，剪下来的枝条归东头三户编筐。",
    "各户回去商量，有话在月底以前说。",
]
GLUED, SPACED, WHOLE = "".join(PARAGRAPHS), " ".join(PARAGRAPHS), "\n".join(PARAGRAPHS)


def record(name: str, text: str, **facts: Any) -> dict[str, Any]:
    return {"id": name, "text": text, "urls": [], "flags": [], "edits": [], **facts}


@pytest.mark.parametrize("text", [GLUED, SPACED])
def test_all_paragraphs_come_back(text: str) -> None:
    found, lender = with_breaks(record("a", text), [record("b", WHOLE)])
    assert found["text"].split("\n")[1:] == PARAGRAPHS[2:]  # too few characters stand before the first break
    assert digest(found["text"]) == digest(text)
    assert (lender, found["edits"]) == ("b", [{"rule": RULE, "count": 6, "chars": 0}])


def test_the_copy_may_be_written_otherwise() -> None:
    copy = (
        WHOLE.translate(str.maketrans("，。", ",。")).replace("水渠", "水 渠").replace("修缮村里水渠", "修繕村裏水渠")
    )
    assert with_breaks(record("a", GLUED), [record("b", copy)])[0]["text"].count("\n") == 6


def test_of_several_copies_the_one_with_most_breaks_lends_them() -> None:
    half = "\n".join([*PARAGRAPHS[:3], "".join(PARAGRAPHS[3:])])
    assert with_breaks(record("a", GLUED), [record("b", half), record("c", WHOLE)])[1] == "c"


@pytest.mark.parametrize(
    ("text", "copy"),
    [
        (WHOLE, GLUED),  # it has paragraphs of its own
        (GLUED, SPACED),  # the copy has none
        (GLUED, GLUED.replace("。", "。\n").rstrip()),  # a break after every sentence is a site's
        (GLUED, "\n".join(GLUED[at : at + 30] for at in range(0, len(GLUED), 30))),  # a hard wrap
        (GLUED, "\n".join(PARAGRAPHS[::-1])),  # the same lines in another order: no place is the same
        (GLUED[:250], WHOLE[:250]),  # too short to tell
    ],
)
def test_what_proves_nothing_changes_nothing(text: str, copy: str) -> None:
    given = record("a", text)
    assert with_breaks(given, [record("b", copy)]) == (given, None)


def test_a_place_that_is_there_twice_is_none() -> None:
    twice = f"{GLUED}{GLUED}"
    assert with_breaks(record("a", twice), [record("b", WHOLE)])[1] is None


def test_the_record_says_whose_breaks_it_has() -> None:
    records = [record("a", GLUED + "完", truncated=False), record("b", WHOLE, truncated=None)]
    assert "\n" not in representative(records)["text"]
    found = representative(records, lend_breaks=True)
    assert found["choice"] == "not cut off of a, b; line breaks of b"
    assert found["text"].count("\n") == 6


def test_the_command(run_command: RunCommand, tmp_path: Path) -> None:
    rows = [{"text": GLUED + "说明人是老支书。", "truncated": False}, {"text": WHOLE}]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    for option, breaks in ((["--lend-breaks"], 6), ([], 0)):
        words = ["dedup", "-j", 1, "--unique", *option, "-o", tmp_path / "out.jsonl", tmp_path / "in.jsonl"]
        assert run_command(*words)[0] == 0
        (found,) = map(json.loads, (tmp_path / "out.jsonl").read_text("utf-8").splitlines())
        assert found["text"].count("\n") == breaks
    assert run_command("dedup", "--lend-breaks", tmp_path / "in.jsonl")[0] == 2
    assert run_command("export", "--txt", tmp_path / "txt", "--lend-breaks")[0] == 2

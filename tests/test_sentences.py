"""A site's break behind each sentence is undone where no author breaks, and nowhere else."""

import re

import pytest

from cleaners.canonical import digest
from cleaners.clean import clean
from cleaners.model import Page
from cleaners.repairs import sentences
from cleaners.text.edits import apply

TALK = (
    "立秋那天，老支书召集各户在祠堂里商量修渠。他说：“渠底裂了三道口子。不修的话，明年下游的几户浇不上苗。”会计把账目念了一遍"
    "（去年卖果子留下八千元。镇里的补助还没有到账。），大家都记在心里。石料可以从后山的旧石塘里取，用牛车拉下来；水泥要到镇上去买，来回一趟要大半天，得有两个人。"
    "人工由各户轮着出，谁家忙就同邻居换工。有人问：“为什么不改成管道？管道省水！”老支书摇头。工期定在秋收以后，先修上游；"
    "修好一段就放水试一段，漏了的当天补上。账目每个月贴在祠堂门口。谁都可以查。"
)
VERSES = "清清河水绕村流，青青柳树立桥头。\n金色稻子弯下腰，白色鸭子水上游。\n" * 6


def cut(text: str, marks: str = "。！？；：") -> str:
    """Return `text` with a line break behind each of these marks, as an engine writes it."""
    return re.sub(rf"([{marks}][”）]*)(?!$)", r"\1\n", text)


def joined(text: str) -> str:
    return apply(text, sentences.edits(text) or [])


def test_what_stands_in_a_pair_comes_together() -> None:
    lines = joined(cut(TALK)).split("\n")
    assert "“渠底裂了三道口子。不修的话，明年下游的几户浇不上苗。”" in lines
    assert "会计把账目念了一遍（去年卖果子留下八千元。镇里的补助还没有到账。），大家都记在心里。" in lines
    assert "“为什么不改成管道？管道省水！”" in lines


def test_a_sentence_goes_on_behind_a_semicolon() -> None:
    assert "石料可以从后山的旧石塘里取，用牛车拉下来；水泥要到镇上去买，来回一趟要大半天，得有两个人。" in joined(
        cut(TALK)
    ).split("\n")


def test_a_bare_number_joins_what_it_counts() -> None:
    assert "三、水泥要到镇上买。" in joined(cut(TALK) + "\n三、\n水泥要到镇上买。").split("\n")


def test_half_width_marks() -> None:
    folded = cut(TALK).translate(str.maketrans("，；：！？（）", ",;:!?()"))
    assert joined(folded).count("\n") == joined(cut(TALK)).count("\n")


@pytest.mark.parametrize(
    "text",
    [
        TALK,
        cut(TALK.replace("“", "").replace("”", "").replace("（", "").replace("）", ""), "。！？"),
        VERSES,
        "各户要做到：\n" + "把渠边的草割干净，运到堆肥的地方去；\n" * 9 + "把工具收好。\n" + "渠修好了。\n" * 9,
        "".join(f"第{n}条 各户按次序用水。\n" for n in "一二三四五六七八九"),
        "“今天谁去？”\n“我去。”\n" * 6,
        "甲方（盖章）：\n乙方（盖章）：\n" * 6,
        "",
    ],
    ids=["paragraphs", "only full stops", "verses", "list", "statute", "dialogue", "contract", "empty"],
)
def test_text_that_stays_as_it_is(text: str) -> None:
    assert not sentences.edits(text)


def test_the_record_says_so_and_keeps_its_key() -> None:
    page = Page(body=cut(TALK), kind="text")
    document = clean(page)
    assert sentences.FLAG in document.flags
    assert sentences.RULE in {edit.rule for edit in document.edits}
    left = clean(Page(body=page.body, kind="text", keep_lines=True))
    assert sentences.FLAG not in left.flags
    assert left.text.count("\n") > document.text.count("\n")
    assert left.sha256 == document.sha256 == digest(document.text)

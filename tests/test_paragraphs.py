"""Paragraphs that a site ran together are broken where the text proves it, and nowhere else."""

import pytest

from cleaners.canonical import digest
from cleaners.clean import clean
from cleaners.model import Page
from cleaners.repairs import paragraphs
from cleaners.repairs.numbering import markers, value_of
from cleaners.text.edits import apply

ORCHARD = "果园管理要从剪枝做起，每株留下三到五个主枝，伤口涂上石灰浆，落叶集中深埋。"
MARKET = "市场一头同样不能放松，合作社要派人守在批发市场里，天天把价格报回村里。"
SPEECH = [
    "各位乡亲：",
    f"今天开一个短会。{ORCHARD}{MARKET}下面讲两点意见。",
    "一、把果园管好",
    ORCHARD * 9,
    f"（一）剪枝要早。{ORCHARD * 9}",
    f"（二）施肥要足。{MARKET * 9}",
    "二、把果子卖好",
    MARKET * 9,
    f"（一）守住市场。{MARKET * 9}",
    f"（二）守住牌子。{ORCHARD * 9}",
    "让我们一起把这件事办好！",
]
RULES = [f"第{n}条 {ORCHARD if n in '一三' else MARKET}" for n in "一二三四五六七八九十"]


def restored(text: str, *outline: str) -> str:
    return apply(text, paragraphs.edits(text, outline))


def test_blanks_that_stand_for_breaks() -> None:
    assert restored(" ".join(SPEECH)).split("\n") == SPEECH


def test_headlines_and_bylines_behind_blanks() -> None:
    lines = [
        f"今天的市场上来了新柚子。{ORCHARD}{MARKET}（老支书口述）",
        "山里人说水渠",
        "青禾县广播站 李明".replace(" ", ""),
        f"{ORCHARD}{MARKET}",
        f"第十二回说的是修渠。{MARKET * 2}（完）",
        f"{ORCHARD * 2}",
    ]
    assert restored(" ".join(lines)).split("\n") == lines


def test_a_label_or_a_list_before_a_blank_is_no_headline() -> None:
    text = " ".join(
        [f"{ORCHARD}{MARKET}", f"第十二回 {ORCHARD * 2}", f"剪刀、锯子、 {MARKET * 2}", MARKET * 2, ORCHARD]
    )
    assert restored(text).count("\n") == 4


def test_items_of_a_glued_statute() -> None:
    articles = [f"第{n}条 各户应当做到：" for n in "一二三四五六"]
    items = ["（一）按次序用水；", "（二）把渠边的草割干净，运到堆肥的地方去；", f"（三）{ORCHARD}"]
    lines = [line for article in articles for line in (article, *items)]
    assert restored("".join(lines) + MARKET * 20).split("\n")[:-1] == lines[:-1]


def test_many_items_with_their_paragraphs() -> None:
    lines = [f"（{n}）{ORCHARD * 4}" for n in "一二三四五六七"]
    assert restored("今天讲七点意见。" + "".join(lines)).split("\n")[1:] == lines


def test_a_table_stays_and_the_text_around_it_is_broken() -> None:
    table = "| 等级 | 斤数 | | 一、大果 | 半斤以上 |"
    assert restored(" ".join([*SPEECH, table])).split("\n") == [*SPEECH[:-1], f"{SPEECH[-1]} {table}"]


def test_no_heading_ends_where_blanks_stand_within_sentences() -> None:
    lines = [ORCHARD, "今天村里的人都在 讲“剪枝” 的事", f"{ORCHARD} 果农们 “都信” 他。", MARKET, MARKET, ORCHARD * 9]
    assert "讲\n" not in (broken := restored(" ".join(lines)))
    assert broken.count("\n") == 5


def test_half_width_marks() -> None:
    folded = [line.translate(str.maketrans("，：！（）", ",:!()")) for line in SPEECH]
    assert restored(" ".join(folded)).split("\n") == folded


def test_glued_text_is_broken_before_numbers_in_order() -> None:
    lines = restored("".join(SPEECH)).split("\n")
    assert [line[:3] for line in lines] == [
        "各位乡",
        "今天开",
        "一、把",
        "（一）",
        "（二）",
        "二、把",
        "（一）",
        "（二）",
    ]


def test_articles_in_order() -> None:
    assert restored("".join(RULES) + MARKET * 20).count("\n") == 9


def test_the_outline_proves_where_a_heading_ends() -> None:
    lines = restored("".join(SPEECH), "一、把果园管好", "二、把果子卖好").split("\n")
    assert "一、把果园管好" in lines
    assert "二、把果子卖好" in lines


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(SPEECH),
        f"会议提出三点：一、剪枝。{ORCHARD}二、施肥。{MARKET}三、卖果。{MARKET}" + ORCHARD * 2,
        ORCHARD * 40,
        f"{ORCHARD}一是剪枝要早，二是施肥要足，三是卖果要快。" * 12,
        "依照第三条第（一）项和第五条的规定，" * 30,
        "安全第一，预防为主。" * 60,
        "他问：“一、二、三，谁来？”大家都笑了。" * 30,
        "| 编号 | 名称 | | 一、柚子 | 二、橙子 |" * 20,
        "Pruning comes first. Then feed the trees. 一、剪枝 " * 12,
        f"老支书想了想…… 果园还得有人管…… {ORCHARD}年轻人都走了…… {MARKET}" * 8,
        f"老支书说： 渠要先修。 众人都说： 好。 {ORCHARD}会计问： 钱从哪里来？ {MARKET}" * 8,
        f"{ORCHARD * 60}果农说： 好。 {ORCHARD * 60}会计说： 行。 {MARKET * 9}",
    ],
    ids=[
        *("lines", "list in a paragraph", "prose", "一是", "references", "安全第一", "speech", "table", "English"),
        *("ellipses", "lost quotation marks", "few blanks"),
    ],
)
def test_text_that_stays_as_it_is(text: str) -> None:
    assert restored(text) == text


def test_the_key_does_not_change() -> None:
    for joint in (" ", ""):
        text = joint.join(SPEECH)
        assert digest(restored(text)) == digest(text)


def test_the_lines_may_be_left_as_found() -> None:
    page = Page(body=" ".join(SPEECH), kind="text")
    assert clean(page).text.count("\n") == len(SPEECH) - 1
    left = clean(Page(body=page.body, kind="text", keep_lines=True))
    assert "\n" not in left.text
    assert left.sha256 == clean(page).sha256


def test_numerals() -> None:
    assert [value_of(numeral) for numeral in ("一", "十", "十二", "二十", "三十五", "一百零八", "一千零五", "7")] == [
        *(1, 10, 12, 20, 35, 108, 1005, 7),
    ]


def test_references_are_no_markers() -> None:
    assert markers("按第三条第（二）项办理，共计三、四项。") == []

"""The learned judge of lines: what it takes, what it must leave, and that it says why."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from cleaners.clean import clean
from cleaners.judging import frame_proof, judge_model
from cleaners.judging import judge as judging
from cleaners.judging.judge import HEAD, LINE
from cleaners.judging.judge_model import FEATURES, PAGE_WEIGHTS, UNIT, WEIGHTS, Trees, lay_out, model
from cleaners.judging.lexicon import LEXICON_SIZE
from cleaners.judging.line_features import OWN, own_features
from cleaners.judging.page_features import CONTEXT, context_features
from cleaners.judging.page_lines import PageLines
from cleaners.judging.rulebook import RULEBOOK
from cleaners.model import Document, Page
from crawler.terminal.explain import explain

MAX_WEIGHTS = {WEIGHTS: 400_000, PAGE_WEIGHTS: 600_000}
"""Bytes of the weights in the repository."""

STORY = [
    "村口的老槐树下,每到傍晚就聚起一圈人,有的摇着蒲扇,有的端着饭碗,说的都是田里的收成。",
    "那年的雨水来得早,河沟里涨满了水,孩子们光着脚去摸鱼,回家时裤腿上全是泥。",
    "母亲从不责骂,只把湿衣裳接过去,在灶边烤干,第二天又是一身清爽。",
    "如今槐树还在,树下的人换了几茬,可风吹过来的声音,还是从前的样子。",
]
FRAME_ABOVE = ["首页 > 散文随笔 > 正文", "发布时间:2021-05-06 10:20 阅读:1203次", "字号:大 中 小 打印本页"]
FRAME_BELOW = ["上一篇:山里的秋天", "下一篇:外婆的菜园", "相关阅读", "河边的下午06-02", "雪后的村庄05-28"]


def cleaned(*lines: str) -> Document:
    return clean(Page(body="\n".join(lines), kind="text"))


def taken(document: Document) -> list[str]:
    """The lines that the judge takes, in order."""
    return [
        document.page_text[edit.start : edit.end].strip() for edit in document.edits if edit.rule.startswith("judge.")
    ]


def decided(
    monkeypatch: pytest.MonkeyPatch,
    *scores: int,
    said: str = "这是第{}行",
    goes_on: str = "是这篇文章正文里的一句话。" * 2,
) -> list[str]:
    """What becomes of lines that have these scores: the rule's last word, or nothing; those of -8 go on so."""
    shown = [said.format(number) + goes_on * (score == -8) for number, score in enumerate(scores)]
    lines = PageLines.of("\n".join(shown)).lines
    monkeypatch.setattr(judging, "MAX_PASSES", 1)
    monkeypatch.setattr(Trees, "scores", lambda _, __, rows: np.array([scores[row] * UNIT for row in rows]))
    rules = {line.place: line.rule for line in judging.judge(lines, {}, None)}
    return [rules.get(place, "").removeprefix("judge.") for place in range(len(scores))]


def test_a_page_without_a_frame_loses_nothing() -> None:
    poem = ["秋夜", "月落空山鸟不啼", "一灯如豆照窗西", "故人书到无由寄", "梦里闲行过旧溪"]
    listed = ["白菜", "萝卜", "茄子", "豆角", "南瓜", "土豆", "辣椒", "冬瓜", "芹菜", "韭菜"]
    minutes = ["会议纪要", "会议时间:", "会议地点:", "参加人员:", "备注:", "附件1:", "同志们:"]
    for text in (STORY, poem, listed, minutes, STORY[:1], ["前言"], ["|", "-", "|"]):
        assert taken(cleaned(*text)) == []


def test_the_text_inside_a_frame_stays() -> None:
    document = cleaned(*FRAME_ABOVE, *STORY, *FRAME_BELOW)
    assert all(line in document.text for line in STORY)


def test_one_decision_says_where_the_text_begins_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(monkeypatch, 3, 3, -8, -8, 3, 3) == ["head", "head", "", "", "tail", "tail"]


def test_weak_noise_goes_between_strong(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(monkeypatch, 5, -1, 5, -8, -8)[:3] == ["head"] * 3
    assert decided(monkeypatch, -1, -8, -8, 5, 5)[0] == ""


def test_a_sentence_outweighs_a_line_of_noise_above_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(monkeypatch, -8, 1, -8, -8, 5, 5)[:2] == ["", ""]


def test_inside_the_text_only_sure_noise_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(monkeypatch, 5, 5, -8, -8, 1, 6, -8, -8) == ["head", "head", "", "", "", "line", "", ""]


def test_a_page_is_emptied_only_of_sure_noise(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(monkeypatch, 4, 3, 4) == [""] * 3
    assert "" not in decided(monkeypatch, 5, 4, 5)


def test_a_page_whose_frame_rules_know_is_emptied_sooner(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = PageLines.of("首页 > 散文 > 正文\n请先登录再下载。\n登录以后可以下载。").lines
    monkeypatch.setattr(Trees, "scores", lambda _, __, rows: np.full(len(rows), 2 * UNIT))
    assert [line.place for line in judging.judge(lines, {0: "nav.crumbs_home"}, None)] == [1, 2]
    assert judging.judge(lines[1:], {}, None) == []


def test_a_row_of_items_goes_with_the_frame_and_a_sentence_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    items = "散文 诗歌 小说 杂文 日记 书信 评论 随笔 连载 征文 {}"
    assert decided(monkeypatch, 5, -2, 5, -8, -8, said=items) == ["head"] * 3 + [""] * 2
    assert (
        decided(monkeypatch, 5, -2, 5, -8, -8, said="这一栏里有散文诗歌小说杂文日记书信评论随笔连载和征文{}")[1] == ""
    )


def test_what_a_rule_knows_of_an_edge_proves_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(monkeypatch, 2, 2, -8, -8, said="200{} (31)") == ["head", "head", "", ""]
    assert decided(monkeypatch, 2, 2, -8, -8, said="200{} 31") == [""] * 4


def test_a_later_look_knows_that_a_frame_went_before(monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[int] = []
    place = len(OWN) + CONTEXT.index("a frame is known")

    def scores(_: Trees, table: NDArray[np.int32], rows: NDArray[np.int64]) -> NDArray[np.int64]:
        looks.append(int(table[2, place]))
        return np.where(rows < 2, 3 * UNIT, -8 * UNIT) if len(looks) == 1 else np.full(len(rows), -8 * UNIT)

    monkeypatch.setattr(Trees, "scores", scores)
    judging.judge(PageLines.of("\n".join(["园中来信", "邻里闲话", *STORY, "甲乙丙"])).lines, {}, None)
    assert looks == [0, 1]


def test_short_texts_that_speak_like_a_frame_stay() -> None:
    manual = ["打开浏览器，输入网址，进入登录页面。输入用户名和密码，点击登录按钮。", "忘记密码的，请联系管理员重置。"]
    assert cleaned("登录系统操作说明", *manual).text == "\n".join(manual)


def test_figures_prove_no_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(monkeypatch, 5, 5, -8, -8, said="{} 3.14 GZIP") == [""] * 4
    assert decided(monkeypatch, 5, 5, -8, -8, said="{} 12:30") == ["head", "head", "", ""]


def test_a_frame_that_nobody_knows_needs_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(monkeypatch, 1, 1, -8, -8) == [""] * 4
    assert decided(monkeypatch, 1, 2, -8, -8) == ["head", "head", "", ""]
    assert decided(monkeypatch, 2, 1, -8, -8) == [""] * 4, "the first line may be a heading"
    assert decided(monkeypatch, 3, 1, -8, -8) == ["head", "head", "", ""]


def test_a_line_that_goes_alone_must_prove_more(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(monkeypatch, -8, -8, 2) == [""] * 3
    assert decided(monkeypatch, -8, -8, 3) == ["", "", "tail"]


def test_a_line_that_is_not_done_counting_up_is_a_text_s(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(monkeypatch, 3, 3, -8, -8, said="东渠西渠{}号") == ["head", "head", "", ""]
    assert decided(monkeypatch, 3, 3, -8, -8, said="东渠西渠{}号、") == [""] * 4


def test_a_numbered_line_proves_no_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(monkeypatch, 1, 2, -8, -8, said="{}. 免责声明") == [""] * 4
    assert decided(monkeypatch, 1, 2, -8, -8, said="第{}页 免责声明") == ["head", "head", "", ""]


def test_a_list_of_words_needs_more_proof_than_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    words = " 渠水 稻田 灯笼"
    assert decided(monkeypatch, 3, 3, -8, -8, goes_on=words) == [""] * 4
    assert decided(monkeypatch, 4, 2, -8, -8, goes_on=words) == ["head", "head", "", ""]


@pytest.mark.parametrize("line", ["时间：2018/03/08 来源：水口乡 点击数：10", "相关阅读"])
def test_a_byline_or_a_head_of_a_list_proves_no_frame_beside_a_list(line: str) -> None:
    lines = PageLines.of(line).lines
    assert frame_proof.tells_of_frame(lines, [0])
    assert not frame_proof.tells_of_frame(lines, [0], is_list=True)


def test_one_word_that_frames_have_proves_none_beside_a_list() -> None:
    lines = PageLines.of("二维码\n上一篇：闸门").lines
    assert frame_proof.tells_of_frame(lines, [0])
    assert not frame_proof.tells_of_frame(lines, [0], is_list=True)
    assert frame_proof.tells_of_frame(lines, [0, 1], is_list=True)


def test_a_sentence_must_prove_more_than_a_word_of_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame_proof, "PROOF_OF_TEXT", 3 * UNIT)
    monkeypatch.setattr(judging, "_is_hint", lambda *_: True)
    sentence = "渠修好了,第{}村的水就够用了。"
    assert decided(monkeypatch, 2, -8, -8, said=sentence) == [""] * 3
    assert decided(monkeypatch, 3, -8, -8, said=sentence) == ["head", "", ""]


@pytest.mark.parametrize(("score", "gone"), [(0, [2]), (2, [1, 2])])
def test_a_whole_sentence_goes_for_its_own_score(
    monkeypatch: pytest.MonkeyPatch, score: int, gone: Sequence[int]
) -> None:
    sentence = "渠修好以后,上村和下面三个村的水就都够用了,不必再等下雨。"
    lines = PageLines.of("\n".join(["首页 > 散文 > 正文", sentence, "打印本页", *STORY])).lines
    scores = np.array([0, score, 5, *([-8] * len(STORY))]) * UNIT
    monkeypatch.setattr(judging, "MAX_PASSES", 1)
    monkeypatch.setattr(Trees, "scores", lambda _, __, rows: scores[rows])
    assert [line.place for line in judging.judge(lines, {0: "nav.crumbs_home"}, None)] == gone


def test_a_short_sentence_that_surely_is_text_does_not_go_with_the_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = PageLines.of("\n".join([*STORY, "《谷雨歌》鉴赏 >>", "一直忙到立夏，大家才歇下来。"])).lines
    scores = np.array([*([-8] * len(STORY)), 5, -3]) * UNIT
    monkeypatch.setattr(judging, "MAX_PASSES", 1)
    monkeypatch.setattr(judging, "_is_hint", lambda *_: True)
    monkeypatch.setattr(Trees, "scores", lambda _, __, rows: scores[rows])
    assert [line.place for line in judging.judge(lines, {}, None)] == [len(STORY)]


MENU = "青禾网 快资讯 热剧 分类 本地 新时代 互联网 明星 产经 新车 买车 足球 篮球 买房 游戏 生活 动漫 辟谣 深读 图搜"
PAGE_FACTS, PAGE_FOOT = "2018-04-22 10:15 来源：青禾日报", "Copyright © 2001-2018 青禾网 版权所有"


def test_the_menu_of_a_whole_page_goes() -> None:
    menu = MENU.split()
    document = cleaned(*menu, "槐树下的傍晚", PAGE_FACTS, *STORY, PAGE_FOOT)
    assert document.text.split("\n") == STORY
    assert {line.is_page for line in document.judged} == {True}
    assert "judge." in explain(document, 100)
    assert cleaned(*menu, *STORY).text.split("\n") == [*menu, *STORY], "nothing proves a frame"
    assert taken(cleaned(*menu[:4], "槐树下的傍晚", PAGE_FACTS, *STORY, PAGE_FOOT)) == [], (
        "so few lines are no whole page"
    )


def test_a_page_of_which_no_prose_stays_is_none_for_the_judge_of_whole_pages() -> None:
    rows = [f"渠段{number} 长 {number * 40} 米 宽 {number + 2} 米" for number in range(1, 30)]
    document = cleaned(*MENU.split(), PAGE_FACTS, *rows, PAGE_FOOT)
    assert all(row in document.text for row in rows)
    assert not any(line.is_page for line in document.judged)


def test_the_only_paragraph_of_a_page_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = PageLines.of("\n".join([*FRAME_ABOVE[:1], "".join(STORY[:2]), *FRAME_BELOW[3:]])).lines
    scores = np.array([0, 3 * UNIT // 2, *([5 * UNIT] * (len(lines) - 2))])
    monkeypatch.setattr(judging, "MAX_PASSES", 1)
    monkeypatch.setattr(Trees, "scores", lambda _, __, rows: scores[rows])
    assert 1 not in [line.place for line in judging.judge(lines, {0: "nav.crumbs_home"}, None)]


@pytest.mark.parametrize(
    ("lines", "is_whole"),
    [
        (["上一页"], False),
        (["上一页", "下一页"], False),
        (["上一页", "暂无评论"], True),
        (["当前位置: 首页 > 散文随笔 > 正文"], True),
    ],
)
def test_two_kinds_of_a_frames_lines_or_a_phrase_prove_a_whole_page(lines: Sequence[str], *, is_whole: bool) -> None:
    found = PageLines.of("\n".join(lines)).lines
    assert frame_proof.is_page(found, range(len(found))) == is_whole
    assert not frame_proof.is_page(found, [])


def test_a_long_line_with_a_sentence_is_no_noise_whatever_rule_knows_it() -> None:
    mixed = "本文在散文栏目,转载请注明来源,更多文章请点下一篇 " + "".join(STORY) * 2
    assert STORY[-1] in cleaned(*FRAME_ABOVE, mixed, *FRAME_BELOW).text


@pytest.mark.parametrize("is_page", [False, True])
def test_weights_are_small_and_name_what_made_them(*, is_page: bool) -> None:
    file = PAGE_WEIGHTS if is_page else WEIGHTS
    assert file.stat().st_size < MAX_WEIGHTS[file]
    learned = model(is_page=is_page)
    assert ("saved" in learned.made_from) == is_page
    assert learned.lexicon.shape == (2, LEXICON_SIZE)
    assert "program" in learned.made_from
    assert "skeletons" in learned.made_from
    assert all(level.feature.max() < len(FEATURES) for level in learned.trees.levels)


def test_scores_do_not_depend_on_the_lines_that_are_scored_beside() -> None:
    lines = PageLines.of("\n".join([*FRAME_ABOVE, *STORY, *FRAME_BELOW])).lines
    learned = model()
    own = own_features(lines, {0: "nav.crumbs_home"}, learned.lexicon)
    table = lay_out(own, context_features(lines, None, own, is_known=False))
    rows = np.arange(len(lines))
    together = learned.trees.scores(table, rows)
    alone = [int(learned.trees.scores(table, rows[at : at + 1])[0]) for at in rows]
    assert together.tolist() == alone


def test_features_are_whole_numbers_by_name() -> None:
    lines = PageLines.of("甲乙,12:30 丙\n2021-03-04\n首页\n这是一句话。").lines
    own = own_features(lines, {2: "nav.word"}, np.zeros((2, LEXICON_SIZE), np.int8))
    context = context_features(lines, "首页", own, is_known=True)
    assert own.dtype == context.dtype == np.int32
    column = {name: own[:, place].tolist() for place, name in enumerate(OWN)}
    beside = {name: context[:, place].tolist() for place, name in enumerate(CONTEXT)}
    assert column["digit marks"] == [4, 8, 0, 0]
    assert column["times"] == [1, 0, 0, 0]
    assert column["dates"] == [0, 1, 0, 0]
    assert column["ends with a day"] == [0, 1, 0, 0]
    assert column["taken by a rule"] == [0, 0, 1, 0]
    assert beside["to the noise below"] == [2, 1, 12, 12]
    assert beside["is the title's"] == [0, 0, 1, 0]
    assert beside["a frame is known"] == [1] * 4


def test_trees_walk_to_their_leaves_and_say_which_feature_spoke() -> None:
    length, rest = FEATURES.index("length"), FEATURES.index("lines above")
    trees = Trees.of(
        {
            "roots": np.array([0]),
            "depth": np.array(2),
            "feature": np.array([length, 0, rest, 0, 0]),
            "threshold": np.array([5, 0, 3, 0, 0]),
            "children": np.array([1, 2, 1, 1, 3, 4, 3, 3, 4, 4]),
            "value": np.array([0, -256, 100, 50, 512]),
        }
    )
    own = np.zeros((3, len(OWN)), np.int32)
    own[:, OWN.index("length")] = [5, 6, 6]
    context = np.zeros((3, len(CONTEXT)), np.int32)
    context[:, 0] = [9, 3, 4]
    table = lay_out(own, context)
    assert trees.scores(table, np.arange(3)).tolist() == [-256, 50, 512]
    assert [trees.spoke(table, row) for row in (2, 0)] == [("lines above", "length"), ()]


def test_a_very_long_page_is_judged_at_its_edges_only(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def scores(_: Trees, __: object, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        asked.append(len(rows))
        return np.zeros(len(rows), np.int64)

    monkeypatch.setattr(Trees, "scores", scores)
    judging.judge(PageLines.of("短行\n" * 5_000).lines, {}, None)
    assert asked == [2 * judging.MAX_LINES]


def test_what_the_judge_takes_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge_model.Trees, "scores", lambda _, __, rows: np.full(len(rows), -UNIT))
    monkeypatch.setattr(judging, "MAX_PASSES", 1)
    monkeypatch.setattr("cleaners.judging.judge._decided", lambda *_, **__: [(0, HEAD), (2, LINE)])
    document = cleaned(*STORY, "短句")
    assert {edit.rule for edit in document.edits} >= {HEAD, LINE}
    shown = explain(document)
    assert [line.start for line in document.judged] == [0, len(STORY[0]) + len(STORY[1]) + 2]
    assert HEAD in shown
    assert f"{document.judged[0].score:+.1f}:" in shown


def test_of_lines_all_alike_none_is_the_frame_of_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    assert decided(monkeypatch, 3, *[1] * 20, -1, -2, -3) == [""] * 24
    assert decided(monkeypatch, 3, *[1] * 20, -8, -8) == [""] * 23


def test_a_picture_proves_no_frame() -> None:
    picture = "![灯下](https://img.example.com/lamp.png)"
    assert taken(cleaned(picture, "阅读时间：昨夜", *STORY)) == []


def test_every_rule_is_known_to_the_trees() -> None:
    lines = PageLines.of("\n".join(rule.match[0] for rule in RULEBOOK.rules if rule.match)).lines
    assert len(own_features(lines, {}, model().lexicon)) == len(lines)


def test_the_strings_of_a_program_stay() -> None:
    """Words of menus and messages of one program: some read like a frame's, and so do the others."""
    said = "无法打开该文件，请检查它是否仍在原来的文件夹中。\n您的修改尚未保存，现在退出将会丢失这些修改。"
    strings = (
        "新建标签页\n关闭标签页\n重新载入\n添加书签\n管理书签\n打开下载列表\n清空历史记录\n搜索标签页\n显示全部"
        f"\n{said}\n缩放比例\n切换到全屏\n退出全屏\n检查更新\n正在保存密码\n密码已更新"
        f"\n{said}\n缩放比例\n切换到全屏\n退出全屏\n检查更新"
    )
    assert clean(Page(body=strings, kind="text")).text == strings


def test_sentences_that_may_be_a_text_s_are_no_frame_of_which_no_rule_knows() -> None:
    lines = PageLines.of("下载安装\n" + "\n".join(STORY)).lines
    scores = np.array([4 * UNIT, 0, 0, -UNIT, -UNIT], np.int64)
    assert frame_proof.spares_sentences(lines, scores, {0, 1})
    assert not frame_proof.spares_sentences(lines, scores, {0, 1, 2})
    assert frame_proof.spares_sentences(lines, scores + 3 * UNIT, {0, 1, 2, 3})

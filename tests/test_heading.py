"""The first line of a bare text: a title differs in form from what follows; a verse, an item, a sentence does not."""

import pytest

from cleaners.clean import clean
from cleaners.judging.heading import heads_text
from cleaners.judging.page_lines import PageLines
from cleaners.model import Page

PROSE = "春耕时节，村里先修渠，再备种，各家商量好轮流用水的次序，都记在本子上。"


def heads(text: str) -> bool:
    return heads_text(PageLines.of(text).lines)


@pytest.mark.parametrize(
    "text",
    [
        f"水渠边的夏天\n{PROSE}",
        f"水渠边的夏天\n李明\n{PROSE}",
        f"水渠边的夏天\n2021年3月5日 星期五\n{PROSE}",
        f"水渠边的夏天\n青禾县第一小学 李明\n{PROSE}",
        "东渠村2018年工作报告和2019年计划\n工 作 报 告\n2019年2月2日在第三次村民大会上\n东渠村主任 李明\n各位代表：\n我报告去年修渠的事。",
        f"轮流用水的体会\n轮流用水的体会篇1\n{PROSE}",
        f"轮流用水的体会(通用28篇)\n轮流用水的体会 篇1\n{PROSE}",
        f"水渠边上\n青禾县第一小学三(1)班 李晓明\n{PROSE}",
        "现代诗：《水渠》\n李晓明\n水清清\n绕村行",
        "轮流用水办法\n第一条 各户按次序用水。\n第二条 记在本子上。",
        "轮流用水办法\n❶ 各户怎样排次序\n(一)上游先用水，用满两天让给下游。\n❷ 记在哪里",
        "修渠工作总结\n甲：水修好了。\n乙：都来看看。",
        "静夜思\n李白\n床前明月光，疑是地上霜。\n举头望明月，低头思故乡。",
        "大事记\n一九九八年三月修成东渠\n一九九九年五月修成西渠\n二〇〇〇年九月架通村桥",
        "村歌\n清清的河水绕村流\n青青的柳树立桥头\n金色的稻子弯下腰",
    ],
)
def test_a_line_unlike_what_follows_is_a_title(text: str) -> None:
    assert heads(text)
    document = clean(Page(body=text, kind="text"))
    assert document.title == text.split("\n")[0]
    assert document.text == text.split("\n", 1)[1]


@pytest.mark.parametrize(
    "text",
    [
        "今天天气很好",
        "清清的河水绕村流\n青青的柳树立桥头\n金色的稻子弯下腰",
        "清清的河水绕村流\n青青的柳树立桥头\n清清的河水绕村流\n金色的稻子弯下腰",
        "白日依山尽\n黄河入海流\n欲穷千里目\n更上一层楼",
        "苏州\n无锡市\n常州府\n镇江\n南通城",
        "无题\n李商隐\n相见时难别亦难",
        f"本报记者李明\n{PROSE}",
        f"主要做法有\n{PROSE}",
        f"{PROSE}\n{PROSE}",
        "【#春耕#】\n【#夏收#】\n【#秋种#】",
    ],
)
def test_a_verse_an_item_or_a_sentence_is_no_title(text: str) -> None:
    assert not heads(text)
    document = clean(Page(body=text, kind="text"))
    assert document.title is None
    assert document.text == text


@pytest.mark.parametrize(
    "text",
    [
        f"引言\n{PROSE}\n放水的次序\n{PROSE}",
        f"引言：先远后近的道理\n{PROSE}\n一、放水的次序\n{PROSE}\n二、看水的人\n{PROSE}",
        f"【范例一】\n【致辞人】青禾村水利员\n【致辞背景】全村修渠动员大会致辞\n同志们：\n{PROSE}",
    ],
)
def test_a_preface_and_a_field_among_fields_are_no_title(text: str) -> None:
    document = clean(Page(body=text, kind="text"))
    assert (document.title, document.text) == (None, text)


def test_a_title_below_a_short_line_is_named_and_stays() -> None:
    text = f"第7期\n水渠边的夏天\n{PROSE}"
    document = clean(Page(body=text, kind="text"))
    assert (document.title, document.text) == ("水渠边的夏天", text)


def test_a_byline_says_that_the_line_above_is_the_title() -> None:
    document = clean(Page(body=f"河水绕村流\n2021-03-05 10:20\n清清的河水\n青青的柳树\n{PROSE}", kind="text"))
    assert document.title == "河水绕村流"


SPEECH = f"同志们：\n{PROSE}\n{PROSE}"


@pytest.mark.parametrize(
    "head",
    [
        *("2021年{}\n", "二〇二一年{}\n", "21年{}\n", "2021{}\n", "（2021年）{}\n", "２０２１年{}\n", "2021年度{}\n"),
        *(
            "{}（2021年）\n",
            "【青禾文苑】{}\n{}\n",
            "2021{}-青禾文苑{}\n",
            "{}_青禾文苑{}\n",
            "《2021年{}》\n",
            "最新{}{}\n",
        ),
        *("{}.docx {}\n", "{}（精选）{}\n", "2021年{}\n{}\n"),
    ],
)
def test_a_copy_of_the_title_in_another_form_goes(head: str) -> None:
    name = "在修渠动员大会上的讲话"
    body = head.format(*[name] * head.count("{}")) + SPEECH
    assert clean(Page(body=body, kind="text", title=f"2021年{name}")).text == SPEECH


@pytest.mark.parametrize(
    "goes_on", ["是村里的老规矩，每年都要讲一次。", "里，老支书讲了三点意见。", "精神要落到各户。"]
)
def test_prose_that_begins_with_the_title_s_words_stays(goes_on: str) -> None:
    text = f"二〇二一年在修渠动员大会上的讲话{goes_on}\n{SPEECH}"
    assert clean(Page(body=text, kind="text", title="2021年在修渠动员大会上的讲话")).text == text


def test_an_option_of_a_program_that_stands_twice_is_no_title() -> None:
    options = "-v, --verbose   写出每一步\n-v, --verbose   写出每一步\n清理旧的记录，腾出地方，再把数目写到日志里，最后列出剩下的。"
    assert clean(Page(body=options, kind="text")).text.count("--verbose") == 2

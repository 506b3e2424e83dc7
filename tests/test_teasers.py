"""What a page shows of its text above it."""

import pytest

from cleaners.clean import clean
from cleaners.model import Page

FIRST = "春耕前，村里把水渠清了一遍，又把坏了的闸门换成新的，两台抽水机也修好了。"
SECOND = "今年雨水来得早，各组先把秧田整平，再按先远后近的次序放水，免得下游的田等得太久。"
BODY = f"{FIRST}\n{SECOND}\n晚上开会时，大家商定轮流看水，谁家有困难，邻居就帮一把，这样一直做到立夏。"


def text_of(page: str) -> str:
    return clean(Page(body=page, kind="text")).text


@pytest.mark.parametrize(
    "teaser",
    [
        f"{FIRST}今年雨水来得早…",
        f"导读：{FIRST}今年雨水来得早...",
        f"水渠边的春天 {FIRST}今年雨水来得早，各组先把秧田整平……",
        f"导读 {FIRST}今年雨水来得早...",
        f"简介{FIRST[:-3]}",
    ],
)
def test_what_stands_below_once_more_goes(teaser: str) -> None:
    document = clean(Page(body=f"水渠边的春天\n{teaser}\n水渠边的春天\n{BODY}", kind="text"))
    assert document.title == "水渠边的春天"
    assert document.text.split("\n") == BODY.split("\n")
    assert document.text.count("各组先把秧田整平") == 1


@pytest.mark.parametrize("end", ["...", "", "…"])
def test_the_title_and_the_beginning_run_together_go(end: str) -> None:
    teaser = f"导读：水渠边的春天{FIRST}今年雨水来得早，各组先{end}"
    document = clean(Page(body=f"水渠边的春天\n{teaser}\n水渠边的春天\n{BODY}", kind="text"))
    assert document.text.split("\n") == BODY.split("\n")


@pytest.mark.parametrize(
    "own",
    [
        f"摘要：水渠边的春天，{SECOND}本文另记邻村的做法，供各组参考。",
        "导读：水渠边的春天，记一个村子怎样清渠、放水和看水。",
        f"水渠边的春天{FIRST}今年雨水来得早，各组先",
    ],
)
def test_what_begins_with_the_title_and_says_more_stays(own: str) -> None:
    text = text_of(f"水渠边的春天\n{own}\n{BODY}").replace(":", "：").replace(",", "，")
    assert own[-12:] in text


@pytest.mark.parametrize(
    "own",
    [
        "摘要：本文记一个村子春天怎样清渠、放水和看水，并说明为什么要先远后近。",
        "村里的水渠清了又清，闸门换了又换……",
        f"摘要：{SECOND}",
        f"{FIRST}……",
    ],
)
def test_what_says_more_than_the_text_below_stays(own: str) -> None:
    assert own[:8] in text_of(f"{own}\n{BODY}").replace(":", "：").replace(",", "，")


def test_a_refrain_that_breaks_off_is_no_teaser() -> None:
    verses = "\n".join(f"渠水清清，{word}" for word in ("流过村口……", "流过田头……", "流过桥洞……", "一直流到秋天。"))
    assert text_of(verses).count("渠水清清") == 4


def test_a_list_whose_entries_are_described_alike_stays() -> None:
    entries = [
        f"{name}\n简介：青禾镇老手艺人纯手工制作\n价格：{price}元"
        for name, price in (("竹编提篮", 38), ("木雕笔筒", 56))
    ]
    assert text_of("\n".join(entries)).count("青禾镇老手艺人") == 2


def test_a_verse_that_breaks_off_and_comes_again_stays() -> None:
    verse = "想要问问你渠水清清流过村口流过田头流过桥洞一直流到哪里去了"
    assert text_of(f"{verse}……\n{verse}\n到底你会怎么想到底你会怎么想").count("想要问问你") == 2


def test_a_title_of_few_letters_or_a_short_beginning_shows_no_teaser() -> None:
    begun = f"{FIRST}今年雨水来得早，各组先"
    assert text_of(f"“看水记”\n摘要：“看水记”{begun}\n“看水记”\n{BODY}").count("今年雨水来得早") == 2
    assert text_of(f"看水日记\n摘要：看水日记{begun}\n看水日记\n{BODY}").count("今年雨水来得早") == 1
    short = "春耕前，村里把水渠清了一遍，又把坏了的闸门"
    assert text_of(f"看水日记\n摘要：看水日记{short}\n看水日记\n{BODY}").count("村里把水渠清了一遍") == 2
    assert text_of(f"看水日记\n摘要：看水日记{short}换成\n看水日记\n{BODY}").count("村里把水渠清了一遍") == 1


@pytest.mark.parametrize("label", ["摘要：", "描述：", "描述 ", "简介：", "导读 ", "提要"])
@pytest.mark.parametrize("between", ["关键词：清渠；看水", "一、经过"])
def test_a_text_may_begin_with_the_words_that_it_labels(label: str, between: str) -> None:
    own = f"{label}{FIRST[:-3]}"
    assert label.strip(" ：") in text_of(f"清渠的办法\n{own}\n{between}\n{BODY}")


@pytest.mark.parametrize("label", ["摘要：", "描述 "])
def test_an_abstract_stays_on_a_page_with_a_frame(label: str) -> None:
    page = f"首页 > 论文 > 正文\n登录 注册\n清渠的办法\n来源：青禾网 发布时间：2019-03-02\n{label}{FIRST[:-3]}\n{BODY}"
    assert label.strip(" ：") in text_of(page)


@pytest.mark.parametrize("first", [FIRST, f"{FIRST[:-1]}，下面说说怎样放水："])
def test_a_teaser_without_dots_goes_below_a_path(first: str) -> None:
    page = f"首页 > 见闻 > 正文\n登录 注册\n清渠的办法\n简介：{FIRST[:-3]}\n{first}\n{BODY}"
    assert text_of(page).split("\n") == [first, *BODY.split("\n")]


SAID = "又到开春，村里老少都上了渠，挖泥的挖泥，搬石的搬石，从早到晚没有人歇，大家说这是一年里最要紧的一件事，谁也不肯"


@pytest.mark.parametrize(
    ("lead", "is_cut"),
    [
        (f"导读：水渠边的春天与秧田{SAID}落后...", True),
        (f"导读：水渠边的春天与秧田{SAID}落后……", False),
        (f"导读：水渠边的春天与秧田{SAID}落后。", False),
        (f"摘要：水渠边的春天与秧田{SAID}落后...", False),
        (f"水渠边的春天与秧田{SAID}落后...", False),
        (f"导读：秧田边的春天与水渠{SAID}落后...", False),
        (f"导读：水渠{SAID}落后...", False),
        (f"导读：水渠边的春天与秧田{SAID[:20]}...", False),
        (f"简介：作者生在河边，{SAID}落后...", False),
    ],
)
def test_what_a_program_cut_off_goes_that_begins_with_the_title_below(lead: str, is_cut: bool) -> None:
    assert (SAID[:20] not in text_of(f"首页 > 农事 > 正文\n{lead}\n水渠边的春天与秧田\n{BODY}")) == is_cut


def test_what_a_program_cut_off_goes_that_begins_as_the_text_does_and_no_other() -> None:
    above = "首页 > 农事 > 正文\n水渠边的春天"
    assert text_of(f"{above}\n导读：{BODY[:12]}{SAID}落后...\n{BODY}") == BODY
    assert SAID in text_of(f"{above}\n导读：{SAID}落后...\n{BODY}")


@pytest.mark.parametrize("name", ["{}-图1", "{} 图2", "{} _图 3"])
def test_a_picture_named_by_the_title_goes(name: str) -> None:
    title, name = "水渠边的春天，你看过吗？", name.format("水渠边的春天，你看过吗？")
    document = clean(Page(body=f"{title}\n{FIRST}\n{name}\n{BODY}\n", kind="text"))
    assert (document.title, document.text.split("\n")) == (title, [FIRST, *BODY.split("\n")])


def test_the_caption_of_a_figure_stays() -> None:
    assert "渠口的闸门 图1" in text_of(f"水渠边的春天\n{FIRST}\n渠口的闸门 图1\n{SECOND}")


def test_a_word_that_stands_for_pictures_goes_where_a_text_is_around_it() -> None:
    lines = [FIRST, SECOND, BODY.split("\n")[-1]]
    assert text_of("\n".join(f"{line}\nImage" for line in lines)).split("\n") == lines
    assert text_of(f"{FIRST}\nImage\n{SECOND}").count("Image") == 1
    assert text_of("Image\nSound\nImage\nFilm\nImage\nText").count("Image") == 3

"""Lines that rules know and that are the text's own, for what stands beside them."""

import pytest

from cleaners.clean import clean
from cleaners.judging import writers_source
from cleaners.judging.own_lines import own_lines
from cleaners.judging.page_lines import PageLines
from cleaners.model import Page

PROSE = "春耕时节，村里先修渠，再备种，各家商量好轮流用水的次序，都记在本子上。"
STRINGS = "\n".join(f"显示{name}的水位和流量" for name in "东西南北上下左右内外前后")


TALK = "\n".join(f"问：{name}渠几时开闸？\n答：等{name}面的秧田平整好了再开。" for name in "东西南北上下")
TABLE = "\n".join(f"{name}渠\t{number}米\t石砌" for number, name in enumerate("东西南北上下左右内外" * 3))


def places(text: str) -> set[int]:
    sheet = PageLines.of(text)
    return own_lines(sheet, [place for place, line in enumerate(sheet.lines) if line.rules])


@pytest.mark.parametrize(
    ("text", "verses"),
    [
        ("登录\n渠边新柳绿，闸口水声长\n谁来问\n南坡种豆忙，北坞采茶香\n下载", {1, 2, 3}),
        (f"{PROSE}\n渠边新柳绿，闸口水声长\n{PROSE}", set()),
        ("渠边新柳绿，闸口水声长\n西风起，稻花香\n南坡种豆忙，北坞采茶香", {0, 1, 2}),
        ("夏粮归仓在即，各户忙翻晒\n南渠昨日开闸，下游不再等\n当前位置：首页 > 新闻 > 正文", set()),
        ("相关新闻\n夏粮归仓在即，各户忙翻晒\n南渠昨日开闸，下游不再等", set()),
        ("好书在手，万卷在心\n轻轻一点，随手可得", set()),
        ("万卷藏书尽在这里，资料任你取\n每天都有新内容，欢迎常来坐", set()),
        ("文章未完，点击下一页继续\n文章未完，点击下一页继续", set()),
    ],
)
def test_verses_one_below_the_other_are_the_text_s_own(text: str, verses: set[int]) -> None:
    assert places(text) == verses


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("李明 2021-03-04 10:20\n去修渠吗\n王芳 2021-03-04 10:21\n去\n李明 2021-03-04 10:25\n村口见", {0, 2, 4}),
        ("2020-03-11 10:46 开闸\n2020-03-11 10:50 水位一米\n2020-03-11 11:00 关闸", {0, 1, 2}),
        ("犁\n耙\n锄头\n分享\n镰刀\n扁担\n箩筐\n水车\n碾子\n磨盘\n风车\n石臼", {3}),
        ("文件\n编辑\n查看\n打印\n帮助\n关闭", {3, 5}),
        (f"设置 > 网络 > 代理\n{PROSE}", {0}),
        (f"青禾阁 > 水渠记 > 第2章 水渠边的见闻、人物与往事\n第2章 水渠边的见闻、人物与往事\n{PROSE}", set()),
        (f"会议时间：2023年3月5日\n会议地点：村委会\n{PROSE}", set()),
        ("https://www.example.cn/a\nwww.example.com", {0, 1}),
        (f"---\nid: qu7\ntags:\n- 水利\n---\n{PROSE}", {0, 1, 2, 3, 4, 5}),
        (f"+++\ntitle = 渠\n+++\n{PROSE}\n下载", {0, 1, 2, 3, 4}),
        (f"---\nlink: https://example.cn/qu\n---\n{PROSE}", {0, 1, 2}),
        (f"书名：水渠志\n作者：\n年份：清\n{PROSE}", {0, 1, 2}),
        (
            "注册\t註冊\n" + "\n".join(f"{a}\t{b}" for a, b in zip("网页渠东车门问", "網頁渠東車門問", strict=True)),
            set(range(8)),
        ),
        (f"{PROSE}\n(A)66 亩\n(B)77 亩\n(C)83 亩\n答案:B\nA、登录\nB、注册\nD、下载", {1, 2, 3}),
        ("A\nB\nC\nA.春\nB.夏\nC. 秋\nD.冬", {3, 4, 5, 6}),
        (f"{STRINGS}\n打印\n水渠清单尚未保存，要现在保存吗？", {12}),
        (f"{STRINGS}\n打印\n[复制链接]\n水渠清单尚未保存，要现在保存吗？", set()),
        (f"{STRINGS}\n打印\n水渠清单尚未保存，要现在保存吗？\n返回顶部", {12, 14}),
        (f"水渠：东渠\n更新日期：2021-03-04\n看守：老秋\n{PROSE}\n下载", {1}),
        (f"更新日期：2021-03-04\n看守：老秋\n{PROSE}", set()),
        (f"2021-03-04 修渠工作日志\n{PROSE}", {0}),
        (f"2021-03-04 阅读水志笔记\n{PROSE}", {0}),
        (f"{PROSE}\n2021.3.4初稿", {1}),
        (f"译于 2021-03-04\n{PROSE}", {0}),
        (f"1.认证\n2.下载\n3.排水\n{PROSE}", {1}),
        (f"2021-03-04王小山\n{PROSE}", set()),
        (f"{PROSE}\n相关资料：\n- 东渠水文记录\n- 西渠水文记录", {1, 2, 3}),
        (f"{PROSE}\n相关资料：\n东渠水文记录\n西渠水文记录", set()),
        ("犁\n耙\n锄头\n下一页\n上一页\n镰刀\n扁担\n箩筐开好以后，要先晒一天，再放进仓里。", {3, 4}),
        ("犁\n耙\n锄头\n下一页\n上一页\n箩筐开好以后，要先晒一天，再放进仓里。", set()),
    ],
    ids=[
        *(
            "talk",
            "log",
            "list",
            "words only",
            "path in a manual",
            "path to the title",
            "no rule knows it",
            "addresses",
        ),
        *(
            "front matter",
            "of another kind",
            "as a crawler writes it",
            "card of a book",
            "table",
            "choices",
            "letters of an index",
        ),
        *(
            "strings",
            "with a button",
            "one of them last",
            "record",
            "facts of a page",
            "log of a day",
            "notes of a day",
            "draft",
            "translated",
            "step",
            "author",
            "typed list",
            "list of a page",
            "two words of a short list",
            "words above only",
        ),
    ],
)
def test_neighbours_make_a_line_the_text_s_own(text: str, own: set[int]) -> None:
    assert places(text) == own
    if own:
        assert clean(Page(body=text, kind="text")).text == text


def test_paths_from_home_within_a_list_of_paths_are_its_own() -> None:
    home = ["首页 - 水文公报", "首页 - 每日水位", "首页 - 闸口预报"]
    levels = [f"水位图 - {name}渠" for name in "东西南北"]
    assert places("\n".join((*levels[:2], *home, *levels[2:]))) == {2, 3, 4}
    assert places("\n".join(home)) == set()
    assert places("\n".join(("首页 > 公报", *home, "水位说明", PROSE))) == set()
    assert places("\n".join((*home, "水位说明", PROSE))) == set()


def test_rows_of_a_table_may_leave_cells_out() -> None:
    rows = [f"水渠记{at}\t王小山\t{'村戏' * (at % 2)}\t20{at:02}" for at in range(9)]
    rows = [row.replace("\t\t", "\t") for row in rows]
    assert places("\n".join(rows)) == {*range(9)}
    assert places("\n".join((*rows[:4], "登录\t注册", *rows[4:]))) == {*range(10)}
    assert places("\n".join((PROSE, PROSE, PROSE, *rows))) == set()
    menu = ["首页\t水情\t公报", "登录\t注册", "东渠\t西渠", "关于我们\t版权声明\t网站地图"]
    assert places("\n".join(menu * 3)) == set()
    assert places("\n".join(rows[:7])) == set()
    assert places("\n".join(menu[1:3] * 4)) == {*range(8)}
    assert places("\n".join(line.replace("\t", "  ") for line in menu)) == set()


def test_words_of_a_page_around_a_list_of_strings_are_none_of_it() -> None:
    text = f"首页\n{STRINGS}\n打印\n{STRINGS}\n返回顶部"
    assert places(text) == {13}
    assert clean(Page(body=text, kind="text")).text == f"{STRINGS}\n打印\n{STRINGS}"


def test_a_subtitle_behind_dashes_is_the_text_s_own() -> None:
    page = f"首页 > 讲话\n水到田头\n2024-03-05 08:12 阅读：318\n——在全镇春耕动员会上\n{PROSE}"
    assert places(page) == {3}
    assert clean(Page(body=page, kind="text")).text == f"——在全镇春耕动员会上\n{PROSE}"
    assert places(f"——\n----\n{PROSE}") == set()


@pytest.mark.parametrize("said", ["河村网发布", "来源河村网", "河村人民政府", "点击次数三百"])
def test_a_day_and_who_published_a_page_then_are_no_title(said: str) -> None:
    document = clean(Page(body=f"2020-01-01 {said}\n碾坊记\n{PROSE}\n{PROSE}", kind="text"))
    assert (document.title, document.text) == ("碾坊记", f"{PROSE}\n{PROSE}")


def test_days_that_a_list_of_titles_left_are_no_log() -> None:
    days = [f"2025-11-1{day} 22:15:5{day}" for day in range(5)]
    assert places("\n".join((PROSE, *days))) == set()
    assert places(f"{days[0]}\n{PROSE}\n{days[1]}\n{PROSE}\n{days[2]}\n{PROSE}") == {0, 2, 4}


def test_a_list_of_words_has_several_names_with_values_or_none() -> None:
    assert places("编号：1234\n品名\n产地\n来源：县站\n数量\n等级\n日期") == {0}
    assert places("品名\n产地\n数量\n等级\n日期\n责任编辑：李小满") == set()


def test_a_form_is_the_text_s_own_however_wide_it_is_spread() -> None:
    assert places(f"时间   ：三月初五\n地点   ：村口老槐树下\n返回首页\n{PROSE}") == {0, 1}


def test_all_lines_of_a_writers_source_are_its_own_but_pictures() -> None:
    source = f"## 修渠\n下载\n- [x] 分水\n![渠](https://img.example.com/a.png)\n见[旧账](accounts.md)。\n{PROSE}"
    assert places(source) == {0, 1, 2, 4, 5}
    assert places(source.replace("## ", "").replace("(accounts.md)", "")) == set()


@pytest.mark.parametrize(
    "noted",
    [
        "> 引自村志，下同。\n> 渠长三里，宽五尺。\n> 水深二尺。",
        "- 修渠\n  - 清淤\n- 备种\n\t- 选种\n1. 轮水\n   * 上游",
        "- - 修渠\n-   - 清淤\n* * 备种",
        "<https://example.cn/a>\n<https://example.cn/b>\n<http://example.cn/c>",
        ">>> 渠 = 3\n>>> 渠 + 1\n>>> print(渠)",
        "[渠志]: https://example.cn/a\n[水志]: ./b.md\n[乡志]: /c.html",
        "== 修渠\n[source,console]\n(((渠)))",
        '#import "渠.typ": *\n#set text(size: 12pt)\n#show heading: it => it',
    ],
    ids=[
        "quotes",
        "lists within lists",
        "lists on one line with others",
        "addresses in brackets",
        "prompts",
        "addresses below",
        "AsciiDoc",
        "Typst",
    ],
)
def test_markdown_without_its_signs_is_a_writers_source_still(noted: str) -> None:
    text = f"下载\n{PROSE}\n{noted}\n首页"
    assert places(text) == set(range(len(text.split("\n"))))


@pytest.mark.parametrize(
    "timed",
    [
        "1\n00:00:00,466 --> 00:00:03,066\n开闸了\n2\n00:00:03,466 --> 00:00:06,233\n下载\n"
        "3\n00:00:07,000 --> 00:00:09,500\n再浇西畈",
        "[00:12.34]渠水清\n[00:15.02]渠水长\n下载\n[00:18.90]流过东畈到西庄",
        "Dialogue: 0,0:00:01.00,0:00:03.00,开闸\n下载\nDialogue: 0,0:00:06.00,收",
    ],
    ids=["subtitles", "a song", "subtitles with styles"],
)
def test_subtitles_and_songs_are_a_writers_source_where_no_page_shows_them(timed: str) -> None:
    assert places(timed) == set(range(len(timed.split("\n"))))
    assert places(f"首页\n登录\n注册\n渠边谣\n{timed}\n上一篇：修渠\n下一篇：备种\n相关推荐\n联系我们") == set()


@pytest.mark.parametrize("shown", ['#include "canal.h"', "= 3 + 5"])
def test_code_and_steps_of_a_sum_stand_on_pages_too(shown: str) -> None:
    assert places("\n".join(("下载", PROSE, shown, shown, shown, "首页"))) == set()


def test_nothing_of_a_writers_source_goes_for_the_noise_beside_it() -> None:
    text = f"# 修渠纪略\n![图](a.png)\n## 修渠纪略之一\n{PROSE}\n```\n开闸\n```\n- [ ] 清淤\n版权所有 水口网"
    cleaned = clean(Page(body=text, kind="text"))
    assert {edit.rule for edit in cleaned.edits if edit.rule.startswith("zone.")} == set()
    assert "清淤" in cleaned.text


def test_signs_of_a_quotation_between_its_paragraphs_are_the_writers() -> None:
    quoted = "> 渠水分三股，各村按人口分，这是老规矩。也有人说该按田亩分。\n> \n> 去年商量过一回，没有定下来。"
    assert list(writers_source.quotations(PageLines.of(quoted))) == [0, 1, 2]
    assert list(writers_source.quotations(PageLines.of("首页\n>\n渠务\n>\n正文"))) == []
    assert list(writers_source.quotations(PageLines.of("> 上一篇\n>\n下一篇\n> 更多"))) == []


DATA = """const words = {
  more: '阅读更多',
  tag: ['渠', '闸'],
  pager: {
    next: "下一页",
    last: "上一页",
  },
  // 关闭以前先问
  close: '关闭',
  login: `登录后查看`,
}"""


def test_a_file_of_data_has_no_page_around_it() -> None:
    assert clean(Page(body=DATA, kind="text")).text == DATA.replace("  ", "")
    assert set(writers_source.lines(PageLines.of(DATA))) == set(range(11))
    page = f"首页\n登录\n注册\n渠务的配置\n{DATA}\n上一篇：修渠\n下一篇：备种\n相关推荐"
    assert not set(writers_source.lines(PageLines.of(page)))
    assert not set(writers_source.lines(PageLines.of(DATA[:60])))


@pytest.mark.parametrize(
    "owned",
    [
        "Copyright (c) 2012 水口乡水利站",
        "Copyright (C), 2016-2018, 水口乡水利站",
        "# Copyright © 2012-2015 Li Ming <li@example.com>\nAll rights reserved.",
        "版权所有 (C) 2012 水口乡水利站\n保留所有权利。",
    ],
)
def test_whose_a_text_is_stands_above_it_and_is_no_title(owned: str) -> None:
    document = clean(Page(body=f"{owned}\n\n{PROSE}\n{PROSE}", kind="text"))
    assert (document.title, document.text) == (None, f"{owned}\n{PROSE}\n{PROSE}")
    parted = f"{owned}\n{PROSE}\n----------------\n{PROSE}"
    assert {0} <= places(parted), "a line of dashes below tells of no frame"


def test_below_a_page_and_in_a_title_the_same_words_are_what_they_are() -> None:
    page = f"首页 > 渠务 > 正文\n水口乡修渠纪略\n发布时间：2019-01-01 浏览：33\n{PROSE}\n版权所有 (C) 2012 水口网"
    assert clean(Page(body=page, kind="text")).text == PROSE
    assert places(f"© 2012 水口网\n首页\n登录\n水口乡修渠纪略\n{PROSE}\n上一篇：选种") == set()
    for owned in ("Copyright (C), 2015 稻香文库 版权所有", "COPYRIGHT (C) 2015 稻香网"):
        assert places(f"{owned}\n水口乡修渠纪略\n{PROSE}\n{PROSE}") == set()
    for title in ("版权所有者的渠务手册", "著作权所有（C）怎样写"):
        assert clean(Page(body=f"{title}\n{PROSE}\n{PROSE}", kind="text")).title == title


SCRIPT = """-- =====================
-- 锁定渠务表，不许改动
-- 创建日期：2025-10-12
-- =====================

BEGIN;

DROP POLICY IF EXISTS "canal_update" ON canals;

-- 保留：各村都可以读
COMMIT;
RAISE NOTICE '更多渠务见村志';
"""


def test_a_script_in_statements_and_comments_has_no_page_around_it_and_no_title() -> None:
    document = clean(Page(body=SCRIPT, kind="text"))
    assert document.title is None
    assert "创建日期" in document.text
    said = "\n".join(line for line in SCRIPT.split("\n") if line)
    page = f"首页\n登录\n注册\n下载\n渠务的脚本怎么写\n{said}\n上一篇：修渠\n下一篇：备种\n相关推荐"
    assert not writers_source.is_code(PageLines.of(page))
    listed = "\n".join(f"第{number}条 各村清理渠道;" for number in "一二三四五六七八九")
    assert not writers_source.is_code(PageLines.of(f"['渠规']\n{listed}"))


def test_a_menu_with_bullets_or_arrows_is_no_writers_source() -> None:
    assert places(f"> 首页\n> 下载\n> 登录\n> 关于我们\n{PROSE}") == set()
    assert places(f"  * 首页\n  * 下载\n  * 登录\n- 关于\n- 联系\n{PROSE}") == set()


def test_records_of_names_and_values_are_no_card_of_a_page() -> None:
    record = "旅店：水口客舍\n地址：水口乡文星路二号\n联系人：李明\n发布时间：2020-01-24"
    assert places(record) == set(range(4))
    assert clean(Page(body=f"{record}\n\n{record}", kind="text")).text.count("发布时间") == 2
    assert places(f"{record}\n{PROSE}") == set()
    assert places(f"{record}\n{PROSE}\n{record}") == set(range(9)), "records of the same names, with a remark"
    assert places("70411: 东闸\n70398: 南渠\n东闸: 石砌\n南渠: 土筑") == set(range(4)), "of which rules know no line"


def test_the_history_of_a_law_is_its_own_and_no_title() -> None:
    history = "1.中華民國七十年三月五日水口鄉字第 12 號令訂\n  定發布全文 9 條\n2.中華民國八十年一月八日令修\n  正發布"
    text = f"水利＞渠務目\n{history}\n第 1 條\n本規則依鄉約訂之。\n第 2 條\n用水以旗為號。"
    assert places(text) == {1, 2, 3, 4}
    document = clean(Page(body=text, kind="text", keep_script=True, keep_lines=True))
    assert "定發布全文 9 條\n2.中華民國八十年一月八日令修\n正發布" in document.text
    assert document.title is None
    assert places(f"2.2001年3月5日修渠\n{PROSE}") == set(), "a list begins with one"


@pytest.mark.parametrize("head", ["题目：《牧渠诗》", "篇名：牧渠诗", "标题：《牧渠诗》"])
def test_a_work_that_its_writer_heads_by_a_label_keeps_it_below_a_frame(head: str) -> None:
    verses = "骑牛远远过前村，短笛横吹隔渠闻。\n多少人家忙种豆，村头渠尾水相分。"
    document = clean(Page(body=f"首页\n登录\n下载\n{head}\n{verses}\n上一篇：修渠\n版权所有 水口网", kind="text"))
    assert (document.title, document.text) == ("牧渠诗", f"{head}\n{verses}")


@pytest.mark.parametrize(
    "page",
    [
        f"首页 > 渠务 > 正文\n题目：《牧渠诗》\n发布时间：2019-01-01 浏览：33\n{PROSE}",
        f"首页 > 渠务 > 正文\n标题：水口乡修渠纪略\n{PROSE}\n版权所有 水口网",
        f"首页 > 渠务 > 正文\n题目：修渠\n编号：2019\n{PROSE}\n版权所有 水口网",
    ],
    ids=["above facts", "as a board calls it", "a form"],
)
def test_what_a_page_labels_as_its_title_is_no_line_of_the_text(page: str) -> None:
    assert 1 not in places(page)


def test_a_byline_of_a_page_is_not_the_text_s_own() -> None:
    text = f"水渠边的夏天\n李明 2021-03-04 10:20\n{PROSE}\n上一篇：修渠记\n分享到微信 分享到微博"
    assert places(text) == set()
    document = clean(Page(body=text, kind="text"))
    assert document.text == PROSE


def test_a_text_of_one_form_is_given_back() -> None:
    text = "《水渠志》 李明著 12页\n《用水史》 王芳著 30页\n《管护录》 赵刚著 45页"
    assert clean(Page(body=text, kind="text")).text == text


def test_a_row_states_its_price_whichever_rule_takes_it() -> None:
    card = "资源ID:87762768\n资源大小:17.40KB\n全文页数:7页\n资源格式: DOCX        下载积分:15金币"
    document = clean(Page(body=f"水渠边的夏天.docx\n{card}\n快捷下载\n{PROSE}", kind="text"))
    assert document.metadata.price == "15金币"
    assert document.metadata.format == "DOCX"


def test_steps_behind_pointing_hands_stay() -> None:
    text = "👉第一步：打开手机微信，关注村里的公众号；\n👉第二步：填写姓名；\n👉第三步：核对后提交。"
    assert clean(Page(body=text, kind="text")).text == text


def test_marks_that_part_items() -> None:
    text = "乘船的办法\n轮渡\n|\n快艇\n|\n舢板\n|\n游泳\n以上任选一样，风大时停航。"
    assert clean(Page(body=text, kind="text")).text.count("|") == 3


@pytest.mark.parametrize(
    "mark",
    ["……（未完，全文共878字，当前仅显示351字，请阅读下面提示信息。收藏《水渠的故事》", "（剩余960字）"],
)
def test_the_word_before_a_mark_of_missing_text_is_the_texts(mark: str) -> None:
    frame = "相关文章\n记河口镇的桥\n......\n不存在或已删除\n注册  登陆\n客服微信号：qinghe0000"
    document = clean(
        Page(body=f"水渠的故事\n{PROSE}\n{PROSE}\n渡口的老何跟我说，新闸最怕的是{mark}\n{frame}", kind="text")
    )
    assert document.text.endswith("新闸最怕的是")
    assert document.truncated
    assert places(mark) == set()


@pytest.mark.parametrize("count", [5, 40, 400, 4000])
def test_marks_above_a_text_go_at_once_however_many_they_are(count: int) -> None:
    page = Page(body=">\n" * count + f"{PROSE}\n各家都说好。")
    assert clean(page).text == f"{PROSE}\n各家都说好。"


def test_front_matter_states_the_title_and_stays() -> None:
    text = f"---\nid: qu7\ntitle: 水渠边的春天\ndate: 2021-03-04\n---\n{PROSE}\n{PROSE}"
    document = clean(Page(body=text, kind="text"))
    assert (document.title, document.text) == ("水渠边的春天", text)


def test_a_card_of_an_office_is_not_the_text_s_own() -> None:
    day = "发布日期: 2019-01-23 实施日期: 2019-02-01"
    assert places(f"水渠管理办法\n{day}\n{PROSE}") == {1}
    assert places(f"索引号: 003/2019-1\n水渠管理办法\n{day}\n{PROSE}") == set()


def test_a_rule_of_dashes_and_marks_in_angles_prove_no_frame() -> None:
    text = f"《水渠志》\n青禾 李明著\n{'-' * 60}\n<篇名>序\n{PROSE}\n{PROSE}"
    document = clean(Page(body=text, kind="text"))
    assert "青禾 李明著" in document.text
    assert "<篇名>序" in document.text


def test_blocks_in_markup_that_a_writer_types_are_the_text_s_own() -> None:
    block = "<figure>\n<figcaption>图一：渠首</figcaption>\n</figure>\n<table>\n<tr>\n<td>闸门</td>\n</tr>"
    sheet = PageLines.of(f"{PROSE}\n{block}\n下载")
    assert own_lines(sheet, ()) == set(range(len(sheet.lines)))


NOTES = "# 渡口记事\n\n{PICTURE}\n\n## 器具\n\n- 竹篙两根\n- 麻绳三捆\n\n## 过河\n\n早班船五点半开，装的多是菜农和他们的担子。\n"


@pytest.mark.parametrize(
    ("picture", "stays"),
    [("![涨水那天的渡口](https://a.cn/1.png)", True), ("![图1](https://a.cn/1.png)", False)],
)
def test_the_heading_of_a_writer_s_source_stays_and_a_picture_of_which_it_says_something(
    picture: str, *, stays: bool
) -> None:
    document = clean(Page(body=NOTES.replace("{PICTURE}", picture), kind="text"))
    assert document.text.startswith("# 渡口记事\n")
    assert (picture in document.text) is stays
    assert clean(Page(body=document.text, kind="text")).text == document.text


def test_tags_that_a_writer_types_among_other_signs_are_a_part_of_the_source() -> None:
    head = '<p align="center">\n  <img width="400" src="渡口.png">\n</p>'
    source = f"# 渡口记事\n{head}\n\n## 器具\n- 竹篙两根<br>\n- 麻绳三捆\n\n### 过河\n{PROSE}"
    assert clean(Page(body=source, kind="text")).text.count("<") == 4
    bare = source.replace("#", "")
    assert "<" not in clean(Page(body=bare, kind="text")).text, "a text with tags that are left over"
    code = "\n".join(f'  gauge{number}: "先量<br/>后记",' for number in range(8))
    assert clean(Page(body=f"{{\n{code}\n}}", kind="text")).text.count("<br/>") == 8


def test_who_edited_a_poem_is_no_word_of_it() -> None:
    verses = "\n".join(["渠水清清", "流过村口", "流过田头", "流过桥洞", "一直流到秋天", "稻谷归仓", "水渠入梦"])
    assert clean(Page(body=f"{verses}\n责任编辑：王小福")).text == verses
    assert "作者：" in clean(Page(body="标题：\n作者：\n来源：\n" + verses.replace("渠", "曲"))).text.replace(":", "：")


def test_who_edited_a_list_of_long_lines_is_no_item_of_it() -> None:
    things = (
        "东渠的水车",
        "西渠的闸门",
        "北塘的竹筏",
        "南坡的梯田",
        "村口的石桥",
        "祠堂的铜钟",
        "晒场的木耙",
        "井台的辘轳",
    )
    listed = "\n".join(f"{thing}{year}年修好" for year in ("前", "去", "今") for thing in things)
    assert clean(Page(body=f"{listed}\n责任编辑：王小福")).text == listed
    assert clean(Page(body=f"{listed}\n下载")).text == f"{listed}\n下载"


SEEDS = "谷雨过后，各家把秧田整平，先远后近地放水，免得下游的田等得太久。"


@pytest.mark.parametrize(
    "last",
    [
        "读完此文，你的感受怎样？",
        "你看完这篇报道后心情如何？",
        "如上述内容存在暴力情节的，请同学们点击页面左边的按钮举报！",
        "以上内容含有低俗文字的，请点击页面左边的按钮举报！",
        "如若转载，请注明出处：老渠工手记",
        "提示 ✕\n关闭 ✕",
        "照片：村口.png\n图片：水车.png",
    ],
)
def test_what_a_text_asks_or_tells_its_readers_last_stays(last: str) -> None:
    text = clean(Page(body=f"谷雨\n{SEEDS}\n一直忙到立夏，大家才歇下来。\n{last}")).text
    assert text.replace("：", ":").replace("，", ",").endswith(last.replace("：", ":").replace("，", ","))


def test_the_question_of_a_site_above_its_faces_goes() -> None:
    page = f"谷雨\n{SEEDS}\n一直忙到立夏，大家才歇下来。\n您看完此新闻的感觉是？ 已有31人表态"
    assert clean(Page(body=page)).text.endswith("歇下来。")


def test_a_link_to_what_is_said_of_a_poem_stays_within_a_text() -> None:
    assert "《谷雨歌》鉴赏" in clean(Page(body=f"谷雨\n{SEEDS}\n《谷雨歌》鉴赏 >>\n一直忙到立夏，大家才歇下来。")).text


def test_rows_with_commas_between_as_many_cells_are_a_table() -> None:
    rows = [f"{number},{name}渠,下载,{number * 3}米" for number, name in enumerate("东西南北上下左右内外")]
    assert places("\n".join(rows)) == set(range(10))
    assert places("\n".join(row.removesuffix("米").replace(",下载", "") for row in rows)) == set()
    assert places("\n".join(row + ",下载" * (at % 2) for at, row in enumerate(rows))) == set()
    assert places("当前位置：首页 > 水利 > 正文\n" + "\n".join(rows)) == set(range(1, 11))


@pytest.mark.parametrize("rows", [TALK, TABLE], ids=["questions and answers", "a table"])
def test_a_page_s_lines_around_rows_are_none_of_them(rows: str) -> None:
    number = rows.count("\n") + 1
    assert places(f"当前位置：首页 > 水利 > 正文\n水渠一览\n{rows}\n上一篇：闸门") == set(range(2, number + 2))
    assert places(f"{TABLE}\n都已清淤") == set(range(31))
    assert places(f"海报\n{TABLE}\n返回") == set(range(32))


CARDS = "\n".join(f"桩号：{number}\n渠名：{name}支渠" for number, name in enumerate("东西南北上下左右内外"))


@pytest.mark.parametrize("rows", [TALK, f"{TABLE}\n{TABLE}", CARDS], ids=["questions and answers", "a table", "cards"])
@pytest.mark.parametrize("facts", ["填表单位：水口乡\n发布时间：2019-03-05 08:30", "责任编辑：李满仓"])
def test_what_is_stated_once_beside_rows_is_theirs(rows: str, facts: str) -> None:
    for page in (f"{rows}\n{facts}", f"{facts}\n{rows}"):
        assert clean(Page(body=page, kind="text")).text == page
    framed = clean(Page(body=f"当前位置：首页 > 水利 > 正文\n水渠一览\n{rows}\n{facts}\n上一篇：闸门", kind="text"))
    assert framed.text == f"{rows}\n{facts}"


@pytest.mark.parametrize("day", ["2019年5月3日 星期五 晴", "5月3日(周五)多云转小雨", "2019年5月3日 天气：阴有雨"])
def test_the_day_of_a_diary_stays_below_a_frame(day: str) -> None:
    frame = "当前位置：首页 > 日记\n水渠边的春天\n作者：本站 发布时间：2019-06-02 浏览：318次\n"
    assert clean(Page(body=f"{frame}{day}\n{PROSE}\n上一篇：闸门", kind="text")).text == f"{day}\n{PROSE}"


@pytest.mark.parametrize("day", ["2019年5月3日 星期五", "5月3日 晴 15~25℃", "今天是5月3日 星期五 晴", "2019年5月3日"])
def test_a_day_without_weather_or_with_warmth_is_no_diary_s(day: str) -> None:
    assert places(f"{day}\n{PROSE}") == set()


def test_a_day_with_its_weather_is_a_diary_s_above_prose_only() -> None:
    assert places("2019年5月3日 星期五 晴\n首页 下载") == set()


@pytest.mark.parametrize("below", ["首页 > 乡情 > 正文\n修渠的人", "修渠的人\n发布时间：2019-05-02 浏览：12"])
def test_the_day_above_a_page_s_path_or_facts_is_today(below: str) -> None:
    assert places(f"2019年5月3日 星期五 晴\n{PROSE}\n{below}\n{PROSE}") == set()
    assert places(f"2019年5月3日 星期五 晴\n修渠的人\n{PROSE}\n{PROSE}") == {0}


@pytest.mark.parametrize("licence", ["MIT\n", "渠志按木兰许可发布\n", "许可\nAGPL-3.0\n----\n"])
def test_whose_a_program_is_stays_below_the_name_of_its_licence(licence: str) -> None:
    text = f"{PROSE}\n{licence}Copyright (c) 2018-present shuikou"
    assert clean(Page(body=text, kind="text")).text == text
    framed = f"{PROSE}\n{licence.replace('MIT', '青禾网').replace('木兰', '青禾').replace('AGPL', 'A')}"
    assert clean(Page(body=f"{framed}Copyright (c) 2018-present shuikou", kind="text")).text != framed


@pytest.mark.parametrize(
    ("version", "day"),
    [("v3.0.15", "2025-06-27"), ("## 2.4.0 Qinghe", "*2018-05-28*"), ("1.40.0", "> 发布日期：2026-08-14")],
)
def test_the_version_of_a_program_and_its_day_head_its_changes(version: str, day: str) -> None:
    changes = "- 修好东渠的闸口\n- 水位改用新的尺子量"
    assert {0, 1} <= places(f"{version}\n{day}\n{changes}")
    assert not places(f"修渠小记\n{day}\n{changes}")
    assert not places(f"2023.04.05\n{day}\n{changes}")

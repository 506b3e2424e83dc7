"""Titles: which line, and without what sites hang on it."""

import pytest

from cleaners.clean import clean
from cleaners.judging import titles
from cleaners.judging.title_form import is_titular
from cleaners.model import Page
from cleaners.text.normalized import normalize, normalize_line

BODY = "同志们：\n今天我们开一个会，主要任务是把春耕生产的事安排下去，把责任压到人头上。"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("图书馆管理规定.docx", "图书馆管理规定"),
        ("图书馆管理规定docx.docx", "图书馆管理规定"),
        ("复习资料(共15页).doc", "复习资料"),
        ("培训课件PPT.ppt", "培训课件PPT"),
        ("893.图书管理系统论文.doc", "图书管理系统论文"),
        ("在全县大会上的讲话VIP免费", "在全县大会上的讲话"),
        ("图书馆管理规定-青禾文库", "图书馆管理规定"),
        ("图书馆管理规定.docx_青禾阁", "图书馆管理规定"),
        ("《北岭英雄谱》", "北岭英雄谱"),
        ("北府发〔2021〕7号《北岭县农村道路管理办法》", "北岭县农村道路管理办法"),
        ("第十二回 雪夜访友 (第2/3页)", "第十二回 雪夜访友"),
        ("第一篇：合作协议书", "合作协议书"),
        ("2023年工作要点", "2023年工作要点"),
        ("关于印发《值班办法》的通知", "关于印发《值班办法》的通知"),
        ("图书馆管理规定 下载公告", "图书馆管理规定"),
        ("图书馆管理规定 [打印本页]", "图书馆管理规定"),
        ("有趣的端午节-端午日记-四年级日记", "有趣的端午节"),
        ("小荷|青禾镇中心小学 李晓明《水渠边》", "水渠边"),
        ("图书馆管理规定 2019-05-30", "图书馆管理规定"),
        ("馆务会议纪要 (2019-05-30 09:15)", "馆务会议纪要 (2019-05-30 09:15)"),
        ("晨读札记【4:12】", "晨读札记【4:12】"),
        ("Notes on the Library Oct 15, 2012", "Notes on the Library Oct 15, 2012"),
        ("馆务会议纪要(2019-05-30)", "馆务会议纪要(2019-05-30)"),
        ("读经笔记(10:25)", "读经笔记(10:25)"),
        ("山中客话卷上#12", "山中客话卷上"),
        ("山中客话 P 77", "山中客话"),
        ("图书馆管理规定_范文大全", "图书馆管理规定"),
        ("图书馆管理规定 - 资料下载", "图书馆管理规定"),
        ("新书|新书上架那天，馆里来了三百人", "新书上架那天，馆里来了三百人"),
        ("## 图书馆管理规定", "图书馆管理规定"),
        ("#1 图书馆", "#1 图书馆"),
        ("青禾人物|那年，他回到了村里", "青禾人物|那年，他回到了村里"),
        ("书名：北岭水渠志", "北岭水渠志"),
        ("[Web前端] 水渠水位的展示", "水渠水位的展示"),
        ("一种闸门、水泵及控制方法与流程", "一种闸门、水泵及控制方法"),
        ("豆腐的制作方法", "豆腐的制作方法"),
        ("[原创] 水渠边的春天", "水渠边的春天"),
        ("[水渠边的春](#spring)", "[水渠边的春](#spring)"),
        ("[水渠]{.mark}的春天", "[水渠]{.mark}的春天"),
        ("【水渠边的春天】", "水渠边的春天"),
        ("**水渠边的春天**", "水渠边的春天"),
        ("**村水渠工作会议", "**村水渠工作会议"),
        ("◇ 水渠边的春天 ◇", "水渠边的春天"),
        ("水渠边的春天_600字", "水渠边的春天"),
        ("水渠边的春天 第3页", "水渠边的春天"),
        ("正文第三回 渡口灯影", "第三回 渡口灯影"),
        ("首发:~第12章 放水", "第12章 放水"),
        ("正文第三段的写法", "正文第三段的写法"),
        ("水渠边的春天(第2页)", "水渠边的春天"),
        ("水渠边的春天 水渠边的春天", "水渠边的春天"),
        ("水渠边的春天 - qinghe.com", "水渠边的春天"),
        ("篇一：水渠边的春天", "水渠边的春天"),
        ("Word下载方法", "Word下载方法"),
        ("防汛工作心得体会_心得体会", "防汛工作心得体会"),
        ("防汛工作_第二稿", "防汛工作_第二稿"),
        ("水渠怎样防渗才最省钱_农事_青禾窝", "水渠怎样防渗才最省钱"),
        ("水渠怎样防渗才最省钱_第二稿", "水渠怎样防渗才最省钱_第二稿"),
        ("水渠怎样防渗才最省钱(图文)-青禾城", "水渠怎样防渗才最省钱(图文)"),
        ("水渠怎样防渗才最省钱 - 青禾过河", "水渠怎样防渗才最省钱"),
        ("水渠怎样防渗才最省钱-一个老农的话", "水渠怎样防渗才最省钱-一个老农的话"),
        ("水利站春季防汛计划 -水利站工作计划", "水利站春季防汛计划"),
        ("水利站 -春季防汛计划", "水利站 -春季防汛计划"),
        ("盐水结冰时是零下 21°C", "盐水结冰时是零下 21°C"),
        ("热 心村医的一天", "热 心村医的一天"),
        ("原 荐 水渠边的春天", "水渠边的春天"),
        ("无题", None),
        ("", None),
    ],
)
def test_tidy(written: str, title: str | None) -> None:
    assert titles.tidy(written) == title


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"在全县大会上的讲话\n{BODY}", "在全县大会上的讲话"),
        (f"青禾文秘网\n在全县大会上的讲话\n2025-10-28 07:03:52\n{BODY}", "在全县大会上的讲话"),
        (f"协议书\n时间:2022-05-14 16:09:19 协议书 我要投稿\n软件协议书五篇\n软件协议书五篇\n{BODY}", "软件协议书五篇"),
        (
            f"《值班规定.docx》由会员分享，可在线阅读，更多相关《值班规定.docx（3页珍藏版）》请在青禾文库上搜索。\n{BODY}",
            "值班规定",
        ),
        (f"在全县大会上的讲话{BODY}", "在全县大会上的讲话"),
        (f"下面是小编为大家整理的在全县大会上讲话(完整),供大家参考。\n{BODY}", "在全县大会上讲话"),
        (f"春耕生产的几点体会.txt{BODY}", "春耕生产的几点体会"),
        (f"【春耕生产的几点体会】今天我们开一个会，主要任务是把事安排下去。\n{BODY}", "春耕生产的几点体会"),
        (f"【本报记者北岭一日电】今天我们开一个会，主要任务是把事安排下去。\n{BODY}", None),
        (
            f"第十二回 雪夜访友\n老人推开柴门，见桥头立着一个人。\n“这样大的雪，你怎么来了？”\n{BODY}",
            "第十二回 雪夜访友",
        ),
        (f"第一回 雪夜访友\n老人推开柴门，见桥头立着一个人。\n“这样大的雪，你怎么来了？”\n{BODY}", None),
        (f"第一章 雪夜访友 (第1页) (1/1)\n老人推开柴门，见桥头立着一个人。\n{BODY}", "第一章 雪夜访友"),
        (f"第二章 经费\n第八条 经费由各村自筹，专款专用，不得挪作他用。\n第三章 附则\n{BODY}", None),
        (f"2009年4月13日 星期一\n春耕的早晨\n{BODY}", "春耕的早晨"),
        (f"北岭农事交流网\n春耕的早晨，你起得来吗？\n{BODY[5:]}", "春耕的早晨，你起得来吗？"),
        (f"北岭农事交流网\n怎样办起来的\n{BODY[5:]}北岭农事交流网就这样办了起来。", "北岭农事交流网"),
        (f"好农友 haonong\n秧田和闸门\n村里的{BODY}闸门开了，秧田里有水了。\n老人看着秧田笑。", "秧田和闸门"),
        (
            f"好农友 haonong\n秧田和闸门\n村里的{BODY}好农友说闸门开了，秧田里有水了。\n老人看着秧田笑。",
            "好农友 haonong",
        ),
        (f"所属栏目:春耕 更新日期:2025-05-02 20:05:23\n春耕的早晨\n{BODY}", "春耕的早晨"),
        (f"参加者姓名:林小渠\n就读学校:青禾小学\n指导老师:山风\n春耕的早晨\n{BODY}", "春耕的早晨"),
        (f"【提纲】一、整地；二、选种；三、放水，各有分工。\n春耕的早晨\n{BODY}", "春耕的早晨"),
        (
            f"青禾社小编今天为大家推荐的春耕心得体会模板6篇,希望对您有帮助。\n春耕心得体会模板篇1\n{BODY}",
            "春耕心得体会模板6篇",
        ),
        (f"(荐)春耕合作社章程15篇\n{BODY}", "(荐)春耕合作社章程15篇"),
        (BODY, None),
        ("一、总体要求\n各地要抓好落实，把任务分解到岗到人，确保按时完成。", None),
        ("无题\n\n短短一句话。", None),
    ],
)
def test_the_page_s_title(page: str, title: str | None) -> None:
    assert clean(Page(body=page, kind="text")).title == title


def test_a_heading_of_a_collection_is_not_a_repeat() -> None:
    document = clean(Page(body=f"假期劳动体会\n假期劳动体会 篇1\n{BODY}", kind="text"))
    assert document.text.startswith("假期劳动体会 篇1")


@pytest.mark.parametrize(
    "above", ["下面是小编为大家整理的教案,希望对大家有所帮助。\n", "首页 > 教案\n", ""], ids=["lead", "frame", "bare"]
)
@pytest.mark.parametrize("heading", ["认识水渠大班教案1", "认识水渠大班教案 篇1", "认识水渠大班教案（篇一）"])
def test_the_heading_of_the_first_text_of_several_stays(above: str, heading: str) -> None:
    document = clean(Page(body=f"{above}{heading}\n{BODY}\n{BODY[::-1]}", kind="text"))
    assert document.title == "认识水渠大班教案"
    assert heading.replace("（", "(").replace("）", ")") in document.text.replace("（", "(").replace("）", ")")


def test_a_sentence_that_begins_with_the_title_stays_whole() -> None:
    document = clean(Page(body="公司接待工作制度\n公司接待工作制度是为了规范接待而定的，各部门都要遵守。", kind="text"))
    assert document.text.startswith("公司接待工作制度是为了")


def test_a_labelled_time_above_a_text_without_a_title_is_its_page_s() -> None:
    document = clean(Page(body=f"所属栏目:春耕 更新日期:2025-05-02 20:05:23\n{BODY}", kind="text"))
    assert (document.title, document.created, document.text) == (None, "2025-05-02T20:05:23", BODY)


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"初中散文：妈妈，我想对您说\n妈妈，我想对您说\n{BODY}", "妈妈,我想对您说"),
        (
            f"《在全县春耕工作会议上的讲话》{BODY[5:]}\n《在全县春耕工作会议上的讲话》{BODY[5:]}",
            "在全县春耕工作会议上的讲话",
        ),
        (f"党课讲稿:学习春耕经验打牢作风根基\n{BODY}", "党课讲稿:学习春耕经验打牢作风根基"),
        (
            f"“不想下田”,三岁孙女跟着爷爷插秧,回家后全家都笑了\n{BODY}",
            "“不想下田”,三岁孙女跟着爷爷插秧,回家后全家都笑了",
        ),
        ("sin(A+B) = sinAcosB+cosAsinB\nsin(A-B) = sinAcosB-cosAsinB\ncos(A+B) = cosAcosB-sinAsinB", None),
    ],
)
def test_titles_by_the_form_of_the_first_lines(page: str, title: str | None) -> None:
    found = clean(Page(body=page, kind="text")).title
    assert (found and found.replace("，", ",")) == title


def test_a_copy_of_a_title_goes_with_what_an_editor_hung_on_it() -> None:
    page = f"设为首页 收藏本站\n水渠防渗工程施工规范(完整版)\n水渠防渗工程施工规范(完整版)\n{BODY}\n上一篇：闸门\n下一篇：秧田"
    document = clean(Page(body=page, kind="text"))
    assert (document.title, document.text) == ("水渠防渗工程施工规范", BODY)


def test_what_somebody_says_is_no_headline() -> None:
    text = f"“你不想下田,三岁孙女跟着你插秧,回家后怎么说呢”\n{BODY}"
    document = clean(Page(body=text, kind="text"))
    assert (document.title, document.text) == (None, text)


def test_where_a_file_lies_is_no_title() -> None:
    assert not any(map(is_titular, (r"D:\渠务\记录\日志.txt", "docs/issues/settings-page.md", "/usr/share/doc/readme")))
    assert all(map(is_titular, ("渠务 2024/2025 年度计划", "TCP/IP 与水渠自动化", "关于放水的通知.docx")))


def test_when_a_law_was_passed_is_no_title() -> None:
    body = "首页 > 法规 > 正文\n2020年6月28日 北岭县第八届人民代表大会常务委员会第七次会议通过\n" + BODY
    assert clean(Page(body=body, kind="text")).title is None


@pytest.mark.parametrize(
    "line",
    [
        "青禾小学三年级二班 李晓",
        "分享 列印 推到Twitter 推到Facebook 推到Plurk",
        "学科: 语文 + 全册",
        "先清水渠再修闸门．",
        "v, --verbose 写出水渠水位",
        "canal_water:level_filter",
    ],
)
def test_a_line_of_another_kind_heads_no_text(line: str) -> None:
    assert clean(Page(body=f"{line}\n{BODY}", kind="text")).title is None


@pytest.mark.parametrize("sign", ["# ", "## 🎯 ", "== ", "==== ", "** "])
def test_the_sign_of_a_heading_is_no_part_of_the_title(sign: str) -> None:
    assert clean(Page(body=f"{sign}渠务的来历\n\n{BODY}", kind="text")).title == "渠务的来历"


def test_a_title_that_a_post_sets_in_brackets_costs_it_no_mark() -> None:
    text = "【村口的老槐树要移栽了】镇里昨天来人量了树围，说是修路要占这块地。老人们都舍不得，围着树站到天黑。"
    document = clean(Page(body=text, kind="text"))
    assert (document.title, document.text) == ("村口的老槐树要移栽了", text)


@pytest.mark.parametrize("title", ["借款合同-副本", "函数在区间(0,1]上的单调性", "https://和http://的区别"])
def test_what_looks_hung_on_or_broken_may_be_the_title(title: str) -> None:
    prose = "春耕时节，村里先修渠，再备种，各家商量好轮流用水的次序，都记在本子上。"
    found = clean(Page(body=f"首页 > 文章\n{title}\n发布时间：2019-01-01 浏览：33\n{prose}\n{prose}", kind="text"))
    assert found.title == title


@pytest.mark.parametrize(
    ("of_a_page", "title"),
    [
        ("被下载 296 次", "放水次数为何减少"),
        ("青禾网 10月14日报道", "10月14日报到须知"),
        ("【青禾报╱记者李明／即时报道】", "青禾报记者李明的一天"),
        ("下载青禾客户端", "下载量最大的客户端"),
        ("进入微信小程序", "微信小程序怎样进入"),
        ("“微信扫一扫”进入小程序刷题", "微信支付入门"),
        ("请输入搜索", "搜索引擎怎样输入"),
        ("+ 加入清单", "加入清单的农具"),
        ("发布时间 : 星期六 水渠边的春天开始阅读", "发布会的时间定在星期六"),
        ("引言:水渠志编纂的缘起和各卷的分工", "引言:放水为何要轮流"),
        ("前言:为什么要修一部村里人看得懂的水渠志", "前言:写在水渠志之前"),
        ("浏览次数:1,204 次", "社员代表会第4次"),
        ("发布人:北岭新闻", "发布人的三件事"),
        ("用户头像", "用户头像的来历"),
        ("2021年 第046篇", "2021年第3期水渠报上的事"),
        ("3月19日 星期六 天气 晴", "3月19日的水渠"),
        ("把事办好是我们的本分! 设为首页 | 加入收藏", "怎样把它设为首页"),
        ("播放 12 次", "渠务例会 第 7 次"),
        ("“微信扫一扫”进入“青禾题库”微信小程序刷题", "扫一扫打开的水渠小程序"),
        ("微信扫一扫关注我们", "微信扫一扫怎样关掉"),
        ("打开微信,扫一扫", "扫一扫背后的账"),
        ("搜 索 高级搜索", "馆藏目录的高级搜索"),
        ("请输入您的手机号码", "请输入法师进村记"),
        ("下载官方APP", "下载安装水情APP"),
        ("Posted on May 4, 2011 | Add comments", "How to Add comments"),
        ("影音│行动│Blog│理财", "影音与理财入门"),
        ("Home Archives Categories Tags About", "Home Assistant 入门"),
        ("您好,欢迎访问青禾文档", "欢迎来到水渠边"),
        ("欢迎来到青禾原创网", "欢迎访问青禾网的老社员"),
        ("手机浏览器扫描二维码访问", "怎样扫描二维码"),
        ("❶ 怎样写告知函", "怎样写告知函 ❶"),
        ("① 告知函样本", "告知函样本 ①"),
    ],
)
def test_a_button_a_counter_a_menu_is_no_title(of_a_page: str, title: str) -> None:
    assert not is_titular(normalize_line(normalize(of_a_page)))
    assert is_titular(normalize_line(normalize(title)))


def test_a_label_before_two_words_with_a_number_between_is_a_title() -> None:
    assert is_titular("北岭见闻:剪枝摇雪2022年记工分红")
    assert not is_titular("北岭编码:剪枝2022年")


@pytest.mark.parametrize(
    "title",
    ["②号渠清淤施工方案", "欢迎来到北岭论坛", "扫描二维码查看渠道水位系统", "{优秀}看水总结", "㈠标段清淤方案"],
)
def test_the_name_of_a_thing_is_a_title(title: str) -> None:
    assert is_titular(title)


@pytest.mark.parametrize(
    "line", ["您好,欢迎来到北岭论坛", "扫描二维码访问官网", '{"title": "看水总结"', "{count}条看水记录"]
)
def test_a_greeting_a_code_to_scan_a_string_of_a_program_is_no_title(line: str) -> None:
    assert not is_titular(line)


@pytest.mark.parametrize("number", ["(第6/9页)", "(2 / 5)", "(第2页)"])
def test_the_number_of_the_page_behind_the_first_line_shows_the_title(number: str) -> None:
    text = "(7)县里每天十四时报一次水情;\n(8)各组轮流看水。\n" + BODY
    document = clean(Page(body=f"防汛预案合集11篇{number}\n{text}", kind="text"))
    assert (document.title, document.text) == ("防汛预案合集11篇", text)


@pytest.mark.parametrize(
    "first",
    [
        "第二回看水正逢落雨",
        "第三章程草案由各组讨论",
        "抄写口诀(第3页)",
        "各户应到与实到人数(12/15)",
        "算出各渠水量,第一空填(1/2)",
        "今天清渠完成(5/10)",
        "背诵农谚三篇(1/3)",
        "防汛预案合集11篇(9/6)",
        "口算练习(3/5)",
    ],
)
@pytest.mark.parametrize("middle", ["", "春耕的安排说到了天黑，下游的几户还等着水用，大家都不肯先回家。\n"])
def test_a_score_a_task_a_verse_is_no_title(first: str, middle: str) -> None:
    below = f"风吹过水渠\n鸭子都上了岸\n谁家在喊孩子\n雨停了\n{middle}天亮再看"
    document = clean(Page(body=f"{first}\n{below}", kind="text"))
    assert first in document.text


def test_a_chapter_joined_to_its_name_is_the_title_where_pages_are_counted() -> None:
    document = clean(Page(body=f"第37章看水的人家(2 / 3)\n{BODY}\n水到了田头。", kind="text"))
    assert (document.title, document.text) == ("第37章看水的人家", f"{BODY}\n水到了田头。")


def test_a_chapter_s_head_that_stands_again_further_below_heads_two_of_its_kind() -> None:
    text = f"第二章 看水\n{BODY}\n第二章 看水\n水到了田头。"
    assert clean(Page(body=text, kind="text")).text == text


def test_a_line_that_stays_may_state_the_title_without_its_page() -> None:
    text = f"组长说要记下第二章(第2页)\n我没有记\n{BODY}"
    document = clean(Page(body=text, kind="text"))
    assert (document.title, document.text) == ("组长说要记下第二章", text)


def test_numbers_of_steps_behind_lines_show_no_title() -> None:
    text = "清一遍水渠(1/3)\n修好各处闸门(2/3)\n轮流放水(3/3)\n各组自己安排日子，哪天做完都行。"
    document = clean(Page(body=text, kind="text"))
    assert document.title is None
    assert document.text == text


def test_the_name_of_a_site_with_that_of_its_section() -> None:
    assert titles.is_site_name("青山农事网 田园笔谈")
    assert not titles.is_site_name("青山织网 村里的鱼从此多了起来")

"""The title and the facts of a page whose frame is known."""

import pytest

from cleaners.clean import clean
from cleaners.model import Page

BODY = (
    "春耕前，村里把水渠清了一遍，又把坏了的闸门换成新的，两台抽水机也修好了。\n"
    "今年雨水来得早，各组先把秧田整平，再按先远后近的次序放水，免得下游的田等得太久。\n"
    "晚上开会时，大家商定轮流看水，谁家有困难，邻居就帮一把，这样一直做到立夏。"
)


def title_of(page: str) -> str | None:
    return clean(Page(body=page, kind="text")).title


@pytest.mark.parametrize(
    "page",
    [
        f"设为首页 收藏本站\n青禾农事网\n水渠边的春天\n发布时间：2019-03-02 08:15:00 浏览次数：318\n{BODY}\n上一篇：闸门\n下一篇：秧田",
        f"设为首页 收藏本站\n当前位置：首页 > 农事 > 水渠边的春天\n水渠边的春天\n2019-03-02 08:15:00\n{BODY}\n上一篇：闸门\n下一篇：秧田",
    ],
)
def test_a_title_above_the_facts_of_its_page(page: str) -> None:
    document = clean(Page(body=page, kind="text"))
    assert document.title == "水渠边的春天"
    assert document.text.startswith("春耕前")


def test_a_label_in_the_text_is_not_the_title_that_the_page_shows() -> None:
    text = f"题目：《闸门》\n{BODY}"
    framed = f"当前位置：首页 > 农事\n水渠边的春天与秧田\n作者：本站 发布时间：2019-03-02 浏览：318次\n{text}"
    assert title_of(framed) == "水渠边的春天与秧田"
    assert title_of(f"设为首页 收藏本站\n2019-03-02 08:15:00\n{text}\n上一篇：闸门") == "闸门"


def test_a_site_s_name_is_no_title() -> None:
    page = f"<title>青禾文库</title><h1>水渠边的春天</h1><p>{'</p><p>'.join(BODY.splitlines())}</p>"
    assert clean(Page(body=page, kind="html")).title == "水渠边的春天"


def test_a_text_without_a_frame_keeps_its_lines() -> None:
    text = f"水渠，闸门\n{BODY}"
    document = clean(Page(body=text, kind="text"))
    assert f"{document.title or ''}\n{document.text}".strip() == text


def test_views_in_ten_thousands() -> None:
    page = f"水渠边的春天\n时间：2019-03-02 阅读：3.9万次\n{BODY}\n上一篇：闸门\n下一篇：秧田"
    assert clean(Page(body=page, kind="text")).metadata.views == 39_000


def test_facts_in_a_frame_that_the_markup_shows() -> None:
    body = "".join(f"<p>{line}</p>" for line in BODY.splitlines())
    page = (
        "<title>水渠边的春天_青禾农事网</title><div class=nav><a href=/>首页</a> <a href=/n>农事</a></div>"
        f"<h1>水渠边的春天</h1><div class=info>青禾网 发布于:2016-10-23 本文已影响511</div><div class=article>{body}</div>"
    )
    document = clean(Page(body=page, kind="html"))
    assert (document.title, document.created, document.metadata.views) == ("水渠边的春天", "2016-10-23", 511)


def test_a_path_and_a_label_below_state_the_title_where_no_line_does() -> None:
    path = "青禾网>健康热点>专家讲座>县域防汛需要多少物资\n"
    text = "防汛物资按人口准备,每万人备足救生衣两百件、编织袋三千条,汛前清点一次。\n"
    page = f"{path}{text * 3}相关阅读\n返回顶部\n版权所有 青禾网 京ICP备13000000号\n"
    assert clean(Page(body=page, kind="text")).title == "县域防汛需要多少物资"


def test_a_label_below_the_text_states_a_title_of_two_words() -> None:
    document = clean(Page(body=f"{BODY}\n本文标题：看水\n本文链接：https://www.example.org/1.html\n", kind="text"))
    assert (document.title, document.text) == ("看水", BODY)


def test_a_path_below_an_introduction_ends_with_the_line_that_is_the_title() -> None:
    page = f"{BODY}\n青禾网 > 农事 > 导航 > 水渠边的春天几篇\n水渠边的春天几篇\n2020-10-29\n{BODY}\n{FRAME[1]}"
    assert title_of(page) == "水渠边的春天几篇"


FRAME = "设为首页 收藏本站", "上一篇：闸门\n下一篇：秧田\n版权所有 青禾网 京ICP备13000000号"


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("水渠边的春天\n1.4k浏览 帮助14人\n在线咨询", "水渠边的春天"),
        ("《春天的话》", "春天的话"),
        ("第三十二集 水渠通了 第一章 春天的话\n青禾书库 老秋", "第三十二集 水渠通了 第一章 春天的话"),
        ("青禾股份:第五届社员会第六次会议决议公告2019-05-30", "青禾股份:第五届社员会第六次会议决议公告"),
        ("水渠清淤那天,男女老少都上了渠岸", "水渠清淤那天,男女老少都上了渠岸"),
        (
            "关于水渠用水若干问题的指导意见\n青禾县中级人民法院 青禾县劳动争议仲裁委员会",
            "关于水渠用水若干问题的指导意见",
        ),
    ],
)
def test_the_form_of_the_lines_above_the_text_shows_the_title(above: str, title: str | None) -> None:
    assert title_of(f"{FRAME[0]}\n{above}\n{BODY}\n{FRAME[1]}") == title


def test_lines_below_the_text_name_the_title() -> None:
    shown = BODY.replace("\n", "")
    assert title_of(f"{FRAME[0]}\n{shown}\n收藏《水渠边的春天》\n{FRAME[1]}") == "水渠边的春天"
    uploaded = "本文(水渠边的春天.docx)为本站会员(b****5)主动上传,青禾网仅提供信息存储空间,版权归原作者所有。"
    assert title_of(f"{FRAME[0]}\n{shown}\n{uploaded}\n{FRAME[1]}") == "水渠边的春天"


def test_a_name_that_a_longer_candidate_begins_with_is_not_repeated_by_it() -> None:
    page = f"{FRAME[0]}\n水渠用水制度范文\n时间:2022-04-03 11:40:41\n水渠用水制度\n{BODY}\n{FRAME[1]}"
    assert title_of(page) == "水渠用水制度范文"


def test_a_title_outside_the_container_of_a_page_that_only_names_its_site() -> None:
    body = "".join(f"<p>{line}</p>" for line in BODY.splitlines())
    head = "<div class=top><a href=/>首页 农事</a><div>水渠边的春天</div><p>发布时间:2016-10-23 浏览次数:97</p></div>"
    page = f"<title>资料下载 - 青禾大全</title>{head}<div class=article>{body}</div>"
    document = clean(Page(body=page, kind="html"))
    assert (document.title, document.created) == ("水渠边的春天", "2016-10-23")


def test_a_page_that_only_names_its_site_and_has_no_title_has_none() -> None:
    body = "".join(f"<p>{line}</p>" for line in BODY.splitlines())
    assert (
        clean(Page(body=f"<title> - 资料下载 - 青禾大全</title><div class=article>{body}</div>", kind="html")).title
        is None
    )


@pytest.mark.parametrize(
    ("above", "title"),
    [
        (
            "水渠用水制度\n时间:2022-04-03 11:40:41\n水渠用水制度范文集锦七篇\n水渠用水制度范文集锦七篇",
            "水渠用水制度范文集锦七篇",
        ),
        ("水渠用水制度\n时间:2022-04-03 11:40:41\n水渠用水制度(通用七篇)", "水渠用水制度"),
        ("水渠用水制度\n时间:2022-04-03 11:40:41\n水渠用水制度15篇[通用]", "水渠用水制度15篇[通用]"),
        ("农事百科\n安徽日报采访团来村里看水渠\n百科98256人已围观", "安徽日报采访团来村里看水渠"),
    ],
)
def test_a_title_with_the_number_of_its_texts_and_above_a_counter(above: str, title: str) -> None:
    assert title_of(f"{FRAME[0]}\n{above}\n{BODY}\n{FRAME[1]}") == title


def test_a_file_s_name_is_the_whole_title() -> None:
    captions = "\n".join(f"电视台联网方案探讨-青禾方正_第{page}页" for page in range(1, 4))
    assert (
        title_of(f"{captions}\n已阅读5页,还剩12页未读 继续免费阅读\n下载本文档\n{BODY}")
        == "电视台联网方案探讨-青禾方正"
    )


@pytest.mark.parametrize(
    "head",
    [
        "设为首页 收藏本站\n本站为读者免费提供各地农事资料，欢迎常来。\n电话请打到村委会，节假日不休息。\n水渠边的春天\n公告日期：2019-03-02",
        "设为首页 收藏本站\n当前位置：首页 > 农事 >\n水渠边的春天\n系统发布时间：2019-03-02 08:15\n今天小编给大家分享：春耕前清水渠\n春耕前清水渠",
    ],
    ids=["below sentences of the frame", "below a path and above facts"],
)
def test_facts_show_the_title_above_them(head: str) -> None:
    assert title_of(f"{head}\n{BODY}\n上一篇：闸门\n下一篇：秧田") == "水渠边的春天"


def test_a_day_of_a_member_is_not_the_page_s() -> None:
    page = f"找回密码\nQQ登录\n查看: 2510|回复: 1\n水渠边的春天\n[复制链接]\n积分\n38\n注册时间\n2010-2-9\n最后登录\n2019-1-16\n发表于 2012-5-5 04:33:46 | 只看该作者\n{BODY}"
    assert clean(Page(body=page, kind="text")).created == "2012-05-05T04:33:46"


def test_buttons_below_an_answer_go() -> None:
    page = f"水渠怎么清？\n{BODY}\n已赞过\n已踩过<\n评论\n收起\n你对这个回答的评价是？\n{BODY}"
    assert "评论" not in clean(Page(body=page, kind="text")).text


MENU = "\n".join(
    f"{name}\n{count}"
    for name, count in (("农事", 12), ("水利", 30), ("节气", 24), ("村史", 8), ("会议", 5), ("种子", 16))
)
FACTS = "发布时间：2019-03-02 08:15:00 浏览次数：318"


@pytest.mark.parametrize("above", ["水渠边的春天", "1.3. 水渠边", "水渠边的春天真好！"])
def test_a_byline_below_a_long_menu_shows_the_title_above_it(above: str) -> None:
    words = "首页\n关于本站\n全部分类\n水位什么时候看？\n闸门由谁来开？\n农具在哪里借？\n秧田怎么分？"
    page = f"设为首页 收藏本站\n{MENU}\n{words}\n{above}\n{FACTS}\n{BODY}\n上一篇：闸门\n下一篇：秧田"
    assert title_of(page) == above.replace("！", "!")


def test_a_path_that_ends_in_an_arrow_names_the_section() -> None:
    page = f"青禾网\n首页 > 感言 > 农事名言 >\n农事名言\n《水渠边》读后感600字\n{FACTS}\n{BODY}\n上一篇：闸门\n下一篇：秧田"
    assert title_of(page) == "《水渠边》读后感600字"


def test_a_section_between_the_path_that_leads_to_it_and_the_title_is_not_the_title() -> None:
    above = "青禾网 > 农事 > 水利 > 水渠志 >\n水渠志\n水渠边的春天\n来源:青禾网 作者:老秋 发表于:2012-12-17 13:42"
    assert title_of(f"{FRAME[0]}\n{above}\n{BODY}\n{FRAME[1]}") == "水渠边的春天"


def test_a_word_for_the_page_ends_the_path_behind_the_title_or_behind_a_section() -> None:
    title = "轮流看水,下游的田不再久等"
    above = f"青禾网> 农事> 水利> {title} > 正文\n{title}\n{title}"
    assert title_of(f"{above}\n{BODY}\n{FRAME[1]}") == title
    section = "青禾网> 农事> 水利要闻 > 正文\n水利要闻\n水渠边的春天\n发布时间:2019-03-02 08:15:00"
    assert title_of(f"{section}\n{BODY}\n{FRAME[1]}") == "水渠边的春天"


@pytest.mark.parametrize(
    "path", ["青禾中学 > 阅读 > 看渠的人", "青禾网 > 内容 > 散文 > 看渠的人", "青禾网/浏览/看渠的人"]
)
def test_a_word_for_the_page_within_a_path_is_a_section_s_name(path: str) -> None:
    assert title_of(f"{path}\n农家散文集锦\n看渠的人\n{BODY}\n上一篇：闸门\n下一篇：秧田") == "看渠的人"


def test_an_editor_s_word_shows_the_title_above_it() -> None:
    lead = "下面是小编为大家收集的水渠作文，欢迎大家借鉴与参考，希望对大家有所帮助。"
    page = f"0\n水渠边的作文(最新10篇)\n{lead}\n浏览\n4254\n作文\n620\n水渠边的那一课记得清楚\n全文共 1101 字\n+ 加入清单\n{BODY}"
    assert title_of(page) == "水渠边的作文(最新10篇)"


def test_a_chapter_next_above_the_text_is_found_though_the_frame_takes_it() -> None:
    page = f"登录注册\n56135200000025\n第25章 轮流看水\n{BODY}"
    document = clean(Page(body=page, kind="text"))
    assert (document.title, document.text) == ("第25章 轮流看水", BODY)


def test_a_chapter_whose_name_is_joined_to_its_number_stands_twice() -> None:
    name = "第110章看水的节日"
    page = f"{name} - 水渠人家 - 都市小说 - 青禾读书\n当前位置: 青禾读书 > 都市 > 水渠人家 >\n{name}\n{name}\n{BODY}"
    assert title_of(page) == name


def test_a_badge_before_the_title_that_an_editor_names() -> None:
    lead = "春耕时大家都会写到作文。下面是小编为大家整理的水渠边五年级作文4篇，希望对大家有所帮助。"
    title = "【热门】水渠边五年级作文4篇"
    parts = f"水渠边五年级作文 篇1\n{BODY}\n水渠边五年级作文 篇2\n{BODY}"
    assert title_of(f"作文中心五年级作文\n{title}\n本文已影响 2.79W人\n{lead}\n{title}\n{parts}") == title


def test_of_two_headlines_the_one_whose_words_the_prose_takes_up_is_the_title() -> None:
    above = "当前位置:首页 > 农事\n带全村去看了一场丰收\n轮流看水后下游的田等得不久\n发布时间:2019-03-02 08:15:00"
    assert title_of(f"{FRAME[0]}\n{above}\n{BODY}\n{FRAME[1]}") == "轮流看水后下游的田等得不久"


@pytest.mark.parametrize(
    "notice", ["“水渠”的意思由青禾网汉语词典提供，欢迎收藏本站。", "以上就是《水渠》的全部内容，欢迎收藏本站。"]
)
def test_a_short_line_is_the_title_where_the_frame_cites_it(notice: str) -> None:
    page = f"设为首页 收藏本站\n水渠\n词语解释\n{BODY}\n{notice}\n上一篇：闸门\n下一篇：秧田"
    assert title_of(page) == "水渠"


def test_what_an_editor_names_gives_way_to_more_above_the_facts() -> None:
    lead = "在日常生活中，大家都会写到总结。下面是小编为大家整理的春耕工作总结，供大家参考。"
    page = f"设为首页 收藏本站\n春耕工作总结范文\n{FACTS}\n{lead}\n{BODY}\n上一篇：闸门\n下一篇：秧田"
    assert title_of(page) == "春耕工作总结范文"


def test_the_piece_of_a_title_that_the_text_begins_with() -> None:
    page = f"全县春耕会议|青禾县春耕会议主持词\n{FACTS}\n青禾县春耕会议 主 持 词 同志们：今天开会。\n{BODY}\n上一篇：闸门\n下一篇：秧田"
    assert title_of(page) == "青禾县春耕会议主持词"


@pytest.mark.parametrize("names", ["李明远,王晓秋", "■李明远 王 晓 张大川", "李明远 (主治医师)"])
def test_names_are_no_title(names: str) -> None:
    assert title_of(f"设为首页 收藏本站\n{names}\n{BODY}\n上一篇：闸门\n下一篇：秧田") is None


def html(title: str, *lines: str, heading: str = "") -> str:
    said = "".join(f"<p>{line}</p>" for line in (*lines, *BODY.splitlines()))
    return f"<title>{title}</title>{f'<h1>{heading}</h1>' if heading else ''}{said}"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (html("春耕论文-水渠的设计 - 资料下载 - 青禾文库", "春耕论文-水渠的设计"), "春耕论文-水渠的设计"),
        (html("春耕主持稿15篇 - 资料下载 - 青禾文库", "春耕主持稿15篇", heading="春耕主持稿"), "春耕主持稿15篇"),
        (html("水渠 - 每日农事散文", heading="水渠"), "水渠"),
        (html("青禾资料网", "农事公司总部", heading="水渠边的春天"), "水渠边的春天"),
    ],
)
def test_what_of_a_title_element_a_line_says_is_the_title(page: str, title: str) -> None:
    assert clean(Page(body=page, kind="html")).title == title


def test_a_chapter_below_the_path_that_ends_with_it() -> None:
    page = f"书海网\n字:\n关灯 护眼\n书海网 > 水渠人家 > 第12章 开闸\n第12章 开闸\n{BODY}\n上一页 目录 下一章"
    assert title_of(page) == "第12章 开闸"


def test_steps_from_the_home_page_on_lines_of_their_own() -> None:
    document = clean(Page(body=f"1. 首页\n  2. 农事园地\n\n水渠边的春天(节选)\n\n{BODY}", kind="text"))
    assert document.title == "水渠边的春天(节选)"
    assert document.text.startswith("春耕前")
    menu = "1. 首页\n2. 产品中心\n3. 联系我们\n网站分三个栏目，首页放新闻和图片，产品中心放目录，联系我们放地址。"
    assert clean(Page(body=menu, kind="text")).text == menu


def test_a_short_title_that_a_label_of_the_frame_names() -> None:
    page = f"设为首页 收藏本站\n青禾少年网 > 征文 > 作品\n视频加载中... 作品题目:《开闸》\n作品类别:征文\n发布时间:2019-01-01 浏览:33\n年龄: 12岁\n所在国家:中国\n指导老师:王小满\n《开闸》\n{BODY}"
    assert title_of(page) == "开闸"


def test_the_sorts_of_a_post_are_not_its_title() -> None:
    page = f"设为首页 收藏本站\n论坛 搜索 登录 注册\n[转载][多图]介绍水渠边的几种水草，以及怎么认出它们!\n{BODY}\n返回列表 发帖"
    assert title_of(page) == "介绍水渠边的几种水草,以及怎么认出它们!"


def test_a_chapter_above_noise_goes_with_the_name_of_its_book() -> None:
    promo = "天才一秒记住【青禾书屋】地址：https://m.example.org"
    page = f"水渠人家\n第322章 开闸放水(1/1)\n{promo}\n首发：~第322章 开闸放水\n{BODY}"
    document = clean(Page(body=page, kind="text"))
    assert (document.title, document.text) == ("第322章 开闸放水", BODY)
    text = f"水渠人家\n第322章 开闸放水\n{BODY}"
    assert "第322章 开闸放水" in clean(Page(body=text, kind="text")).text


def test_a_chapter_below_its_book() -> None:
    document = clean(Page(body=f"书城文学水渠人家\n1414500000003\n\n第3章 开闸(2)\n\n{BODY}", kind="text"))
    assert document.title == "第3章 开闸(2)"
    assert document.text.startswith("春耕前")


def test_an_address_is_no_title() -> None:
    page = f"欢迎来到青禾知识网!\n水渠边的春天300字范文(精选5篇)\n农事 时间:2024-04-09\n【www.example.com--农事】\n第1篇: 水渠边的春天\n{BODY}"
    assert title_of(page) == "水渠边的春天300字范文(精选5篇)"


def test_the_page_of_a_text_that_an_engine_counts_is_not_its_title() -> None:
    assert title_of(f"水渠边的春天( 三 )\n\n{BODY}") == "水渠边的春天"
    assert title_of(f"水渠怎么清?( 三 )\n\n先清上游，再清下游。\n\n看水的人\n{BODY}") == "水渠怎么清?"


@pytest.mark.parametrize(
    ("line", "views", "uploader"),
    [
        ("2025-07-09 14:01:03 4次", 4, None),
        ("2020-10-29 18:49:57 48", None, None),
        ("随笔 青禾 11799℃ 28评论", 11799, "青禾"),
        ("时间: 合同 我要投稿", None, None),
    ],
)
def test_counters_and_authors_without_a_label(line: str, views: int | None, uploader: str | None) -> None:
    metadata = clean(Page(body=f"首页 > 农事 > 春耕\n水渠边的春天\n{line}\n{BODY}", kind="text")).metadata
    assert (metadata.views, metadata.uploader) == (views, uploader)


def test_a_counter_between_lines_that_each_name_something() -> None:
    lines = "\n".join(f"{name}:{line}" for line in BODY.splitlines() for name in ("故事背景", "道理"))
    page = f"水渠故事:给孩子的三个故事\n已有 5 阅读此文人 - - 故事\n推荐故事:闸门\n{lines}"
    document = clean(Page(body=page, kind="text"))
    assert "阅读此文人" not in document.text
    assert document.text.count("道理:") == 3


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("文档名称:水渠边的春天\n文档大小:30KB\n上传时间:2023-01-02", "水渠边的春天"),
        (
            "水渠边的春天和清渠的人以及看水的…\n2023-05-06 浏览:32次\n水渠边的春天和清渠的人以及看水的人们",
            "水渠边的春天和清渠的人以及看水的人们",
        ),
        (
            "与水同行,与渠同在 | 开展清渠活动暨《清清水渠,悠悠我心》讲座\n2023-09-27 10:25:59 王小满",
            "与水同行,与渠同在 | 开展清渠活动暨《清清水渠,悠悠我心》讲座",
        ),
        (
            "水渠边的春天:清渠的人在雨水以前 怎样修好抽水机缩略图\n水渠边的春天:清渠的人在雨水以前 怎样修好抽水机",
            "水渠边的春天:清渠的人在雨水以前 怎样修好抽水机",
        ),
        (
            "青禾镇水渠管理办法(试行)\n索引号 | 620702069/2023-00096 | 发文字号 | 号 |\n关键词 | 发布机构 | 青禾镇 | |\n"
            "公开形式 | 主动公开 | 责任部门 | |\n生成日期 | 2023-07-28 11:50:28 | 是否有效 | 是 |",
            "青禾镇水渠管理办法(试行)",
        ),
        (
            "基本信息\n文件名称:清渠放水方案.docx\n文件大小:23.97 KB\n总页数:10 页\n更新时间:2025-10-13\n"
            "总字数:约3.65千字\n文档摘要\n\n清渠放水方案",
            "清渠放水方案",
        ),
    ],
)
def test_what_hangs_on_a_title_and_what_repeats_it(head: str, title: str) -> None:
    document = clean(Page(body=f"{head}\n{BODY}", kind="text"))
    assert document.title == title
    assert document.text.startswith("春耕前")


def test_the_tags_of_an_editor_name_all_texts() -> None:
    page = f"【#范文# #防汛清渠心得(集锦7篇)#】关于写作方法,我有一些心得体会。以下是为大家整理的资料,供参考。\n防汛清渠心得(篇1)\n{BODY}\n防汛清渠心得(篇2)\n{BODY}"
    document = clean(Page(body=page, kind="text"))
    assert document.title == "防汛清渠心得(集锦7篇)"
    assert document.text.startswith("防汛清渠心得(篇1)")


def test_a_title_in_brackets_before_the_first_heading() -> None:
    assert title_of(f"【水渠边的春天和清渠的人】一、\n{BODY}") == "水渠边的春天和清渠的人"


def test_a_line_with_a_bracket_too_many_is_no_title() -> None:
    assert title_of(f"田野新闻联播]水渠频道\n\n民间故事\n\n水渠边的春天-民间故事\n{BODY}") == "水渠边的春天-民间故事"


MENU = "农事论坛\n水利栏目\n市场行情\n政策问答\n乡村图片\n种植技术\n养殖技术\n农机维修\n读者来信\n会员名录\n"
SHELF = (
    "热门文章\n清沟排水的几点体会，供大家参考，也请各位老把式多多指点\n育秧棚里的温度怎样控制，听老把式讲讲这些年的办法。各组先听，再照着做。\n"
    "友情链接\n青禾论坛\n山风书屋\n水边小站\n麦田日记\n果园札记\n登录\n注册\n搜索\n"
)


@pytest.mark.parametrize(
    "page",
    [
        f"{MENU}{SHELF}水渠边的春天怎样分段放水\n2019-03-02 08:15 by 青禾 2 Comments\n{BODY}\n网友山风\n2019-03-03 09:00:01\n说得很好，我们村也照这样做了一遍。",
        f"{MENU}{SHELF}水渠边的春天怎样分段放水\n山风\n2019-03-02 08:15:00\n{BODY}",
        f"{MENU}{SHELF}青禾网 > 农事 > 水利 > 水渠边的春天怎样分段放水\n上一篇\n字体大小\n水渠边的春天怎样分段放水\n{BODY}",
        f"{MENU}{SHELF}首页 农事 水利 水渠边的春天怎样分段放水\n水渠边的春天怎样分段放水\n供稿的人很多\n{BODY}",
        f"{MENU}{SHELF}青禾网 > 农事 > 水渠边的春天怎样分段放水\n山风在线\n水渠边的春天怎样分段放\n2019-03-02 08:15:00\n{BODY}",
        f"{MENU}{SHELF}水渠边的春天怎样分段放水\n水渠边的春天怎样分段放水\n各组先看一看\n{BODY}",
        f"{MENU}{SHELF}查看: 318|回复: 2\n[经验] 水渠边的春天怎样分段放水 [复制链接]\n山风\n{BODY}",
    ],
)
def test_a_title_below_a_long_menu_is_shown_by_what_stands_around_it(page: str) -> None:
    document = clean(Page(body=page, kind="text"))
    assert document.title == "水渠边的春天怎样分段放水"
    assert BODY.splitlines()[0] in document.text


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY}\n青山县水利站\n2019年3月2日\n{BODY}",
        f"{BODY}\n{BODY}\n水渠和闸门的后来\n2019-03-02 by 青禾\n{BODY}\n{BODY}",
        f"水渠\n闸门\n抽水机\n秧田\n水渠和闸门\n{BODY}",
    ],
)
def test_lines_above_days_in_a_text_are_not_the_title_of_a_page(text: str) -> None:
    titles = ("青山县水利站", "水渠和闸门的后来", "水渠和闸门")
    document = clean(Page(body=text, kind="text"))
    assert document.title not in titles
    assert f"{document.title or ''}\n{document.text}".count("\n") >= text.count("\n")


ROWS = [
    "入冬以后，社里的人每天清早去果园剪枝，把剪下来的枝条捆好，堆在仓库的墙边。",
    "剪完一行，记工的人便在小本上画一道，傍晚回来再把各行的数目加在一起，报给会计。",
    "腊月里下了两场雪，大家怕压断枝条，连夜打着手电去摇雪，第二天才知道一棵也没有断。",
]
ORCHARD = "\n".join(ROWS)
SHORT_MENU = "首页\n登录\n注册\n"
LONG_MENU = f"{SHORT_MENU}市场\n果品\n气象\n信贷\n农资\n粮油\n书店\n邮箱\n客服\n"
FOOT = "上一篇：摘果\n下一篇：施肥\n相关推荐"


def test_a_short_title_next_above_the_facts_is_not_the_line_above_it() -> None:
    assert title_of(f"{LONG_MENU}山坡散文集锦\n剪枝\n2022-12-05 作者：周远山\n{ORCHARD}\n{FOOT}") == "剪枝"


@pytest.mark.parametrize(
    "text",
    [
        f"果园一年里要做的几件事：\n剪枝→疏花→套袋→摘果入库前分级\n{ROWS[0]}\n1. 剪枝\n{ROWS[1]}\n摘果入库前分级\n{ROWS[2]}",
        f"{ROWS[0]}\n社员 > 小组 > 小组记工负责人\n{ROWS[1]}\n小组记工负责人\n{ROWS[2]}",
        f"北坡果园\n南片\n二组\n气温记录\n第四号百叶箱\n记录员周远山\n清早傍晚各看一次\n2022年12月5日 07:30\n{ORCHARD}",
        f'ORCHARD 8\nNAME(名称)\norchard - 记工命令\nSYNOPSIS(总览)\norchard\n"-sleep"\n|\n"-r retries"\n|\nfilename\n...\n'
        f"DESCRIPTION(描述)\n\norchard可以记一行,也可以记几行.如果记不成,它会等待一段时间再试.\n如果在所有树剪完之前\n"
        f"retries\n的次数已经满了,orchard会返回失败的信息并删除所有已经创建的2001/08/08记录.\n{ORCHARD}\n{ORCHARD}",
        f"朝代:现代\n作者:周远山\n原文:\n雪落果园静,灯照小路明。\n摇枝人未歇,天亮看新晴。\n译文与注解各条\n作者:佚名\n{ORCHARD}",
    ],
    ids=["arrows", "arrows_in_text", "record", "clause", "author"],
)
def test_a_line_inside_a_text_of_its_own_is_not_its_title(text: str) -> None:
    named = ("摘果入库前分级", "小组记工负责人", "清早傍晚各看一次", "如果在所有树剪完之前", "译文与注解各条")
    assert title_of(text) not in named


@pytest.mark.parametrize(
    "head",
    [
        "一棵也没有断",
        "雪落枝头人未歇\n灯照果园夜不眠\n枝条摇落满园雪\n天亮来看数不断\n赏析\n这首诗写雪落枝头、灯照果园，摇落枝条上的雪，天亮来看，果园里一夜不眠的人。",
    ],
)
def test_verses_and_pieces_of_sentences_below_a_menu_are_no_title(head: str) -> None:
    page = f"{LONG_MENU}{head}\n{ROWS[2]}\n{ROWS[0]}\n{FOOT}"
    assert title_of(page) is None
    assert head.split("\n")[0] in clean(Page(body=page, kind="text")).text


def test_a_heading_below_a_menu_is_shown_by_two_lines_of_the_prose() -> None:
    assert title_of(f"{LONG_MENU}果园剪枝记工的办法\n{ORCHARD}\n{FOOT}") == "果园剪枝记工的办法"


@pytest.mark.parametrize(
    "text",
    [
        f"{SHORT_MENU}九年级语文期末试题\n一、记叙文阅读\n剪枝与摇雪\n作者：周远山\n{ORCHARD}\n1.文中写了哪几件事？\n2.大家为什么去摇雪？\n{FOOT}",
        f"{SHORT_MENU}怎样汇总果园气温\n{ROWS[0]}\n打开记录文件 frost.csv\n2022-12-05 07:30:00,北坡,1.2\n{ROWS[1]}\n{ROWS[2]}\n{FOOT}",
        f"{SHORT_MENU}社区论坛转发帖子的方法\n{ROWS[0]}\n发帖标题右边的按钮 [复制链接]\n{ROWS[1]}\n{ROWS[2]}\n{FOOT}",
    ],
    ids=["section", "data", "button"],
)
def test_the_first_choice_does_not_give_way_to_a_line_inside_the_text(text: str) -> None:
    assert title_of(text) == text.split("\n")[3]


def test_the_last_verse_above_the_facts_is_not_the_title() -> None:
    verses = "雪落枝头白，灯照果园明\n摇枝人未歇，天亮看新晴\n归来烘湿袜，灶上水初鸣"
    document = clean(Page(body=f"{LONG_MENU}果园\n{verses}\n2022-12-05 作者：周远山\n{ORCHARD}\n{FOOT}", kind="text"))
    assert document.title != verses.split("\n")[-1]
    assert verses in document.text


def test_verses_that_the_path_cites_stay() -> None:
    verses = "雪落枝头人未歇\n灯照果园夜不眠的人们\n枝条摇落满园雪\n天亮来看数不断"
    document = clean(Page(body=f"首页 > 诗歌 > 新诗 > 灯照果园夜不眠的人们\n{verses}\n{FOOT}", kind="text"))
    assert document.text == verses


@pytest.mark.parametrize("line", ["果园互助组创建2022-12-05大会在仓库召开", "分类整理果子的日子是2022-12-05那一天"])
def test_a_sentence_with_a_word_of_the_frame_and_a_day_is_no_byline(line: str) -> None:
    assert title_of(f"{SHORT_MENU}{line}\n{ORCHARD}\n{FOOT}") == line


def test_a_label_with_a_day_is_a_byline() -> None:
    page = f"{LONG_MENU}果园剪枝的办法\n分类：林果 2022-12-05\n{ORCHARD}\n{FOOT}"
    document = clean(Page(body=page, kind="text"))
    assert (document.title, document.created) == ("果园剪枝的办法", "2022-12-05")


@pytest.mark.parametrize(
    "below",
    [
        f"1楼\n2022-12-05 作者：周远山\n{ORCHARD}",
        f"北岭县果园村仓库 315000\n2022-12-05 作者：周远山\n{ORCHARD}",
        f"{ORCHARD}\n热门帖子\n怎样给梨树套袋\n2022-12-05 作者：周远山\n怎样给桃树疏花\n2022-12-06 作者：周远山",
        f"{ORCHARD}\n{ORCHARD}\n果园社务委员们\n2022-12-05",
    ],
    ids=["floor", "postcode", "teasers", "signed"],
)
def test_what_stands_below_a_title_beside_days_is_not_it(below: str) -> None:
    assert title_of(f"{LONG_MENU}果园剪枝记工的办法\n{below}\n{FOOT}") == "果园剪枝记工的办法"


def test_two_clauses_above_the_prose_are_no_title() -> None:
    assert title_of(f"{LONG_MENU}剪枝记工,果园摇雪\n{ORCHARD}\n{FOOT}") is None


def test_a_heading_below_words_that_rules_know_is_the_title_though_nothing_goes() -> None:
    assert title_of(f"{LONG_MENU}剪枝记工与摇雪\n{ORCHARD}") == "剪枝记工与摇雪"


@pytest.mark.parametrize(
    "page",
    [
        f"青禾阁 > 北岭记 > 第2章 雨夜放水\n第2章 雨夜放水\n{BODY}",
        f"当前位置: 青禾读书 > 乡土 > 北岭记 >\n第2章雨夜放水\n第2章雨夜放水\n{BODY}",
        f"青禾文学网\n手机浏览器扫描二维码访问\n第2章 雨夜放水(第2页)\n{BODY}\n上一章 目录 下一章",
        f"青禾文学网\n北岭记\n第2章 雨夜放水(第2页)\n推荐阅读:老井 闸门\n{BODY}\n上一章 目录 下一章",
        f"青禾阁 > 北岭记\n第2章 雨夜放水(第1页) (1/1)\n{BODY}\n上一章 目录 下一章",
        f"北岭记\n第2章 雨夜放水(第1页)\n{BODY}\n上一章 目录 下一章",
    ],
)
def test_a_chapter_that_the_page_names_or_says_twice_is_the_title(page: str) -> None:
    document = clean(Page(body=page, kind="text"))
    assert (document.title or "").replace(" ", "") == "第2章雨夜放水"
    assert "春耕前" in document.text
    assert not document.text.startswith("第2章")


def test_a_title_that_says_twice_how_long_its_text_is_states_no_facts_of_the_page() -> None:
    page = f"春耕《水渠志》读后感600字(《水渠志》读后感600字作文)\n初读水渠志\n{BODY}\n再读水渠志\n{BODY}"
    document = clean(Page(body=page, kind="text"))
    assert document.title == "春耕《水渠志》读后感600字(《水渠志》读后感600字作文)"
    assert "初读水渠志" in document.text


CHAPTER = "“山坡上的雪还没有化呢。”周远山说着，把枝条一捆一捆背下坡来，堆在仓库的墙边。\n“化了才好剪，”老会计在小本上画了一道，抬头看看北坡，那里的灯还亮着，没有人睡。"


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (f"果园剪枝的通知 篇1\n2022-12-05\n来源:青山网\n{ORCHARD}", "果园剪枝的通知"),
        (
            f"青山小说网\n会员书架\n首页 > 乡村 > 北坡灯火 > 第29章 摇雪(二)\n第29章 摇雪(二)(1 / 2)\n章节目录 加入书签\n{CHAPTER}",
            "第29章 摇雪(二)",
        ),
        (
            f"北坡灯火\n坡下的老周\n首页 >> 北坡灯火 >> 北坡灯火最新章节(目录)\n北坡灯火 坡下的老周 - 北坡灯火全文阅读 - 北坡灯火txt下载 - 北坡灯火最新章节 - 好看的其他类型小说\n雪夜里的灯\n上一章目录下一章阅读记录\n{CHAPTER}",
            "雪夜里的灯",
        ),
        (
            f"青山书屋\n第322章 摇雪(第1页)\n天才一秒记住【青山书屋】地址:https://www.example.com\n{CHAPTER}",
            "第322章 摇雪",
        ),
        (
            f"农事知识\n果园里摇雪的次序\n青山快车官方整理\n2019-04-30 16:12\n人浏览\n果园里摇雪的次序\n关键词: 摇雪/次序\n{ORCHARD}",
            "果园里摇雪的次序",
        ),
    ],
    ids=["first", "path", "buttons", "book", "twice"],
)
def test_the_title_is_not_the_name_above_it(page: str, title: str) -> None:
    assert title_of(page) == title


def test_a_part_s_heading_is_no_title_beside_the_text_s_own() -> None:
    page = f"中小学教育资源及组卷应用平台\n《北坡》 教学设计\n【教学目标】\n{ORCHARD}"
    document = clean(Page(body=page, kind="text"))
    assert (document.title, document.text) == ("《北坡》 教学设计", f"【教学目标】\n{ORCHARD}")


MENU_OF_WORDS = "账号设置我的关注我的收藏申请的报道退出登录\n登录\n搜索\n果品\n气象\n农资\n粮油\n社区\n果园讲堂\n北坡研究院\n青山\n县城\n市场\n直播"


def test_a_menu_above_the_title_and_the_time_of_its_page_goes() -> None:
    page = f"{MENU_OF_WORDS}\n摇雪的人为什么一夜没有睡？\n坡下的老周·2022年12月5日 20:14\n{ORCHARD}\n{FOOT}"
    document = clean(Page(body=page, kind="text"))
    assert (document.title, document.text) == ("摇雪的人为什么一夜没有睡?", ORCHARD)


@pytest.mark.parametrize("above", ["果品\n气象\n农资", f"{MENU_OF_WORDS}\n这些都是社里的人要学的。"])
def test_lines_above_a_time_in_a_text_stay(above: str) -> None:
    page = f"{above}\n摇雪的人为什么一夜没有睡？\n坡下的老周·2022年12月5日 20:14\n{ORCHARD}"
    assert above in clean(Page(body=page, kind="text")).text


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("北坡的果园什么时候剪枝最好?老会计的三点说明_果园窝", "北坡的果园什么时候剪枝最好?老会计的三点说明"),
        ("果园里的雪怎么摇 摇雪的次序介绍-青山农网", "果园里的雪怎么摇 摇雪的次序介绍"),
    ],
)
def test_a_title_with_the_site_s_name_behind_it_is_the_window_s(line: str, title: str) -> None:
    assert title_of(f"{line}\n摇雪时,先摇坡顶的,再摇坡下的,\n北坡的果园每年都是这样剪枝的。\n{ORCHARD}") == title

"""What lines of a page's frame state: days, people and counters in the forms that sites write them in."""

import pytest

from cleaners.clean import clean
from cleaners.judging.frame_facts import is_byline, read
from cleaners.judging.page_lines import Line, PageLines
from cleaners.model import Page

STATED = [
    (
        "类别:随笔 发布时间:2017-05-11 09:46:29 浏览:10064 次 [返回]",
        {"published": "2017-5-11 09:46:29", "views": "10064"},
    ),
    (
        "文字作者:图片作者:稿件来源:青禾学院发布时间:2011-04-08浏览量:2785",
        {"source": "青禾学院", "published": "2011-4-8", "views": "2785"},
    ),
    ("更新时间:2020-04-03 点击次数:6248", {"published": "2020-4-3", "views": "6248"}),
    ("加入时间:2011-10-14 08:44:27 当前新闻点击率:4858", {"published": "2011-10-14 08:44:27", "views": "4858"}),
    ("0 评论 1577 浏览 2 收藏 32 分钟", {"views": "1577"}),
    ("点阅率:410", {"views": "410"}),
    ("阅读量501 收藏 5", {"views": "501"}),
    ("浏览:112 收藏 觉得不错,我要 赞赏", {"views": "112"}),
    ("本帖最后由 山风 于 2022-9-20 15:18 编辑", {"uploader": "山风", "published": "2022-9-20 15:18"}),
    ("泡在渠水里4个月前 (07-24)阅读数 4#综合", {"uploader": "泡在渠水里", "views": "4"}),
    ("1 # 山风8520", {"uploader": "山风8520"}),
    ("2023-12-29发布 2024-01-29实施", {}),
    ("休息站 山风 11799℃ 28评论", {"views": "11799", "uploader": "山风"}),
    ("675 浏览 1 回复", {"views": "675"}),
    ("文章作者 青禾 发表时间 2008:04:09 10:27:04", {"published": "2008-4-9 10:27:04"}),
    ("Posted on May 3rd, 2019 by admin", {"published": "2019-5-3"}),
    ("3 Sept 2021", {"published": "2021-9-3"}),
    ("2021 年 9 月 3 日", {"published": "2021-9-3"}),
    (
        "发布者:系统管理员发布时间:2015-04-18浏览次数:267",
        {"uploader": "系统管理员", "published": "2015-4-18", "views": "267"},
    ),
    ("山风| 楼主 | 2008-9-7 10:04 | 只看该作者", {"uploader": "山风", "published": "2008-9-7 10:04"}),
    ("管理员|青禾 发表于 2019-9-12 10:11:44 | 显示全部楼层", {"uploader": "青禾", "published": "2019-9-12 10:11:44"}),
    ("青禾 2022年3月19日", {"uploader": "青禾", "published": "2022-3-19"}),
    ("青禾 2022-07-13 发布于四川", {"uploader": "青禾", "published": "2022-7-13"}),
    ("作者 qinghe (山风)", {"uploader": "qinghe"}),
    ("2015-07-04 15:31:53 来源: 山风日报(山阳)", {"published": "2015-7-4 15:31:53", "source": "山风日报(山阳)"}),
    ("本文来源:青禾新闻 责任编辑:林一", {"source": "青禾新闻"}),
    ("(来源:青禾网)", {"source": "青禾网"}),
    ("转自《青禾学刊》", {"source": "青禾学刊"}),
    ("来源:网络", {}),
    ("来源:本站原创 作者:佚名", {}),
    ("图片来源:青禾图片", {}),
    ("编辑于 2015-04-09", {"published": "2015-4-9"}),
    ("发布了37 篇原创文章 · 获赞 29 · 访问量 5万+", {}),
    ("May 2019", {}),
    ("本刊 2019 年第 4 期", {}),
    ("10:20 阅读室", {}),
    ("发布时间:2012/5/22 9:51:53 | 信息来源:青禾日报", {"published": "2012-5-22 9:51:53", "source": "青禾日报"}),
    ("青禾网 发布于:2016-10-23 分类:农事", {"published": "2016-10-23"}),
    ("作者:林小渠 热度:1450 参与评论:0", {"uploader": "林小渠", "views": "1450"}),
    ("作者:佚名 阅读(205)", {"views": "205"}),
    ("已阅读5页,还剩8页未读", {}),
    ("版权所有 2012-2020 青禾网", {}),
    ("会议于2019年3月2日召开,到会三十人,商定轮流看水。", {}),
]


def line(text: str) -> Line:
    return PageLines.of(text).lines[0]


@pytest.mark.parametrize(("text", "stated"), STATED, ids=[text for text, _ in STATED])
def test_a_line_of_the_frame_states_its_facts(text: str, stated: dict[str, str]) -> None:
    facts = dict(read(line(text)))
    day, _, time = facts.get("published", "").partition(" ")
    if day:
        facts["published"] = " ".join(filter(None, ("-".join(str(int(part)) for part in day.split("-")), time)))
    assert facts == stated


def test_a_board_names_itself_above_its_author() -> None:
    """`作者 NAME (nick)` is a table's row on some boards: what stands above it is the board, not the title."""
    assert not is_byline(line("作者 qinghe (山风)"))
    assert is_byline(line("作者:青禾"))


def test_a_day_below_the_text_counts_where_none_above_says_when() -> None:
    text = "防汛物资按人口准备,每万人备足救生衣两百件、编织袋三千条,汛前清点一次。\n" * 3
    below = "本文于 2010-01-11 发表于青禾网\n上一篇：闸门\n下一篇：秧田 2010-01-12\n版权所有 青禾网"
    assert clean(Page(body=f"防汛物资\n{text}{below}", kind="text")).created == "2010-01-11"
    above = "防汛物资\n发布时间:2009-12-30 08:15:00\n"
    assert clean(Page(body=f"{above}{text}{below}", kind="text")).created == "2009-12-30T08:15:00"


def test_how_often_a_text_was_read_may_stand_below_it() -> None:
    text = "汛前把沙袋、铁锹和水泵清点一遍，放在闸房里。\n值班的人每天上堤两次，记下水位。\n"
    page = f"首页 > 防汛\n防汛物资\n来源：青禾网\n{text}675 浏览 1 回复\n上一篇：闸门\n下一篇：秧田\n版权所有 青禾网"
    assert clean(Page(body=page, kind="text")).metadata.views == 675


def test_facts_next_below_the_title_count_wherever_it_stands() -> None:
    body = "今年雨水来得早，各组先把秧田整平，再按先远后近的次序放水，免得下游的田等得太久。"
    menu = "\n".join(f"{word}什么时候看？" for word in ("水位", "闸门", "秧田", "农具", "种子"))
    page = f"设为首页 收藏本站\n农事\n12\n水利\n30\n{menu}\n水渠边的春天\n山风 2021-03-05 08:12:00 阅读：318\n{body}\n{body}\n上一篇：闸门"
    document = clean(Page(body=page, kind="text"))
    assert (document.title, document.created, document.metadata.views) == ("水渠边的春天", "2021-03-05T08:12:00", 318)


def test_the_day_on_which_a_member_came_dates_no_page() -> None:
    (line,) = PageLines.of("注册时间:2015-03-02 浏览:3399").lines
    assert read(line) == {"views": "3399"}

"""Facts of a file, from whichever block states them, and the number in its address."""

import pytest

from cleaners.clean import clean
from cleaners.judging import facts
from cleaners.model import Page

BODY = "同志们：\n今天我们开一个会，主要任务是把春耕生产的事安排下去，把责任压到人头上。"


@pytest.mark.parametrize(
    ("url", "doc_id"),
    [
        ("https://www.taowenge.com/p-24106453.html", "24106453"),
        ("http://www.bibiwenku.com//index/article/detail/detail_id/423168.html", "423168"),
        ("https://www.example.com/UserLookArticle.asp?ArticleID=f83efe322f32b177", "f83efe322f32b177"),
        ("http://bbs.example.com/thread-60969-1-1.html", "60969"),
        ("http://www.example.cn/info/1053/1124.html", "1053/1124"),
        ("http://www.example.cn/2011/0414/604467.shtml", "604467"),
        ("http://www.example.cn/article/a/b/200905/194979.html", "194979"),
        ("http://www.example.cn/fanwen/14321164145286_3.htm", "14321164145286"),
        ("https://example.com/doc/glvzyr48zn", "glvzyr48zn"),
        ("https://example.com/terms.html", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_the_address_gives_the_number(url: str | None, doc_id: str | None) -> None:
    assert facts.metadata({}, url).doc_id == doc_id


@pytest.mark.parametrize(
    ("stated", "date"),
    [
        ("2023/8/6 21:04:19", "2023-08-06T21:04:19"),
        ("2025-10-28", "2025-10-28"),
        ("2023年5月1日", "2023-05-01"),
        ("2023-13-01", None),
        ("昨天", None),
        (None, None),
    ],
)
def test_timestamp(stated: str | None, date: str | None) -> None:
    assert facts.published_time(stated) == date


def test_the_card_comes_before_the_share_sentence() -> None:
    page = (
        "值班规定.docx\n    • 资源ID:3992402       资源大小:446.50KB        全文页数:22页\n"
        "    • 资源格式: DOC        下载积分:8金币\n"
        "《值班规定.docx》由会员分享,可在线阅读,更多相关《值班规定.docx(11页珍藏版)》请在青禾文库上搜索。\n" + BODY
    )
    metadata = clean(Page(body=page, kind="text")).metadata
    assert (metadata.doc_id, metadata.size, metadata.pages) == ("3992402", "446.50KB", 22)
    assert (metadata.format, metadata.price) == ("DOC", "8金币")


def test_a_template_constant_is_no_view_count() -> None:
    document = clean(Page(body=f"在全县大会上的讲话\n\n2025-10-28 07:03:52 121\n{BODY}", kind="text"))
    assert document.created == "2025-10-28T07:03:52"
    assert document.metadata.views is None


def test_views_are_digits_the_page_labels() -> None:
    document = clean(Page(body=f"在全县大会上的讲话\n发布时间:2024-08-27 09:33:44 浏览次数:97\n{BODY}", kind="text"))
    assert document.metadata.views == 97


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://www.example.cn/2011/0414/604467.shtml", "2011-04-14"),
        ("http://www.example.cn/news/2019-05/12/content_1.htm", "2019-05-12"),
        ("http://www.example.cn/20190512/1.html", "2019-05-12"),
        ("http://www.example.cn/2019/05/1234.html", None),
        ("http://www.example.cn/20190512.html", None),
        ("http://www.example.cn/2019/1350/1.html", None),
        ("http://[broken", None),
        (None, None),
    ],
)
def test_the_folders_of_an_address_say_when_where_the_page_does_not(url: str | None, day: str | None) -> None:
    page = Page(body=f"在全县大会上的讲话\n\n{BODY}", kind="text", url=url)
    assert clean(page).created == day
    stated = f"在全县大会上的讲话\n发布时间:2024-08-27 09:33:44 浏览次数:97\n{BODY}"
    assert clean(Page(body=stated, kind="text", url=url)).created == "2024-08-27T09:33:44"

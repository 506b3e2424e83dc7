"""The verdict on missing text: what the page says comes before what the text shows, and the evidence is kept."""

import pytest

from cleaners.clean import clean
from cleaners.model import Document, Page

BODY = "各位代表，今年的工作有三个特点。\n一是底子清，二是路子对，三是步子稳，群众看在眼里、记在心上，也给我们提了不少实在的意见。"


def cleaned(tail: str, head: str = "") -> Document:
    return clean(Page(body=f"在全县大会上的讲话\n{head}\n{BODY}{tail}", kind="text"))


@pytest.mark.parametrize(
    ("head", "tail", "numbers"),
    [
        ("", "\n(未完,全文共2010字,当前显示249字)", {"total_chars": 2010, "shown_chars": 249}),
        ("", "\n仅展示327字,全文共616字", {"total_chars": 616, "shown_chars": 327}),
        ("", "\n本文共2000字，已显示800字", {"total_chars": 2000, "shown_chars": 800}),
        ("", "……（未完，全文共4603字，当前仅显示2325字，请阅读下面提示信息。收藏《讲话》", {"total_chars": 4603}),
        ("", "\n【文章共1471字，精选参考范文，仅供学习借鉴】", {"total_chars": 1471}),
        ("", "\n阅读全文\n(想阅读完全部图文内容，您需要先登陆！)", {}),
        ("", "\n（阅读全部图文内容，您需要先登录！）", {}),
        ("已阅读5页，还剩14页未读 继续免费阅读", "", {"pages_left": 14}),
        ("已閱讀5頁,還剩9頁未讀, 繼續免費閱讀", "", {"pages_left": 9}),
        ("免费预览已结束，剩余1页可下载查看", "", {"pages_left": 1}),
        ("亲，该文档总共13页，到这儿已超出免费预览范围，如果喜欢就下载吧！", "", {}),
    ],
)
def test_a_mark_says_that_text_is_missing(head: str, tail: str, numbers: dict[str, int]) -> None:
    document = cleaned(tail, head)
    assert document.truncated is True
    assert document.truncation.where == "end"
    assert document.truncation.evidence
    assert {name: getattr(document.truncation, name) for name in numbers} == numbers
    assert document.text == BODY


def test_a_gap_in_the_middle_is_told_with_its_length() -> None:
    gap = "……（青禾秘网http://www.example.cn省略828字，正式会员可完整阅读）……\n后面的话接着说，大家都要把手上的事办好。"
    document = cleaned(gap)
    assert document.truncated is True
    assert document.truncation.where == "middle"
    assert document.truncation.omitted_chars == (828,)
    assert "828" not in document.text
    assert document.text.endswith("办好。")


def test_all_previewed_means_whole() -> None:
    document = cleaned("", "亲，该文档总共11页，全部预览完了，如果喜欢就下载吧！")
    assert document.truncated is False
    assert document.metadata.pages == 11


@pytest.mark.parametrize(
    "end", ["我们还要继续把水利工程这件大事抓紧抓好抓出成效让群众", "主要做法如下：一是抓责任，二是抓"]
)
def test_a_text_that_stops_in_mid_sentence_is_cut(end: str) -> None:
    document = cleaned("\n" + end)
    assert document.truncated is True
    assert end[-10:] in (document.truncation.evidence or "")


@pytest.mark.parametrize(
    "end", ["谢谢大家！", "2023年5月1日", "特此通知", "青禾县人民政府办公室", "附件：值班表", "（完）", "联系人：李明"]
)
def test_a_text_that_ends_as_documents_end_is_whole(end: str) -> None:
    assert cleaned("\n" + end).truncated is False


@pytest.mark.parametrize(
    "mark",
    [
        "试读章节已读完，订阅后继续",
        "余下五成内容，充值后可看",
        "——到此为试读部分——",
        "注册用户可查看后面的 12 页",
        "其余部分请翻页",
        "您的免费阅读次数已用完",
        "全文请购买，单篇两元",
        "本文未完，扫码看完整版",
        "（以下正文略，完整文档请下载）",
        "因篇幅较长，仅提供部分内容，请下载",
    ],
)
def test_a_mark_in_any_words_says_that_text_is_missing(mark: str) -> None:
    document = cleaned(f"\n{mark}")
    assert (document.truncated, document.text) == (True, BODY)


@pytest.mark.parametrize(
    "end",
    [
        "剩余的水泥由村里保管，用多少都记在本子上。",
        "请各村下载附件，查看完整的名单。",
        "登录县里的系统以后，就能看到自己村的数字。",
        "会员大会审议了全部议案。",
        "预览照片以后再打印。",
        "只看到了其中一部分账目。",
        "全文共三章，前两章讲修渠。",
    ],
)
def test_a_last_line_with_some_of_these_words_stays(end: str) -> None:
    document = cleaned(f"\n{end}")
    assert (document.truncated, document.text) == (False, f"{BODY}\n{end}")


@pytest.mark.parametrize(
    "sentence",
    ["登录后可查看全部办件的进度。", "此处省略500字的细节描写。", "全文共4603字。", "请先登录系统，再点击左侧菜单。"],
)
def test_a_phrase_in_the_text_cuts_nothing(sentence: str) -> None:
    document = clean(Page(body=f"{BODY}\n{sentence}\n{BODY}", kind="text"))
    assert document.truncated is False
    assert sentence in document.text


def test_a_missing_part_is_told() -> None:
    page = Page(body=BODY, kind="text", parts=(Page(body="第二页接着讲，大家要记牢。", kind="text"),), missing_parts=2)
    document = clean(page)
    assert document.truncated is True
    assert "2 later parts" in (document.truncation.evidence or "")


def test_no_text_has_no_verdict() -> None:
    document = clean(Page(body="请先登录\n返回", kind="text"))
    assert document.truncated is None
    assert document.flags == ("block_page:login", "no_text")

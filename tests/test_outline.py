"""The outline that a page prints above the text goes to its own field; a document's own contents stay."""

import pytest

from cleaners.clean import clean
from cleaners.judging import outline
from cleaners.model import Page

BODY = (
    "今天的座谈会放在渔港边上开，就是想听一听船老大们的话。\n一、把船修好\n休渔期只有三个月，机器要拆开来保养，缆绳要换新的。\n"
    "二、把网织密\n网眼的大小要按规定来，小鱼要放回海里去。\n三、把路走远\n冷藏车要开进渔港，鱼上岸两个小时就上路。"
)
ENTRIES = "一、把船修好\n二、把网织密\n三、把路走远\n"


@pytest.mark.parametrize(
    "head",
    [
        *("提纲：\n", "提纲\n", "目录/提纲:……\n", "目录／提纲：\n", "【讲话提纲】\n", "（提纲）\n", "[提纲]\n"),
        *("本文目录\n", "文章目录：\n", "内容提要：\n", "汇报提纲如下：\n", ""),
    ],
)
def test_an_outline_leaves_the_text(head: str) -> None:
    document = clean(Page(body=f"{head}{ENTRIES}{BODY}", kind="text"))
    assert document.text == BODY
    assert document.metadata.outline == ("一、把船修好", "二、把网织密", "三、把路走远")
    assert "outline.list" in {edit.rule for edit in document.edits}


@pytest.mark.parametrize(
    "entries",
    [
        "把船修好\n把网织密\n把路走远\n",
        "• 把船修好\n• 把网织密\n• 把路走远\n",
        "1.把船修好\n2.把网织密\n3.把路走远\n",
        "（一）把船修好\n（二）把网织密\n（三）把路走远\n",
    ],
    ids=["no numbers", "bullets", "other numbers", "brackets"],
)
@pytest.mark.parametrize("head", ["提纲：\n", "提纲:\n……\n"])
def test_the_entries_may_be_numbered_otherwise(head: str, entries: str) -> None:
    document = clean(Page(body=f"{head}{entries}{BODY}", kind="text"))
    assert document.text == BODY
    assert len(document.metadata.outline) == 3


@pytest.mark.parametrize("joint", [" ", "；"])
def test_an_outline_on_one_line(joint: str) -> None:
    document = clean(Page(body=f"提纲：{joint.join(ENTRIES.split())}\n{BODY}", kind="text"))
    assert (document.text, document.metadata.outline) == (BODY, tuple(ENTRIES.split()))


def test_half_width_marks() -> None:
    body = BODY.replace("把船修好", "把船修好，出海放心")
    entries = ENTRIES.replace("把船修好", "把船修好,出海放心")
    assert clean(Page(body=f"提纲:\n{entries}{body}", kind="text")).text == body


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "提纲：\n把船修好\n这份提纲供各村讨论用，正文另发。\n把网织密",
        "目录\n第一章 总则\n第二章 船只\n第三章 附则\n第一章 总则\n第一条 为了管好船只，制定本规则。\n第二章 船只\n第三章 附则",
        "目录\n一、船只……1\n二、渔网……4\n一、船只\n船只要登记。\n二、渔网\n渔网要检查。",
        "提纲：\n一、船只\n二、渔网\n这份提纲供各村讨论用，正文另发。",
        "一、船只要登记。\n二、渔网要检查。\n三、渔民要培训。",
        "①小船先出海，大船后回港\n②小船靠岸时，潮水正在退\n③大船靠岸时，潮水正在涨\n解析：②小船靠岸时，潮水正在退，③大船靠岸时，潮水正在涨，所以选二和三。",
    ],
    ids=["none", "notes", "chapters", "page numbers", "only an outline", "a list", "choices taken up in the answer"],
)
def test_what_is_no_outline(text: str) -> None:
    assert outline.find(text, None) is None


@pytest.mark.parametrize("head", ["目录\n", "【目录】\n", "目录：\n"])
def test_contents_that_a_document_heads_so_stay(head: str) -> None:
    assert outline.find(f"{head}{ENTRIES}{BODY}", None) is None

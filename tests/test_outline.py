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


@pytest.mark.parametrize("head", ["提纲：\n", "目录/提纲:……\n", "【讲话提纲】\n", "本文目录\n", ""])
def test_an_outline_leaves_the_text(head: str) -> None:
    document = clean(Page(body=f"{head}{ENTRIES}{BODY}", kind="text"))
    assert document.text == BODY
    assert document.metadata.outline == ("一、把船修好", "二、把网织密", "三、把路走远")
    assert "outline.list" in {edit.rule for edit in document.edits}


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "目录\n第一章 总则\n第二章 船只\n第三章 附则\n第一章 总则\n第一条 为了管好船只，制定本规则。\n第二章 船只\n第三章 附则",
        "目录\n一、船只……1\n二、渔网……4\n一、船只\n船只要登记。\n二、渔网\n渔网要检查。",
        "提纲：\n一、船只\n二、渔网\n这份提纲供各村讨论用，正文另发。",
        "一、船只要登记。\n二、渔网要检查。\n三、渔民要培训。",
        "①小船先出海，大船后回港\n②小船靠岸时，潮水正在退\n③大船靠岸时，潮水正在涨\n解析：②小船靠岸时，潮水正在退，③大船靠岸时，潮水正在涨，所以选二和三。",
    ],
    ids=["none", "chapters", "page numbers", "only an outline", "a list", "choices taken up in the answer"],
)
def test_what_is_no_outline(text: str) -> None:
    assert outline.find(text, None) is None

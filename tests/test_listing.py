"""Pages that lead to documents and hold none: they keep their text and are flagged."""

from __future__ import annotations

import pytest

from cleaners.clean import clean
from cleaners.model import Page

FLAG = "listing"
MENU = "<ul class=menu><li><a href=/>首页</a><li><a href=/all>归档</a></ul>"
NAMES = [
    "春天的水轮",
    "老樟木的选材",
    "桐油的熬法",
    "碾米的手艺",
    "河边的旧事",
    "石磨与石臼",
    "水渠的来历",
    "谷仓的门锁",
]
LEAD = "村里人把谷子挑来，排着队等，孩子们围着水轮看。"
TEXT = [LEAD, "河边的老碾坊停了二十年，今年春天又转了起来。水轮是新做的，刷了三遍桐油，老人们看了都说好。"]


def is_listing(body: str) -> bool:
    page = f"<!DOCTYPE html><html><head><title>碾坊杂记</title></head><body>{MENU}{body}</body></html>"
    return FLAG in clean(Page(body=page, kind="html")).flags


def entries(form: str) -> str:
    return "<div class=main>" + "".join(form.format(name, LEAD) for name in NAMES) + "</div>"


@pytest.mark.parametrize(
    "form",
    [
        "<article><h2><a href='/{0}'>{0}</a></h2><p>2020-05-01</p><p>{1}</p></article>",
        "<article><p><a href='/{0}'>{0}</a></p><p>{1}</p></article>",
        "<div class=card><h3><a href='/{0}'>{0}</a></h3><p>{1}</p><p><a href='/{0}'>阅读全文</a></p></div>",
        "<div class=hit><a href='/{0}'>{0}怎么做，哪里有卖</a><p>{1}</p></div>",
        "<p><a href='/{0}'>{0}</a></p>",
    ],
)
def test_entries_of_one_shape_are_a_listing(form: str) -> None:
    assert is_listing(entries(form))


def test_whole_texts_under_titles_that_lead_on_are_a_listing() -> None:
    form = "<article><h2><a href='/{0}'>{0}</a></h2><p>{1}</p></article>"
    assert is_listing("".join(form.format(name, "".join(TEXT) * 3) for name in NAMES[:3]))


def test_what_a_site_says_of_itself_below_the_entries_is_no_document() -> None:
    about = f"<div class=box><h3>关于碾坊</h3><p>{TEXT[1]}</p></div>"
    form = "<article><h2><a href='/{0}'>{0}</a></h2><p>{1}</p></article>"
    assert is_listing(entries(form) + about)
    assert not is_listing(f"<div><h1>碾坊杂记</h1><p>{TEXT[1]}</p></div>" + entries(form))
    assert not is_listing(entries(form) + f"<div><h1>碾坊杂记</h1><p>{TEXT[1]}</p></div>")


def test_the_text_stays() -> None:
    form = "<article><h2><a href='/{0}'>{0}</a></h2><p>{1}</p></article>"
    page = f"<!DOCTYPE html><title>碾坊杂记</title>{entries(form)}"
    assert LEAD in clean(Page(body=page, kind="html")).text


@pytest.mark.parametrize(
    "body",
    [
        "<div><h1>碾坊杂记</h1>" + "".join(f"<p>{line}</p>" for line in TEXT) + "</div>",
        "<div><h1>碾坊杂记</h1><p>水轮吱呀转</p><p>谷子白如霜</p><p>老人坐门前</p><p>孩子不还乡</p></div>",
        "<div><h1>碾坊杂记</h1><ul>" + "".join(f"<li>{name}</li>" for name in NAMES) + "</ul></div>",
        "<table>" + "".join(f"<tr><td>{name}<td>三号<td>已修" for name in NAMES) + "</table>",
    ],
)
def test_a_document_is_none_whatever_stands_beside_it(body: str) -> None:
    more = "".join(f"<li><a href='/{name}'>{name}，请看</a>" for name in NAMES)
    assert not is_listing(body)
    assert not is_listing(f"{body}<div class=related><h3>相关文章</h3><ul>{more}</ul></div>")


def test_a_text_of_a_few_words_between_its_title_and_links_is_none() -> None:
    more = "".join(f"<li><a href='/{name}'>{name}，请看</a></li>" for name in NAMES)
    assert is_listing(f"<h1>碾坊杂记</h1><ul class=more>{more}</ul><div><p>水轮吱呀转</p></div>")
    assert not is_listing(f"<h1>碾坊杂记</h1><div><p>水轮吱呀转</p></div><ul class=more>{more}</ul>")


def test_answers_and_comments_are_none() -> None:
    said = "".join(f"<li class=comment><a href='/{name}'>{name}的作者</a><p>{LEAD}</p></li>" for name in NAMES)
    assert not is_listing(f"<h1>碾坊杂记</h1><ul class=comments>{said}</ul>")


@pytest.mark.parametrize("title", ["标签: 果树 | 园丁的家", "Archives: 2019/7 | 园丁的家", "分类 - 园丁的家"])
def test_a_list_of_one_entry_is_told_by_its_title(title: str) -> None:
    entry = "<article class=post><h1><a href=/1>柿子树怎样过冬</a></h1><div>11-21</div></article>"
    motto = "<header><p>种一棵树最好的时候，是十年前。</p></header>"
    html = f"<!DOCTYPE html><title>{title}</title><body>{motto}<div class=content><h2>果树</h2>{entry}</div>"
    assert "listing" in clean(Page(body=html, kind="html")).flags
    assert "listing" not in clean(Page(body=html.replace(title, "园丁的家"), kind="html")).flags

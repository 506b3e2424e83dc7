"""`render`: HTML to lines in linear time, with no text lost and none moved."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from resiliparse.parse.html import HTMLTree

from cleaners.reading.names import BLOCKS, SKIPPED
from cleaners.reading.render import is_html, render
from cleaners.reading.tags import MAX_KNOWN, MAX_TAGS, TAGS
from tests.deadlines import cpu_deadline

bounded = settings(derandomize=True, max_examples=300, deadline=None)


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        (
            "<p>第<b>一</b>行</p>第二行<br>第三行<div>第四行</div>第五行",
            ["第一行", "第二行", "第三行", "第四行", "第五行"],
        ),
        ("<ul><li>甲<li>乙<ul><li>丙</ul></ul><ol><li>丁</ol>", ["甲", "乙", "丙", "丁"]),
        ("<dl><dt>格式<dd>docx</dl>", ["格式", "docx"]),
        ("<a href=/>首页</a><a href=/x>范文</a>", ["首页范文"]),
        ("<p>x&lt;y&nbsp;z &amp;amp; &#20013;&#x6587;&hellip;</p>", ["x<y\xa0z &amp; 中文…"]),
        ("若 a < b 且 c<3 则<p>成立", ["若 a < b 且 c<3 则", "成立"]),
        ("<p>\n  前\t \n 后 \r\n</p>\n\n<p> \u3000 </p>", ["前 后"]),
        ("<pre>\n a\n\n  b\n</pre>c", [" a", "", "  b", "c"]),
        ("<pre>a<br><br>b<b>c\nd</b></pre>", ["a", "", "bc", "d"]),
        ("<textarea> <b>&lt;\n x</textarea>", [" <b><", " x"]),
        ("<body>正文</body></html>尾<p>文", ["正文", "尾", "文"]),
        ("<P>大写</P><SCRIPT>var a='<p>';</Script>后", ["大写", "后"]),
        ("前<!-- 注 > 释 -->后<!-->中<!--->尾<!--x--!>末", ["前后中尾末"]),
        ("<!doctype html><?xml version='1.0'?><![if !IE]>可见<![endif]></ >", ["可见"]),
        ('<p title="a>b" data-x=\'<p>\' y = "z>">文</p>', ["文"]),
        ("<p 说明=\">\"/>文<img alt='图' src=x>", ["文"]),
        ("<select><option>甲<option>乙</select><button>按</button>", ["甲", "乙", "按"]),
        ("<o:p>词</o:p><x-y>语</x-y>", ["词语"]),
        ("<xmp><b>&lt;</b></xmp>", ["<b>&lt;</b>"]),
        ("文<plaintext></p>尾", ["文", "</p>尾"]),
        ("<frameset><p>框</frameset>", ["框"]),
        ("".join(f"<{name}>隐</{name}>" for name in sorted(SKIPPED)) + "文", ["文"]),
        ('<p>正文</p><div class="rela', ["正文"]),
        ("正文<a href='/x", ["正文"]),
        ("若 a<b", ["若 a<b"]),
        ("求满足 0<a 且 a+b=1 的解", ["求满足 0<a 且 a+b=1 的解"]),
        ("正文<p 后文没有标记。", ["正文<p 后文没有标记。"]),
        (
            "<x-y><template shadowrootmode=open><p>影</p></template></x-y><template class=shadow><p>隐</p></template>",
            ["影"],
        ),
        ("", []),
    ],
)
def test_lines(html: str, lines: list[str]) -> None:
    assert render(html).text == "\n".join(lines)


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<a title=\"<script>\">春风</a><p data-x='<!--'>细雨</p>", ["春风", "细雨"]),
        ("<!-- <script> -->春风<!-- <style> <textarea> --><p>细雨", ["春风", "细雨"]),
        ("<? <title >春风<! <style>细雨", ["春风细雨"]),
        ('<a title="<script>春风</a><p>细雨', ["春风", "细雨"]),
        ("<p>春风<script>a</script><p>细雨<title>b", ["春风", "细雨b"]),
        ("春风<title>细<title>雨", ["春风细雨"]),
        ("春风<style>细<p>雨</p>", ["春风", "雨"]),
        ("<p>春风<SCRIPT\n>'</scriptx>'</scRipt >细雨", ["春风细雨"]),
        ("春风<!--><p>细雨<!---->夜", ["春风", "细雨夜"]),
        ("春风<p>细雨<!-- 夜<!-- 雨 <p>夜", ["春风", "细雨", "夜", "雨", "夜"]),
    ],
)
def test_elements_of_code_begin_in_no_attribute_and_no_comment(html: str, lines: list[str]) -> None:
    assert render(html).text == "\n".join(lines)


@bounded
@given(st.text("<>/!-&;'\"= abp\n汉。", max_size=60), st.sampled_from(("<pre>", "<p>", "<p><a href=x>", "<p><sup>")))
def test_line_feeds_are_those_of_any_system(html: str, around: str) -> None:
    first, *others = (render(around + html.replace("\n", feed)) for feed in ("\n", "\r\n", "\r"))
    assert [(other.text, other.markup, other.unshown) for other in others] == [
        (first.text, first.markup, first.unshown)
    ] * len(others)


def test_what_a_tag_says_hangs_on_its_page() -> None:
    body = "<p class=zx>春风</p><p>细雨。</p>"
    hides = "<style>.zx{display:none}</style>"
    assert [len(render(html).unshown) for html in (body, hides + body, body)] == [0, 1, 0]


def test_few_tags_are_remembered() -> None:
    render("".join(f"<p id=n{number}>" for number in range(MAX_TAGS + 99)) + f"<p id={'n' * MAX_KNOWN}>")
    assert len(TAGS) <= MAX_TAGS
    assert max(map(len, TAGS)) <= MAX_KNOWN
    assert render("<p id=n1>春风<!--细雨<p>").text == "春风\n细雨"


@pytest.mark.parametrize(
    ("html", "lines"),
    [
        ("<table><tr><td>格式<td>docx<tr><th>页数</th><th>3</th></table>", ["格式 docx", "页数 3"]),
        ("<table><tr><td>甲</td><td></td><td>乙</td></tr></table>", ["甲 乙"]),
        ("<table><tr><td>导航</td><td>第一段<br>第二段</td></tr></table>", ["导航", "第一段", "第二段"]),
        (f"<table><tr><td>导航<td>{'长' * 81}</table>", ["导航", "长" * 81]),
        ("<table><tr><td><table><tr><td>内<td>层</table><td>外</table>", ["内 层 外"]),
        ("<td>无</td><td>表</td>", ["无", "表"]),
        ("<table>甲<tr>乙<td>丙</table>丁", ["甲", "乙", "丙", "丁"]),
    ],
)
def test_table_rows(html: str, lines: list[str]) -> None:
    assert render(html).text == "\n".join(lines)


def test_what_the_markup_says() -> None:
    page = render(
        "<title> 讲话稿 &amp;\n范文 </title><svg><title>图标</title></svg>"
        "<meta name=author content='李 四'><META property='article:published_time' content=\"2024-05-01T08:00\">"
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle",'
        '"headline":"会议讲话","author":[{"name":"王五"}]}</script>'
        "<h1></h1><h1>会议<b>讲话</b></h1><h1>其他</h1>"
    )
    assert (page.title, page.heading) == ("讲话稿 & 范文", "会议讲话")
    assert page.facts == {"uploader": "李 四", "published": "2024-05-01T08:00", "title": "会议讲话"}
    empty = render("<title> </title>文")
    assert (empty.title, empty.heading, empty.facts) == (None, None, {})


@pytest.mark.parametrize(
    "html",
    [
        "<html><frameset><frame src=a></frameset><noframes><body>{}</body></noframes></html>",
        '<p>标题</p><iframe srcdoc="{}"></iframe>',
    ],
)
def test_what_a_page_shows_without_frames_or_in_one_of_its_own_is_read(html: str) -> None:
    lines = ["春风吹过了河堤。", "细雨下了一整夜。", "天亮的时候放晴了。"]
    assert render(html.format("".join(f"<p>{line}</p>" for line in lines))).text.split("\n")[-3:] == lines
    assert "不支持" not in render(html.format("<p>浏览器不支持框架。</p>")).text


@pytest.mark.parametrize(
    "html",
    [
        "<!-- 没有结尾 <p>正文</p>",
        "<script>没有结尾<p>正文</p>",
        "<title>没有结尾<p>正文</p>",
        "<textarea>没有结尾<p>正文</p>",
        '<a href="没有结尾><p>正文</p>',
        "<!--" * 1000 + "正文<p>",
        "<div>" * 200_000 + "正文",
        "<p " + " ".join(f'a{n}=">"' for n in range(80_000)) + ">正文",
        "正文<a<b",
        "正文&#" + "9" * 10_000 + ";",
    ],
)
def test_broken_markup_does_not_hide_the_text(html: str) -> None:
    assert "正文" in render(html).text


INLINE = ("a", "b", "span", "font", "i", "td", "o:p", "label")
WRAPPERS = (*INLINE, "p", "div", "li", "h2", "table", "tr", "pre", "center", "select")
JUNK = (
    "<br>",
    "</html>",
    "</p>",
    "<script>no</script>",
    "<!-- no -->",
    "<img src='>'>",
    "</ul>",
    "<hr>",
    "\n",
    "&nbsp;",
)


def _nested(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    closing = st.sampled_from(("</{}>", "", "</{} >", "</{}x>"))
    wrapped = st.builds(
        lambda name, inner, end: f"<{name} class='x>y'>{inner}{end.format(name)}",
        st.sampled_from(WRAPPERS),
        children,
        closing,
    )
    return wrapped | st.lists(children, max_size=4).map("".join)


MARKUP = st.recursive(st.just("\0") | st.sampled_from(JUNK), _nested, max_leaves=25)


def _with_tokens(markup: str) -> tuple[str, list[str]]:
    """Put a token of its own in every place of text."""
    numbers = count()
    pieces = markup.split("\0")
    tokens = [f"词{next(numbers)}号" for _ in pieces[1:]]
    return pieces[0] + "".join(token + piece for token, piece in zip(tokens, pieces[1:], strict=True)), tokens


@bounded
@given(MARKUP)
def test_every_text_is_there_in_order(markup: str) -> None:
    html, tokens = _with_tokens(markup)
    assert re.findall(r"词\d+号", render(html).text) == tokens


@bounded
@given(st.text("<>/!-&;'\"= abp\n汉字", max_size=60))
def test_any_text_shows_what_a_tree_builder_shows(html: str) -> None:
    """A standard parser may hide what follows an unclosed comment or quote; whatever it shows, `render` shows."""
    body = HTMLTree.parse(html).body
    shown = "".join(((body and body.text) or "").split())
    ours = iter("".join(render(html).text.split()))
    assert all(char in ours for char in shown)


CONTAINERS = {"html", "head", "body", "frameset", "plaintext", "textarea", "xmp", "td", "th", "br"}


@bounded
@given(MARKUP, st.sampled_from(sorted(BLOCKS - CONTAINERS)))
def test_blocks_stand_on_lines_of_their_own(markup: str, name: str) -> None:
    html, _ = _with_tokens(markup)
    assert "独行" in render(f"<div>{html}<{name}>独行</{name}>{html}</div>").text.split("\n")


HOSTILE: dict[str, Callable[[int], str]] = {
    "nested tables": lambda n: "<table><tr><td>x" * (n // 4) + "</td></tr></table>" * (n // 4),
    "attributes": lambda n: "<p " + " ".join(f"a{k}=b" for k in range(n)) + ">x",
    "unclosed quotes": lambda n: "<p a='>" * n + "x",
    "quotes that pair up": lambda n: '<p a="' + "<p a='>" * n + "x>",
    "unclosed tags": lambda n: "<a" * n,
    "unclosed comments": lambda n: "<!--" * n + "x>",
    "scripts without end": lambda n: "<script>" * n + "</script " * n,
    "open formatting": lambda n: "".join(f"<font a{k}><p>" for k in range(n)),
    "references": lambda n: "&lambdabcdefghijklmnopqrstuvwxyzabcdef" * n,
    "kept space": lambda n: "<pre>" * n + "\n" * n + "</pre>" * n,
    "white space": lambda n: "<p" + " " * n + "x" + "\n" * n,
    "meta": lambda n: "<meta " + 'a="b" ' * n + "=" * n + ">",
    "headings": lambda n: "<h1>" * n + "x" + "</h1>" * n,
    "unfinished tags before a script": lambda n: "<a " * n + "<script>x</script>",
    "scripts in attributes": lambda n: '<a title="<script>"' * n + ">",
    "scripts in comments": lambda n: ("<!-- " + "<script>" * 9 + "-->") * n,
    "scripts in a comment": lambda n: "<!-- " + "<script>" * n + "-->",
    "comments in a comment without end": lambda n: "<!-- <script>" * n + "</script>",
    "attributes without a name that counts": lambda n: "<p " + "xid=1 " * n + "><span " + "hidde " * n + ">",
    "a tag cut off": lambda n: "<p>x</p>" + "<div " * n,
    "shadow trees": lambda n: "<template shadowrootmode=open>" * n + "x",
    "frames of pages": lambda n: "<iframe srcdoc='<p>x。</p>'></iframe>" * n,
    "tags that differ": lambda n: "".join(f"<p id=a{k}>" for k in range(n)),
}


@pytest.mark.parametrize("shape", HOSTILE)
def test_hostile_markup_ends(shape: str) -> None:
    with cpu_deadline(6):  # ten times what it takes; a search for an end from each element takes twice as long
        render(HOSTILE[shape](40_000))


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html>\n<html>",
        "\ufeff  <!doctype HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'><p>文",
        "<?xml version='1.0'?><!-- saved from url --><html xmlns='x'>",
        "<head><title>讲话稿</title>",
        "<title>讲话稿</title><p>文",
        "<meta charset=gbk>文",
        "<div class=content><p>文</p></div>",
        "<table><tr><td>文</table >",
        "Warning: mysql_connect() failed\n\n<html><head><title>讲话稿</title>",
    ],
)
def test_saved_pages(page: str) -> None:
    assert is_html(page)


@pytest.mark.parametrize(
    "dump",
    [
        "",
        "同志们：\n大家好。",
        '我们<span style="font-weight: bold">要</span>努力<o:p></o:p>\n<br>',
        "<o:p></o:p>第一段",
        "<font face='宋体'>通知</font>\n正文",
        "网页以<html>开头，<head>和<body>在其后。",
        "<div>一行里的标签",
        "<<关于会议的通知>>\n正文",
        "<标题>讲话稿\n正文",
    ],
)
def test_dumps_that_hold_tags(dump: str) -> None:
    assert not is_html(dump)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ('<p class="ql-block">第一段</p>\n<p class="ql-block">第二段</p>', True),
        (
            "<h1 align=center>碾坊</h1>\n<hr>\n<ul>\n<li>水轮 < 石磨<ul><li>卷一</li></ul></li>\n</ul>\n<p><b>关</b><br>水</p>\n",
            True,
        ),
        ("<p>第一段</p>\n第二段\n<p>第三段</p>", False),
        ("<p>第一段</p>\n<p>第二段", False),
        ("</p><p>第一段</p>", False),
        ("<p>第一段</div>", False),
        ("<ul><li>第一段</ul></li>", False),
        ("<P>第一段</p>", True),
        ("<p>第一段</p>第二段>", False),
        ("", False),
    ],
)
def test_blocks_with_no_words_outside_them_are_told(text: str, is_one: bool) -> None:
    assert is_html(text) is is_one

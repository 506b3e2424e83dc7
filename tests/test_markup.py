"""What the markup of a page says of its lines, and which of them are none of its text: fault kinds in own pages."""

from __future__ import annotations

import pytest

from cleaners.clean import clean
from cleaners.model import Document, Page
from cleaners.reading.markup import Region, marks_of_lines, sentence_marks
from cleaners.reading.render import Rendered, render
from cleaners.reading.stylesheet import hidden_names

FIRST = "河边的老碾坊停了二十年，今年春天又转了起来。"
SECOND = "村里人把谷子挑来，排着队等，孩子们围着水轮看。"
THIRD = "碾出来的米带着一点糠味，老人说，这才是从前的味道。"
TEXT = [FIRST, SECOND, THIRD]
BODY = "".join(f"<p>{line}</p>" for line in TEXT)


def page(html: str, head: str = "") -> Document:
    full = f"<!DOCTYPE html><html><head><title>老碾坊</title>{head}</head><body><h1>老碾坊</h1>{html}</body></html>"
    return clean(Page(body=full, kind="html"))


def rendered(html: str) -> Rendered:
    return render(f"<!DOCTYPE html><html><body>{html}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "碾坊",
        FIRST,
        "\n".join(TEXT),
        f"{FIRST}\n\n水轮 v1.2. 转\n转了？！\n",
        "一。.\n.\u00a0.\u3000.;",
        "....",
    ],
)
def test_marks_of_lines_are_those_of_each_line(text: str) -> None:
    assert marks_of_lines(text) == [sentence_marks(line) for line in text.split("\n")]


@pytest.mark.parametrize(
    "between",
    [
        "<div style='display: none'>批发碾米机请打电话。</div>",
        "<p hidden>这一段给机器看。</p>",
        "<p class=zx9>只有搜索引擎看得见。</p>",
        "<div id=zx8><p>藏在里面的一段。</p></div>",
        "<dialog><p>注册后可以领取礼包。</p></dialog>",
        "<video src=a.mp4>浏览器太旧，放不了这段录像。</video>",
        "<object data=a.swf><p>没有插件，点这里安装。</p></object>",
        "<canvas>画不出来</canvas>",
        "<svg><title>图标</title><text>放大</text></svg>",
        "<select><option>春</option><option>夏</option></select><button>查询</button>",
        "<form><label>姓名</label><input><button>提交</button></form>",
        "<textarea style='display:none'>&lt;ul&gt;&lt;li&gt;&lt;a href=/1&gt;水车图纸&lt;/a&gt;&lt;/ul&gt;</textarea>",
        "<nav><a href=/>首页</a><p>欢迎来到乡土网。</p></nav>",
        "<div class=related><ul><li><a href=/a>水车的构造</a><li><a href=/b>磨坊旧事</a><li><a href=/c>谷雨</a></ul></div>",
        "<font class=jammer>8 i0 h3 q! w9</font>",
    ],
)
def test_what_is_not_shown_or_leads_away_is_no_text(between: str) -> None:
    style = "<style>.zx9,#zx8{color:red;display:none}@media print{p{display:none}}</style>"
    document = page(f"<p>{FIRST}</p><p>{SECOND}</p>{between}<p>{THIRD}</p>", style)
    assert document.text.split("\n") == TEXT
    assert {edit.rule for edit in document.edits} & {
        "markup.hidden",
        "markup.fallback",
        "markup.control",
        "markup.region",
        "markup.links",
    }


def test_hidden_words_inside_a_sentence_go_alone() -> None:
    document = page(
        f"<p>河边的<span class=k1>来自某库</span>老碾坊停了<b style='display:none'>样本</b>二十年，今年春天又转了起来。</p><p>{SECOND}</p>",
        "<style>.k1{display:none}</style>",
    )
    assert document.text.split("\n") == TEXT[:2]


def test_what_hides_most_of_the_sentences_hides_nothing() -> None:
    assert page(f"<div style='display:none'>{BODY}</div>").text.split("\n") == TEXT
    assert page(f"<nav>{BODY}</nav>").text.split("\n") == TEXT


def test_code_that_is_hidden_is_no_text_however_long() -> None:
    css = "<style>" + "body{color:red;margin:0!important;}" * 200 + "</style>"
    data = '{"hot":[' + ",".join(f'{{"name":"n{n}","seen":true;"x":1}}' for n in range(200)) + "]}"
    page = f"<textarea style=display:none>{css}</textarea><textarea style=display:none>{data}</textarea><div style=display:none>{data}</div><p>水轮又转了起来。</p>"
    assert clean(Page(body=f"<!DOCTYPE html><title>水轮</title>{page}", kind="html")).text == "水轮又转了起来。"


def test_visibility_hides_nothing() -> None:
    assert page(f"<div style='visibility:hidden'>{BODY}</div>").text.split("\n") == TEXT


@pytest.mark.parametrize(
    ("css", "names"),
    [
        (".a{display:none}", {".a"}),
        ("p.a, #b { color: red; display : none }", {".a", "#b"}),
        ("/* .c{display:none} */.a{display:none!important}", {".a"}),
        (".a{display:none}.a.on{display:block}", set()),
        ("@media print{.a{display:none}}.b{display:none}", {".b"}),
        (".x .a{display:none}.a:hover{display:none}", set()),
        ("display:none" * 3 + "{", set()),
    ],
)
def test_names_that_a_style_sheet_hides(css: str, names: set[str]) -> None:
    assert hidden_names(css) == names


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("<p>约10<sup>8</sup>个</p>", "约10^8个"),
        ("<p>共3m<sup>2</sup>，H<sub>2</sub>O</p>", "共3m²，H₂O"),
        ("<p>据载<sup>3</sup>，又<sup><a href=#n>[4]</a></sup></p>", "据载[3]，又[4]"),
        ("<p>第1<sup>st</sup></p>", "第1st"),
        ("<p>水<sub>面</sub></p>", "水面"),
        ("<p>他说，<span>今天\n  的水</span>\n<span>很清。</span></p>", "他说，今天的水很清。"),
        ("<p><a href=/>首页</a>\n<a href=/b>乡土</a></p>", "首页 乡土"),
        ("<p><span>来源：县报</span>\n<span>作者：李某</span></p>", "来源：县报 作者：李某"),
    ],
)
def test_raised_numbers_and_breaks_of_the_source(html: str, line: str) -> None:
    assert rendered(html).text == line


def test_readings_go() -> None:
    document = page(
        f"<p>{FIRST}</p><p>村里人把<ruby>谷子<rp>(</rp><rt>gǔ zi</rt><rp>)</rp></ruby>挑来，排着队等，孩子们围着水轮看。</p><p>{THIRD}</p>"
    )
    assert document.text.split("\n") == TEXT


@pytest.mark.parametrize(
    "end",
    [
        "<script>var a={'t':'水车'};for(i=0;i<n;i++){b.innerHTML='<div class=x>'+a.t+'</div>';",
        "<style>.a{color:red} .b{display:",
        "<!-- 右边的广告 <div><a href=/x>水车大卖</a>",
    ],
)
def test_a_page_cut_inside_code_or_a_comment_gives_none_of_it(end: str) -> None:
    cut = f"<!DOCTYPE html><html><head><title>老碾坊</title></head><body><h1>老碾坊</h1>{BODY}{end}"
    assert clean(Page(body=cut, kind="html")).text.split("\n") == TEXT


@pytest.mark.parametrize("tag", ["p", "span"])
def test_a_layer_of_placed_pieces_becomes_paragraphs(tag: str) -> None:
    pieces = [
        *((0, 90, "\u2003"), (0, 110, "河边的老碾坊停了"), (0, 300, "二十"), (0, 330, "年，今")),
        *((40, 50, "年春天又转了起来。"), (40, 200, "\n"), (80, 90, "\u2003"), (80, 110, SECOND)),
    ]
    layer = "".join(
        f'<{tag} style="position:absolute;left:{left}px;top:{top}px">{text}</{tag}>' for top, left, text in pieces
    )
    assert page(f"<div>{layer}</div>").text.split("\n") == [FIRST, SECOND]


def test_text_that_only_a_script_holds() -> None:
    data = f'{{"props":{{"article":{{"title":"老碾坊","content":"<p>{FIRST}</p><p>{SECOND}</p>"}}}}}}'
    document = page(f'<div id=app></div><script type="application/json">{data}</script>')
    assert document.text.split("\n") == [FIRST, SECOND]
    assert "script_text" in document.flags
    state = f'window.__INITIAL_STATE__ = {{"rows":[{{"a":"{FIRST}"}},{{"a":"{SECOND}"}}]}};'
    assert "script_only" in page(f"<div id=app></div><script>{state}</script>").flags
    assert not page(f"{BODY}<script>{state}</script>").flags


def test_what_is_said_of_a_line() -> None:
    found = rendered(
        "<header><a href=/>乡土网</a></header><article class='entry-content'><h2>水轮</h2><ul><li>木<a href=/m>轴</a>"
        "<ul><li>铁箍</ul></ul><table><tr><td>长<td>宽</table></article><div class=sidebar>旁</div>"
    )
    says = dict(zip(found.text.split("\n"), found.markup, strict=True))
    assert says["乡土网"].link_density == 1.0
    assert says["乡土网"].region is Region.HEADER
    assert (says["水轮"].heading, says["水轮"].region, says["水轮"].hint) == (2, Region.MAIN, 1)
    assert (says["木轴"].list_depth, says["木轴"].link_density) == (1, 0.5)
    assert says["铁箍"].list_depth == 2
    assert says["长 宽"].in_table
    assert says["旁"].hint == -1
    assert found.blocks[says["旁"].block].label == "sidebar"


def test_links_that_never_end_and_places_in_the_page_are_none() -> None:
    found = rendered(f"<a href=/x>{BODY}{BODY}<p>尾</p>")
    assert all(says.link_density == 0 for says in found.markup)
    assert rendered("<p><a href='#n'>注</a><a name=n>一</a></p>").markup[0].link_density == 0


def test_left_out_end_tags_do_not_spread_what_is_hidden() -> None:
    hidden = rendered("<table><tr><td><div hidden>藏<td>露</table><p hidden>藏<p>露<ul><li hidden>藏<li>露</ul>")
    assert [says.is_hidden for says in hidden.markup] == [False, True, False, True, False]
    assert hidden.text.split("\n")[0] == "藏 露"
    assert [(span.start, span.end) for span in hidden.unshown][:1] == [(0, 1)]


def test_comments_of_readers_go_and_answers_of_a_thread_stay() -> None:
    comments = "".join(
        f"<div class=reply-item><b class=user-name>{name}</b><div class=reply-content>{said}</div><span class=time>2024-05-0{day} 10:0{day}</span><a>回复</a></div>"
        for day, (name, said) in enumerate(
            [("阿水", "小时候去过，水声很大。"), ("老林", "如今还收加工费吗？")], start=1
        )
    )
    html = f"<div class=post-content>{BODY}</div><div class=reply-list><h3>全部回复</h3>{comments}</div>"
    article = page(html)
    assert article.text.split("\n") == TEXT
    assert article.template == "unknown"
    board = clean(
        Page(
            body=f"<!DOCTYPE html><html><head><title>老碾坊 - 乡土论坛</title></head><body>{html}</body></html>",
            kind="html",
        )
    )
    assert board.text.split("\n") == [*TEXT, "小时候去过，水声很大。", "如今还收加工费吗？"]
    assert (board.template, board.truncated) == ("thread", False)


def test_answers_of_a_thread_stay_in_any_box_and_what_is_around_them_goes() -> None:
    answers = ["现在谁还自己碾米", "我外婆家就有一座，走水路过去最近。", "图纸能发一份吗"]
    bodies = ["<div class=bubble><div class=bubble_inner>{}</div></div>", "{}", "<div class=boxed>{}</div>"]
    posts = "".join(
        f"<div class=post><div class=post_content>{body.format(said)}</div>"
        f"<div class=reply_tail>来自安卓手机客户端的网友第{number}楼 2024-05-0{number} 10:0{number} <a>回复</a> 只看该作者 倒序浏览</div></div>"
        for number, (body, said) in enumerate(zip(bodies, answers, strict=True), start=2)
    )
    form = "<form><div class=textarea_note>0/200</div></form><p class=comment_text>全部评论(3)</p>"
    html = f"<div class=post><div class=post_content>{BODY}</div></div>{posts}{form}"
    board = clean(
        Page(
            body=f"<!DOCTYPE html><html><head><title>老碾坊 - 乡土论坛</title></head><body>{html}</body></html>",
            kind="html",
        )
    )
    assert board.text.split("\n") == [*TEXT, *answers]
    assert board.template == "thread"


def test_facts_beside_the_text_and_in_the_head() -> None:
    meta = '<meta property="article:published_time" content="2024-05-01T08:00:00+08:00"><meta name=author content=林某>'
    document = page(f"<div class=article>{BODY}</div>", meta)
    assert (document.created, document.metadata.uploader) == ("2024-05-01T08:00:00", "林某")
    side = "<div><a href=/1>水车的构造</a></div><div><a href=/2>磨坊旧事</a></div>"
    document = page(
        f"<div class=info>2023-08-06 21:04:19 阅读: 12</div><div class=article>{BODY}</div><div class=side>{side}</div>"
    )
    assert (document.title, document.created) == ("老碾坊", "2023-08-06T21:04:19")
    assert document.text.split("\n") == TEXT


def test_names_in_code_may_lead_elsewhere() -> None:
    code = "".join(
        f"<pre><a href=/t>Table</a> <a href=/r>row{number}</a>(<a href=/i>Index</a> i)</pre>" for number in range(4)
    )
    lines = page(f"<div class=content>{BODY}<div>{code}</div></div>").text.split("\n")
    assert lines == [*TEXT, *(f"Table row{number}(Index i)" for number in range(4))]


def test_paragraphs_that_each_have_a_container_stay_together() -> None:
    assert page("".join(f"<div>{line}</div>" for line in TEXT)).text.split("\n") == TEXT


@pytest.mark.parametrize(
    ("inline", "seen"),
    [
        ("<font style='font-size:0px;color:#fff'>k8 q2 w</font>", ""),
        ("<span style='FONT-SIZE: 0'>www.mofang.example</span>", ""),
        ("<span style='font-size:0.9em'>慢慢</span>", "慢慢"),
        ("<span style='font-size:0'><span style='font-size:14px'>慢慢</span></span>", "慢慢"),
        ("<span style='font-size:0;display:none'><b style='font-size:14px'>慢慢</b></span>", ""),
        ("<span style='visibility:hidden'>慢慢</span>", "慢慢"),
    ],
)
def test_letters_without_size_are_no_text(inline: str, seen: str) -> None:
    """Boards strew them into sentences; around letters that have a size they only take the gaps out."""
    assert page(f"<p>{FIRST}</p><p>村里人把{inline}谷子挑来。</p>").text.split("\n")[1] == f"村里人把{seen}谷子挑来。"


def test_a_line_that_the_page_hides_is_no_text_however_short_the_page() -> None:
    hidden = "<p style='font-size:0px'>复制请注明出处！</p><p style='display:none'>本文来自青禾网！</p>"
    assert page(f"<p>{FIRST}</p>{hidden}<p>{SECOND}</p>").text.split("\n") == [FIRST, SECOND]
    assert page(f"<p style='display:none'>{FIRST}</p>").text == FIRST, "unless it is all there is"


def test_a_line_that_leads_into_the_text_is_of_it() -> None:
    names = "林守田、林小满、王大年、赵秀兰、周广才、吴玉梅、郑有福、孙桂英"
    html = f"<p>看水车的有这些人：</p><div>{names}</div>"
    assert page(html).text.split("\n") == ["看水车的有这些人：", names]


@pytest.mark.parametrize(
    "below",
    [
        "<div class=comment-list>"
        + "<p class=comment>小时候去过，水声很大，米很香，路很远，走了半天，还想再去。</p>" * 9
        + "</div>",
        "<div class=editor>（责编：林某、杨某）</div>",
    ],
)
@pytest.mark.parametrize(
    "text",
    [TEXT[:2], ["河上水车转得慢，磨盘底下米香来", "谁家孩子追着跑，一路跑到大桥外"]],
    ids=["sentence", "poem"],
)
def test_what_stands_below_the_title_is_the_text_however_short(text: list[str], below: str) -> None:
    lines = "".join(f"<p>{line}</p>" for line in text)
    assert (
        page(f"<div class=info>2024-05-01 08:00:00 来源：乡土网</div><div>{lines}</div>{below}").text.split("\n")
        == text
    )


@pytest.mark.parametrize("text", [TEXT, [FIRST + SECOND + THIRD + FIRST, SECOND, THIRD]], ids=["even", "uneven"])
def test_a_text_in_cells_beside_lists_of_cards_stays_whole(text: list[str]) -> None:
    cells = "".join(f"<table><tr><td><p>{line}</p></td></tr></table>" for line in text)
    cards = "".join(f"<div><a href=/{number}>乡下手艺人的故事之{number}</a></div>" for number in range(5))
    html = f"<div class=column><div class=story>{cells}</div>{cards}</div>"
    assert page(html).text.split("\n") == text


def test_what_holds_nearly_all_of_a_page_is_none_of_its_sides() -> None:
    cells = "".join(f"<table><tr><td><p>{line}</p></td></tr></table>" for line in TEXT)
    assert page(f"<div class=share-area>{cells}</div>").text.split("\n") == TEXT


def test_teasers_with_leads_beside_the_text_go() -> None:
    leads = "".join(f"<li><a href=/{number}>乡下手艺人{number}</a>{FIRST}</li>" for number in range(5))
    html = f"<div class=left>{BODY}<div class=row-recommend><ul>{leads}</ul></div></div>"
    assert page(html).text.split("\n") == TEXT


def test_the_markup_of_a_frame_speaks_for_the_lines_in_it() -> None:
    note = "转载请联系授权"
    inside = "".join(f"<p>{line}</p>" for line in ["发布时间：2024-05-01 来源：乡土网", *TEXT, note, "责任编辑：林某"])
    menu = "".join(f"<li><a href=/{number}>栏目{number}</a></li>" for number in range(20))
    framed = page(f"<ul class=menu>{menu}</ul><div class=content>{inside}</div>")
    assert framed.text.split("\n") == [*TEXT, note]
    assert page(f"<div>{inside}</div>").text.split("\n") == TEXT


def test_a_page_with_a_reward_box_and_a_wall_is_of_any_site() -> None:
    """Boxes that every blog has make no page one of an engine whose frame is known whole."""
    box = (
        "<div class=tools><a>打赏</a></div><div class=link>本文链接：https://blog.example.cn/1</div><a>展开阅读全文</a>"
    )
    other = "".join(f"<div class=card><p>别处的文章{n}</p><p>05-0{n} 阅读数 {n}1</p></div>" for n in range(1, 9))
    document = page(f"<article>{BODY}</article>{box}<div class=recommend>{other}</div>")
    assert document.text.split("\n") == TEXT
    assert document.truncated is False


def test_a_text_goes_on_beside_an_element_that_ended_too_early() -> None:
    rest = [
        "磨坊边上有三棵柳树，都是爷爷种的。",
        "第一棵朝东，第二棵朝西，第三棵歪着。",
        "夏天。树下坐满了人，笑声不断。",
    ]
    html = f"<div class=content>{BODY * 3}</div><div>{''.join(f'<p>{line}</p>' for line in rest)}</div>"
    document = page(f"<div class=main>{html}<div class=foot><p>本站声明。内容归作者。</p></div></div>")
    assert document.text.split("\n")[-3:] == rest


def test_a_short_text_beside_boxes_of_links_is_no_card_of_a_list() -> None:
    links = "".join(f"<li><a href=/{n}>镇上的另一条消息，编号{n}</a></li>" for n in range(6))
    boxes = "".join(f"<div class={name}><ul>{links}</ul></div>" for name in ("keys", "more", "hotbox", "latest"))
    document = page(f"<div class=left><div class=box><p>{FIRST}</p><p>{SECOND}</p><ul>{links}</ul></div>{boxes}</div>")
    assert document.text.split("\n") == [FIRST, SECOND]


def test_what_a_script_would_show_later_is_no_text_beside_one() -> None:
    pictures = "".join(f"&lt;li&gt;&lt;p&gt;第{n}张照片里是老碾坊。水轮在转。&lt;/p&gt;" for n in range(5))
    document = page(f"<div class=con>{BODY * 2}<textarea class=hidden>{pictures}</textarea></div>")
    assert "照片" not in document.text
    assert document.text.split("\n") == TEXT * 2


@pytest.mark.parametrize(("title", "author"), [("老碾坊_山风新闻", None), ("老碾坊 - 山风", "山风")])
def test_a_portal_is_no_author(title: str, author: str | None) -> None:
    html = f"<title>{title}</title><meta name=author content=山风><h1>老碾坊</h1><div class=content>{BODY}</div>"
    assert clean(Page(body=f"<!DOCTYPE html>{html}", kind="html")).metadata.uploader == author


@pytest.mark.parametrize(
    ("head", "line", "below", "source"),
    [
        ("", "2015-07-04 15:31　来源：山风日报", "", "山风日报"),
        ("", "2015-07-04 15:31", "<p>（来源：青禾网）</p>", "青禾网"),
        ("<meta name=ContentSource content=青禾学刊>", "2015-07-04 15:31", "", "青禾学刊"),
        ("<meta property=og:site_name content=山风网>", "2015-07-04 15:31", "", None),
    ],
)
def test_a_reprint_names_its_source(head: str, line: str, below: str, source: str | None) -> None:
    document = page(
        f"<div class=info>{line}</div><div class=content>{BODY}{below}</div><ul><li><a href=/>回</a></ul>", head
    )
    assert document.metadata.source_name == source
    assert document.record(added=None)["metadata"]["source_name"] == source


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("碾坊_山风百科", "碾坊", "碾坊"),
        ("河边旧事_第三章 水车转动的那天_小说阅读页 - 山风中文", "第三章 水车转动的那天", "第三章 水车转动的那天"),
        ("河边的老碾坊 - 乡土频道 - 山风", "乡土频道", "河边的老碾坊"),
        (
            "(99+ 封私信 / 8 条消息) 老碾坊为什么又转起来了？ - 问问",
            "老碾坊为什么又转起来了？",
            "老碾坊为什么又转起来了？",
        ),
        ("河边的老碾坊-山风博客", "我的日志", "河边的老碾坊"),
    ],
)
def test_the_title_is_what_the_page_and_its_heading_agree_on(title: str, heading: str, expected: str) -> None:
    html = f"<title>{title}</title><body><h1>{heading}</h1><div class=content>{BODY * 2}</div>"
    assert clean(Page(body=f"<!DOCTYPE html><html>{html}", kind="html")).title == expected


@pytest.mark.parametrize("author", ["105092", "name, mail@example.com", "Discuz! Team and Comsenz UI Team", "网络整理"])
def test_what_no_person_is_called_is_no_author(author: str) -> None:
    assert page(f"<div class=content>{BODY}</div>", f'<meta name=author content="{author}">').metadata.uploader is None

"""Where the text of a saved page stands: own pages of the kinds on which it was lost."""

from __future__ import annotations

import pytest

from cleaners.clean import clean
from cleaners.markup.class_words import speaks_of_text
from cleaners.model import Page
from tests.deadlines import cpu_deadline

FIRST = "河边的老碾坊停了二十年，今年春天又转了起来。"
SECOND = "村里人把谷子挑来，排着队等，孩子们围着水轮看。"
THIRD = "碾出来的米带着一点糠味，老人说，这才是从前的味道。"
FOURTH = "水轮是新做的，用的是山上的老樟木，刷了三遍桐油。"
TEXT = [FIRST, SECOND, THIRD, FOURTH]
NOTICE = "<p>本站正在改版，请各位耐心等待。</p><p>旧的地址仍然可用，新的地址另行通知，敬请留意。</p>"
MENU = "".join(f"<li><a href=/{number}>栏目{number}</a></li>" for number in range(16))
LINKS = f"<ul>{MENU[:60]}</ul>"


def paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def lines_of(html: str) -> list[str]:
    head = f"<head><title>老碾坊</title></head><body><ul class=menu>{MENU}</ul><h1>老碾坊</h1>"
    return clean(Page(body=f"<!DOCTYPE html><html>{head}{html}</body></html>", kind="html")).text.split("\n")


@pytest.mark.parametrize(
    "label",
    [
        "relative flex",
        "has-sidebar",
        "body with-aside",
        "inside-right",
        "paywall",
        "styles_body__e5ad",
        "bg-franklin",
        "is-commented",
        "shareable",
    ],
)
def test_class_words_that_hold_another_word_say_nothing(label: str) -> None:
    assert lines_of(f"<div class='{label}'>{paragraphs(TEXT)}</div><div>{NOTICE}</div>") == TEXT


@pytest.mark.parametrize(
    "label", ["sidebar", "right-side", "foot", "related", "top-rank", "share-box", "vip-pay", "ad"]
)
def test_class_words_of_what_stands_beside_a_text_do(label: str) -> None:
    assert lines_of(f"<div>{paragraphs(TEXT)}</div><div class='{label}'>{NOTICE * 2}</div>") == TEXT


@pytest.mark.parametrize(
    ("first", "other"),
    [("part", "part"), ("part lead text", "part text"), ("part-1", "part-2"), ("grid col-8", "grid col-8")],
)
@pytest.mark.parametrize("layers", [1, 3])
def test_a_text_in_pieces_of_one_kind_is_whole(first: str, other: str, layers: int) -> None:
    pieces = [TEXT * 3, [FOURTH, FIRST + THIRD], [SECOND + FOURTH]]
    html = "".join(
        "<div>" * (layers - 1)
        + f"<div class='{other if at else first}'>{paragraphs(piece)}</div>"
        + "</div>" * (layers - 1)
        + f"<div class=links>{LINKS}</div>"
        for at, piece in enumerate(pieces)
    )
    assert lines_of(f"<div class=story>{html}</div><div>{NOTICE}</div>") == [line for piece in pieces for line in piece]


@pytest.mark.parametrize(
    ("own", "beside"), [("col-8", "col-4"), ("story", "box"), ("row story", "row more"), ("box", "box comments")]
)
def test_what_is_of_another_kind_is_no_piece(own: str, beside: str) -> None:
    html = f"<div class='{own}'>{paragraphs(TEXT * 2)}</div><div class='{beside}'>{NOTICE}</div>"
    assert lines_of(f"<div class=page>{html}</div>") == TEXT * 2


def test_pieces_that_each_end_with_a_link_are_no_list_of_cards() -> None:
    piece = [FIRST, SECOND, THIRD, FOURTH, FIRST + SECOND, SECOND + THIRD, THIRD + FOURTH, FIRST + FOURTH]
    html = f"<div class=part>{paragraphs(piece)}<ul><li><a href=/1>另一座碾坊也转起来了</a><li><a href=/2>谷雨</a></ul></div>"
    assert lines_of(f"<div>{html * 5}</div><div>{NOTICE}</div>") == piece * 5


def test_leads_of_other_documents_are_cards() -> None:
    card = f"<div class=card><p><a href=/1>另一座碾坊也转起来了</a></p><p>{FIRST}</p></div>"
    assert lines_of(f"<div class=story>{paragraphs(TEXT)}</div><div>{card * 5}</div>") == TEXT


@pytest.mark.parametrize(
    ("above", "is_text"),
    [
        ("<div class=summary>镇里修好了三座老碾坊，粮食不必再往城里送。</div>", True),
        ("<h2>镇里修好了三座老碾坊，粮食不必再往城里送。</h2>", True),
        ("<div class=summary>镇里修好了三座老碾坊<a href=/>，粮食不必再往城里送。</a></div>", False),
        (f"<div class=summary>摘要：{FIRST[:-1]}……</div>", False),
        ("<figure><figcaption>老人们站在碾坊的门口，身后是新水轮。</figcaption></figure>", False),
        ("<div class=photo-text>老人们站在碾坊的门口，身后是新水轮。</div>", False),
        ("<div class=author>林某，写过许多乡下的故事，住在河边。</div>", False),
        ("<div class=share>请用手机扫一扫，把这个故事讲给别人听。</div>", False),
        ("<div>2024-05-01 08:00:00，作者林某，来源山风日报，编辑杨某。</div>", False),
        ("<div>以下是小编为大家整理的老碾坊范文，希望对您有帮助，欢迎阅读。</div>", False),
    ],
)
def test_a_lead_between_title_and_text(above: str, is_text: bool) -> None:
    expected = ["镇里修好了三座老碾坊，粮食不必再往城里送。"] * is_text + TEXT
    assert lines_of(f"<div class=top>{above}</div><div class=content>{paragraphs(TEXT)}</div>") == expected


def test_an_article_is_taken_whole() -> None:
    html = f"<div class=a>{paragraphs(TEXT * 2)}</div><section class=b><p>{SECOND}</p><p>{THIRD + FOURTH}</p></section>"
    assert lines_of(f"<article>{html}</article><div>{NOTICE}</div>") == [*TEXT * 2, SECOND, THIRD + FOURTH]


def test_a_dialog_is_no_text_however_long() -> None:
    ask = "我们想知道您怎样看这些文章，请您同意，请您点头。" * 9
    assert lines_of(f"<div>{paragraphs(TEXT)}</div><div role=dialog><p>{ask}</p></div>") == TEXT


@pytest.mark.parametrize(
    ("label", "is_text"), [("txt", True), ("text", True), ("content", True), ("text-center", False), ("context", False)]
)
def test_class_words_of_texts(label: str, is_text: bool) -> None:
    assert speaks_of_text(label) is is_text


@pytest.mark.parametrize("label", ["bbpress-forums", "conversation-thread-view", "Discussion"])
def test_the_class_of_a_thread_may_stand_inside_what_holds_it(label: str) -> None:
    posts = "".join(
        f"<li class=reply><b>楼{at}</b><div class=reply-content><p>{line}</p></div></li>"
        for at, line in enumerate(TEXT)
    )
    html = f"<div class=page-wrap><div class=crumbs><a href=/>首页</a></div><div class={label}><ul>{posts}</ul></div></div>"
    assert lines_of(html) == TEXT


def test_comments_that_are_all_a_page_says_are_its_text() -> None:
    items = "".join(f"<div class=comment-item><p>{line}</p></div>" for line in TEXT)
    assert lines_of(f"<div class=box><div class=comments>{items}</div></div>") == TEXT
    html = f"<div class=content>{paragraphs(TEXT)}</div><div class=comments>{items.replace('，', '！')}</div>"
    assert lines_of(html) == TEXT


@pytest.mark.parametrize(
    "numbers",
    [
        "<td class=gutter><pre>1\n2\n3</pre></td>",
        "<td><pre><span>1</span><br><span>2</span><br><span>3</span></pre></td>",
        "<td class=line-numbers><div>7</div><div>8</div><div>9</div></td>",
    ],
)
def test_numbers_beside_the_lines_of_a_listing_go(numbers: str) -> None:
    code = "<td><pre>mill = open()\nmill.turn()\nmill.close()</pre></td>"
    assert lines_of(f"<div>{paragraphs(TEXT)}<table><tr>{numbers}{code}</tr></table></div>") == [
        *TEXT,
        "mill = open()",
        "mill.turn()",
        "mill.close()",
    ]


@pytest.mark.parametrize(
    "listing",
    [
        "<pre><span class=linenos>1</span>mill = open()\n<span class=linenos>2</span>mill.turn()\n</pre>",
        "<pre>\n<code>mill = open()\nmill.turn()</code></pre><ul class=pre-numbering><li>1<li>2</ul>",
        "<div class=gutter><div>1</div><div>2</div></div><div><pre>mill = open()\nmill.turn()</pre></div>",
        "<pre class=line-numbers>mill = open()\nmill.turn()</pre>",
    ],
)
def test_numbers_of_a_class_that_says_so_go_and_code_of_one_stays(listing: str) -> None:
    assert lines_of(f"<div>{paragraphs(TEXT)}{listing}</div>") == [*TEXT, "mill = open()", "mill.turn()"]


@pytest.mark.parametrize(
    "row",
    [
        "<td><div>1</div><div>2</div></td><td><div>谷子</div><div>糠</div></td>",
        "<td><pre>1\n3\n2</pre></td><td><pre>谷子\n糠\n水</pre></td>",
    ],
)
def test_numbers_that_count_no_listing_stay(row: str) -> None:
    assert "2" in lines_of(f"<div>{paragraphs(TEXT)}<table><tr>{row}</tr></table></div>")


ADDRESSES = [f"https://mill{number}.example.org/notes" for number in range(3)]
NAMES = ["水轮的修法", "老樟木的选材", "桐油的熬法"]


def links(lines: list[str], label: str = "") -> str:
    return f"<ul{label}>" + "".join(f"<li><a href='/{line}'>{line}</a></li>" for line in lines) + "</ul>"


@pytest.mark.parametrize(
    ("before", "listed", "after"),
    [
        ([FIRST, SECOND], NAMES, [THIRD, FOURTH]),
        ([*TEXT, "本文参考了以下的网页："], NAMES, []),
        (TEXT, ADDRESSES, []),
    ],
)
def test_a_list_of_links_that_a_text_names_or_goes_on_behind_is_its_own(
    before: list[str], listed: list[str], after: list[str]
) -> None:
    html = f"<div>{paragraphs(before)}{links(listed)}{paragraphs(after)}</div>"
    assert lines_of(html) == [*before, *listed, *after]


@pytest.mark.parametrize("label", [" class=more", " id=more"])
def test_a_list_of_links_with_a_class_and_one_below_a_text_that_has_ended_go(label: str) -> None:
    assert lines_of(f"<div>{paragraphs(TEXT[:2])}{links(NAMES, label)}{paragraphs(TEXT[2:])}</div>") == TEXT
    assert lines_of(f"<div>{paragraphs(TEXT)}{links(NAMES)}</div>") == TEXT


def test_a_list_or_quotation_is_part_of_the_text_around_it() -> None:
    items = "".join(f"<li>{line}</li>" for line in TEXT)
    assert lines_of(f"<div><p>木料</p><ul>{items}</ul><p>工具</p></div>") == ["木料", *TEXT, "工具"]
    quoted = f"<blockquote>{paragraphs(TEXT)}</blockquote>"
    assert lines_of(f"<div><h2>题记</h2>{quoted}<h2>木料</h2><ol><li>樟木</ol></div>") == [
        "题记",
        *TEXT,
        "木料",
        "樟木",
    ]


def test_sections_are_of_one_text_though_one_holds_no_sentence() -> None:
    items = ["樟木，三根，各长两丈", "桐油，一桶，本地所产", "铁箍，十二个，旧的也行"]
    first = f"<div class=part-1><h2>水轮</h2>{paragraphs(TEXT)}</div>"
    second = f"<div class=part-2><h2>木料</h2><ul><li>{'<li>'.join(items)}</ul></div>"
    assert lines_of(f"<div>{first}{second}</div>") == ["水轮", *TEXT, "木料", *items]


@pytest.mark.parametrize("head", ["14 个评论", "网友评论（14）", "已有 14 条留言", "14 Comments"])
def test_comments_without_a_class_are_known_by_the_line_that_counts_them(head: str) -> None:
    said = "".join(f"<div class=item><p>阿水{number}</p><p>说得好，我也要去看看！</p></div>" for number in range(14))
    html = f"<div class=one>{paragraphs(TEXT[:2])}</div><div class=two><h2>{head}</h2><div>{said}</div></div>"
    assert lines_of(f"<div>{html}</div>") == TEXT[:2]


def test_posts_that_repeat_with_their_days_are_a_thread() -> None:
    post = "<li><p><a href=/u>阿水{0}</a></p><p>2014-05-0{0} 06:00</p><div class=content><p>{1}</p></div></li>"
    html = "".join(post.format(number, line) for number, line in enumerate(TEXT, 1))
    page = f"<title>老碾坊</title><div class='topic'><h1>老碾坊</h1><ul class=posts>{html}</ul></div>"
    document = clean(Page(body=f"<!DOCTYPE html>{page}", kind="html"))
    assert (document.template, document.text.split("\n")) == ("thread", TEXT)


@pytest.mark.parametrize("element", ["aside", "nav"])
def test_the_headings_of_a_text_beside_it_go_however_many_they_are(element: str) -> None:
    names = ["水轮", "木料", "桐油", "谷子"]
    entries = "".join(f"<li><a href='#{n}'>{n}. {name}</a></li>" for n, name in enumerate(names, 1))
    parts = "".join(f"<h2 id={n}>{name}</h2><p>{TEXT[n - 1][:9]}</p>" for n, name in enumerate(names, 1))
    whole = [line for n, name in enumerate(names) for line in (name, TEXT[n][:9])]
    assert lines_of(f"<main><{element}><ul>{entries}</ul></{element}><article>{parts}</article></main>") == whole


def test_sections_that_each_end_with_a_link_are_no_cards() -> None:
    said = "水轮转起来了。谷子进去了。米出来了。糠飞走了。孩子们笑了。老人也笑了。"
    part = "<div class=row><div class=col><div class=edit><h2>第{0}盘磨</h2><p>{1}</p><p><a href=/>到这盘磨去的那条小路</a></p></div></div></div>"
    parts = "".join(part.format(number, said) for number in range(5))
    lines = lines_of(f"<article class=page><div class=box>{parts}</div></article>")
    assert [line for line in lines if line == said] == [said] * 5


@pytest.mark.parametrize(("element", "label"), [("section", ""), ("div", "class=section ")])
def test_a_section_whose_id_repeats_its_name_is_of_the_text(element: str, label: str) -> None:
    ids = ["the-wheel", "side-effects", "reply-to-comments", "the-rice"]
    parts = "".join(
        f"<{element} {label}id={i}><h2>{i}</h2><p>{line}</p></{element}>" for i, line in zip(ids, TEXT, strict=True)
    )
    assert lines_of(f"<div class=body>{parts}</div>") == [line for pair in zip(ids, TEXT, strict=True) for line in pair]


def test_code_is_a_piece_of_the_text_around_it() -> None:
    code = "<figure><table><tr><td class=code><pre>{}</pre></td></tr></table></figure>"
    shown = [f"wheel.turn({number}, true); grain.pour(sack);" for number in range(9)]
    html = f"<div class=box><h2>先装水轮</h2>{code.format('wheel {')}<h2>再倒谷子</h2>{code.format('<br>'.join(shown))}</div>"
    assert lines_of(html) == ["先装水轮", "wheel {", "再倒谷子", *shown]


def test_a_page_of_code_alone_ends() -> None:
    assert clean(Page(body=f"<!DOCTYPE html><pre>{'<br>'.join(TEXT)}</pre>", kind="html")).text.split("\n") == TEXT


@pytest.mark.parametrize(
    ("first", "other"),
    [("<section id=intro>", "<section id=use>"), ("<div class=column-top>", "<div class=column-low>")],
)
def test_sections_that_begin_with_headings_of_one_level_are_one_text(first: str, other: str) -> None:
    close = first[1:].split()[0]
    listed = "".join(f"<li>{name}（见 <a href=/{name}>{name}</a> 一节）" for name in ("水轮", "石磨", "风车"))
    html = f"{first}<h2>来历</h2>{paragraphs(TEXT[:2])}</{close}>{other}<h2>构造</h2><ul>{listed}</ul></{close}>"
    shown = ["来历", *TEXT[:2], "构造", *(f"{name}（见 {name} 一节）" for name in ("水轮", "石磨", "风车"))]
    assert lines_of(f"<div class=page>{html}</div><div>{NOTICE}</div>") == shown


def test_a_section_that_begins_with_the_title_is_the_text() -> None:
    text = f"<section class=detail><h2>老碾坊</h2>{paragraphs(TEXT)}</section>"
    beside = "<section class=app><h2>河村客户端</h2><p>扫一扫，装到手机上</p></section>"
    html = f"<div class=page>{text}{beside}<section class=map><h2>到这里来</h2><p>河村东头</p></section></div>"
    page = f"<!DOCTYPE html><html><head><title>老碾坊</title></head><body>{html}</body></html>"
    assert clean(Page(body=page)).text.split("\n") == TEXT


def test_what_a_page_folds_is_part_of_the_text_around_it() -> None:
    html = f"<p>磨米三步</p><p>选谷</p><p>上磨</p><details>{paragraphs(TEXT)}</details><p>过筛</p>"
    assert lines_of(f"<div class=page><div>{html}</div></div>") == ["磨米三步", "选谷", "上磨", *TEXT, "过筛"]


def test_a_book_whose_elements_are_not_ended_is_whole() -> None:
    chapters = [[f"第{number}章说到这里，碾坊的事还没有完。"] * 210 for number in range(3)]
    html = "".join(
        f"<div class=cover><div class=part{at}><div>{paragraphs(lines)}</div></div></div>"
        for at, lines in enumerate(chapters)
    )
    assert len(lines_of(f"<div>{html}</div>")) == 630
    parts = [*(lines[:110] for lines in chapters), chapters[2] * 2]
    html = "".join(f"<div class=part{at}><div>{paragraphs(lines)}</div>" for at, lines in enumerate(parts))
    assert len(lines_of(f"<div>{html}</div>")) == 750


def test_what_else_a_page_says_at_length_is_no_part_of_a_longer_text() -> None:
    feed = "".join(f"<p>路人说了第{number}句，大家都在听着呢。</p>" for number in range(230))
    assert len(lines_of(f"<div class=nr>{paragraphs(TEXT * 80)}</div><div class=feed>{feed}</div>")) == 320


OWN = "".join(f"<li><a href=https://m{number}.cn>碾坊资料之{number}</a>" for number in range(1, 5))
OWN_LINES = [f"碾坊资料之{number}" for number in range(1, 5)]


def test_a_collection_of_links_under_headings_is_the_text_that_its_class_says() -> None:
    html = f"<div class=article-content><h2>水轮</h2><ul>{OWN}</ul><h2>石磨</h2><ul>{OWN}</ul></div>"
    assert lines_of(f"<article><div class=body>{html}</div></article>") == ["水轮", *OWN_LINES, "石磨", *OWN_LINES]


def test_a_short_text_among_links_is_the_one_that_its_class_says() -> None:
    links = "".join(f"<p><a href=/{number}>作者的其他文章之{number}</a></p>" for number in range(9))
    html = f"<div class=post><div class=post-content><p>碾坊开张</p></div><div class=post-copyright>{links}</div></div>"
    assert lines_of(f"<main class=content-inner>{html}<div class=aside-content>{links * 2}</div></main>") == [
        "碾坊开张"
    ]


def test_lists_of_links_in_items_of_the_text_stay() -> None:
    html = f"<ul><li>{FIRST}</li><li>资料<ul><li>旧志<ul>{OWN}</ul></li></ul></li><li>{SECOND}</li></ul>"
    assert lines_of(f"<div class=page>{paragraphs([THIRD])}{html}</div>") == [
        THIRD,
        FIRST,
        "资料",
        "旧志",
        *OWN_LINES,
        SECOND,
    ]


def test_links_that_show_their_addresses_are_sources_wherever_they_stand() -> None:
    shown = [f"https://m{number}.cn/nianfang" for number in range(3)]
    sources = "".join(f"<li><a href={address}>{address}</a>" for address in shown)
    html = f"<blockquote><ul>{sources}</ul></blockquote>{paragraphs(TEXT)}"
    assert lines_of(f"<div class=page>{html}</div>") == [*shown, *TEXT]


def test_a_list_of_links_of_the_class_of_the_lists_of_a_text_is_no_frame() -> None:
    html = f"<ul class=simple><li>{FIRST}</li><li>{SECOND}</li></ul>{paragraphs([THIRD])}<p>要备齐：</p>"
    html += f"<blockquote><div><ul class=simple>{OWN}</ul></div></blockquote>{paragraphs([FOURTH])}"
    assert lines_of(f"<div class=page>{html}</div>") == [FIRST, SECOND, THIRD, "要备齐：", *OWN_LINES, FOURTH]


def test_an_empty_element_before_a_list_or_heading_hides_neither() -> None:
    html = f"<div><div class=clear></div><ul>{OWN}</ul></div>"
    shown = [FIRST, "要备齐：", *OWN_LINES, SECOND]
    assert lines_of(f"<div class=page>{paragraphs([FIRST])}<p>要备齐：</p>{html}{paragraphs([SECOND])}</div>") == shown
    sections = [
        f"<section id=s{at}><div class=anchor></div><h2>{name}</h2>{paragraphs(lines)}</section>"
        for at, (name, lines) in enumerate({"来历": TEXT, "木料": ["樟木三根"]}.items())
    ]
    assert lines_of(f"<div class=page>{''.join(sections)}</div>") == ["来历", *TEXT, "木料", "樟木三根"]


@pytest.mark.parametrize(
    "inner", [f"<p>要备齐：</p>{'<div>' * 20_000}<ul>{OWN}", f"<p>要备齐：</p>{'<ul><li>' * 12_000}{OWN}"]
)
def test_lists_of_links_in_nested_elements_are_read_in_linear_time(inner: str) -> None:
    with cpu_deadline(5):
        lines_of(paragraphs(TEXT) + inner)


@pytest.mark.parametrize(("head", "after"), [("阅读更多", []), ("水轮与石磨", []), ("相关文章", [FOURTH])])
def test_a_list_of_other_articles_goes_though_a_plain_list_of_the_text_bears_its_class(
    head: str, after: list[str]
) -> None:
    html = f"<ul class=list><li>{FIRST}</li><li>{SECOND}</li></ul>{paragraphs([THIRD])}"
    html += f"<h3>{head}</h3><ul class=list>{OWN}</ul>{paragraphs(after)}"
    assert not {*OWN_LINES} & {*lines_of(f"<div class=page>{html}</div>")}


def test_what_asks_for_consent_is_no_text_however_short_that_is() -> None:
    asks = "本站用小文件记下你的偏好，以便改进内容。你同意后，我们才会记下这些。"
    steps = [f"第{number}步：关上水闸，清出石槽里的碎谷和糠皮" for number in "一二三四五"]
    html = f"<article>{paragraphs(steps)}</article><div class=page-consent hidden><p>{asks}</p></div>"
    assert lines_of(html) == steps


def test_a_link_of_the_frame_that_stands_in_the_title_is_not_the_title() -> None:
    nav = "<div><p><a href=/m>碾坊</a></p><p><a href=/n>水车</a></p></div>"
    html = f"<head><title>新修碾坊记 - 河村</title></head>{nav}<div class=page>{paragraphs(TEXT)}</div>"
    assert clean(Page(body=f"<!DOCTYPE html><html>{html}</html>", kind="html")).text.split("\n") == TEXT


def test_a_description_in_html_keeps_its_lists_of_links_and_loses_its_tags() -> None:
    links = "".join(f"<li><a href=/{number}>碾坊资料之{number}</a></li>\n" for number in range(1, 6))
    code = "<pre><code>pip install nianfang\n</code></pre>"
    html = (
        f"<!-- 由程序写成 -->\n<h1>碾坊</h1>\n<ul>\n{links}<li>旧志<ul><li>卷一</li></ul></li></ul>\n<hr />\n{code}\n"
    )
    lines = clean(Page(body=html)).text.split("\n")
    assert lines == ["碾坊", *(f"碾坊资料之{number}" for number in range(1, 6)), "旧志", "卷一", "pip install nianfang"]


def test_a_block_that_lays_out_a_description_makes_no_frame_of_its_lists() -> None:
    html = f"<h1>碾坊</h1>{paragraphs(TEXT)}<div align=center><p>河村</p></div><h2>资料</h2>{links(OWN_LINES)}"
    assert clean(Page(body=html)).text.split("\n")[-5:] == ["资料", *OWN_LINES]


@pytest.mark.parametrize(
    "menu",
    [
        f"<center><table><tr><td><ul>{MENU}</ul></table></center>",
        f"<p>河村</p><div class=menu><ul>{MENU}</ul></div>",
        f"<p>河村</p><div><ul>{MENU}</ul></div>",
    ],
)
def test_a_menu_goes_from_a_page_without_a_head(menu: str) -> None:
    html = f"{menu}<center><table><tr><td>{paragraphs(TEXT)}</table></center>"
    assert clean(Page(body=html, kind="html")).text.split("\n")[-4:] == TEXT
    assert "栏目1" not in clean(Page(body=html, kind="html")).text


def test_the_sign_that_leads_to_a_heading_is_no_part_of_it() -> None:
    heads = [
        "碾坊<a class=x href=#a title=链接>&para;</a>",
        "<a href='#b' aria-hidden=true>#</a> 水轮",
        "<a href='#c'><span>石磨</span></a>",
        "C#<a href=#d>#</a>",
        "<a href=#e>风车",
    ]
    html = "".join(f"<h2>{head}</h2>{paragraphs([line])}" for head, line in zip(heads, [*TEXT, FIRST], strict=True))
    lines = lines_of(f"<div class=page>{html}</div>")
    assert lines == ["碾坊", FIRST, "水轮", SECOND, "石磨", THIRD, "C#", FOURTH, "风车", FIRST]
    kept = {
        "<a href=#t name=t>第一章 水轮<br>&nbsp;</a>": ["第一章 水轮"],
        "<a href=#t>石磨<br>※</a>": ["石磨", "※"],
        "关于<a href=#a>风车<a href=#b>#</a></a>": ["关于风车"],
        "C<a id=x>++</a>语言": ["C++语言"],
        "水车<a href=#a>#<a href=/x>的图样</a>": ["水车的图样"],
    }
    for head, shown in kept.items():
        assert lines_of(f"<div class=page><h2>{head}</h2>{paragraphs(TEXT)}</div>") == [*shown, *TEXT]
    page = f"<html><h1>水轮<a href=#a>¶</a></h1>{paragraphs(TEXT)}</html>"
    assert clean(Page(body=page)).title == "水轮"


def test_what_stands_beside_an_element_without_a_class_in_the_container_of_a_text_is_of_it() -> None:
    steps = [f"第{number}步 松开闸门的木栓再推上水轮的插销" for number in "一二三四五六"]
    rows = "".join(f"<div>{step}</div>" for step in steps)
    html = f"<div class=entry><div>{paragraphs(TEXT)}</div><div>{rows}</div></div><div class=foot>{LINKS}</div>"
    assert lines_of(html) == [*TEXT, *steps]


@pytest.mark.parametrize("label", ["crayon-syntax", "highlight", "code-block"])
def test_code_in_any_element_is_a_piece_of_the_text_around_it(label: str) -> None:
    code = [f"mill.turn(wheel={number}, grain='谷子，糠，米')" for number in range(90)]
    rows = "".join(f"<div>{line}</div>" for line in code)
    shown = f"<div class={label}><table><tr><td><div class=lines>{rows}</div></table></div>"
    html = f"<div class=box>{paragraphs(TEXT)}{shown}{paragraphs([FIRST])}</div>"
    assert lines_of(html) == [*TEXT, *code, FIRST]


def test_what_happened_day_by_day_stays_though_each_line_is_a_link() -> None:
    days = [f"2024-03-{day} 碾坊清了第{day}段渠" for day in range(10, 19)]
    rows = "".join(f"<p>{line[:10]} <a href=/d{line[8:10]}>{line[11:]}</a></p>" for line in days)
    html = f"<div class=entry>{paragraphs(TEXT)}<div>{rows}</div>{paragraphs([FIRST, SECOND])}</div>"
    assert lines_of(html) == [*TEXT, *days, FIRST, SECOND]


def test_sentences_that_are_links_are_the_text_between_paragraphs() -> None:
    news = [f"{number}. 碾坊的第{number}架水轮今天早晨已经修好。" for number in range(1, 11)]
    rows = "".join(f"<p><a href=/n{number}>{line}</a></p>" for number, line in enumerate(news))
    html = f"<div class=entry>{paragraphs(TEXT)}<div>{rows}</div>{paragraphs([FIRST])}</div>"
    assert lines_of(html) == [*TEXT, *news, FIRST]


def test_lists_in_a_list_of_the_text_are_its_own_though_all_items_are_links() -> None:
    parts = "".join(
        f"<li><a href=/p{part}>水轮的部件{part}</a><ul>"
        + "".join(f"<li><a href=/p{part}/{number}>轮叶与轮轴{part}{number}</a></li>" for number in range(4))
        + "</ul></li>"
        for part in range(3)
    )
    html = f"<div class=entry>{paragraphs(TEXT)}<ul>{parts}</ul>{paragraphs([FIRST, SECOND])}</div>"
    assert "轮叶与轮轴23" in lines_of(html)


def test_a_short_link_that_the_title_begins_with_is_a_tag() -> None:
    title = "水轮3号的修理手册"
    html = (
        f"<html><head><title>{title} - 春水镇的老碾坊和水轮图集</title></head><body><h1><span>原</span> {title}</h1>"
        f"<div class=tags><a href=/t>水轮3号</a></div><div class=entry>{paragraphs(TEXT)}</div></body></html>"
    )
    assert clean(Page(body=f"<!DOCTYPE html>{html}", kind="html")).title != "水轮3号"


def test_code_that_crayon_shows_twice_stays_once() -> None:
    code = "yum install nginx\nservice nginx start"
    rows = f"<table><tr><td><div class=crayon-num>1</div></td><td class=crayon-code><pre>{code}</pre></td></tr></table>"
    html = (
        "<html><head><title>装机</title></head><body><h1>装机</h1><div class=post><p>先把软件装好，再改配置。</p>"
        "<div class='crayon-syntax'><div class='crayon-plain-wrap'><textarea class='crayon-plain print-no'>"
        f"{code}</textarea></div><div class=crayon-main>{rows}</div></div><p>装好以后重启一次就行了。</p></div></body></html>"
    )
    lines = clean(Page(body=html, kind="html")).text.split("\n")
    assert lines == ["先把软件装好，再改配置。", *code.split("\n"), "装好以后重启一次就行了。"]

"""Threads of forums: own pages whose posts stand in what classes call comments or replies, or are told by their shape."""

from __future__ import annotations

import pytest

from cleaners.clean import clean
from cleaners.model import Document, Page

QUESTION = "院里的柿子树今年不结果，是不是去年剪得太狠了？"
FIRST = "剪得狠的树，要歇上一年才缓得过来，明年再看看吧。"
SECOND = "也可能是花期遇上了连阴雨，蜜蜂没有出来，授不上粉。"
POSTS = [QUESTION, FIRST, SECOND]
MENU = "".join(f"<li><a href=/{number}>栏目{number}</a></li>" for number in range(16))
ARTICLE = [
    "柿子树怕涝，根泡在水里三天就要落叶。",
    "入冬之前，给树干刷一层白灰，可以防虫。",
    "开春以后再施肥，不要靠着树干。",
]


def page(body: str, title: str = "柿子树") -> Document:
    html = (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><ul class=menu>{MENU}</ul>{body}</body></html>"
    )
    return clean(Page(body=html, kind="html"))


def post(text: str, number: int, label: str = "row", day: str = "2021-03-0") -> str:
    return (
        f"<div class='{label}'><div class='head'><a href=/u{number}>园丁{number}</a> <span>{day}{number}</span></div>"
        f"<div class='inner'><p>{text}</p></div></div>"
    )


@pytest.mark.parametrize("label", ["js-replyNewMessageContainer", "comments", "cTopicComments"])
def test_what_opens_below_the_title_is_the_text_whatever_its_class_says(label: str) -> None:
    posts = "".join(post(text, number) for number, text in enumerate(POSTS, 1))
    notice = "<div class=notice>本站换了新的地址，旧的地址仍然可用。</div>"
    document = page(f"{notice}<h1>柿子树</h1><div class='{label}'>{posts}</div>")
    assert (document.template, document.text.split("\n")) == ("thread", POSTS)


def test_comments_below_an_article_are_none_of_it() -> None:
    article = "".join(f"<p>{line}</p>" for line in ARTICLE)
    comments = "".join(post(text, number, "comment-item") for number, text in enumerate(POSTS * 3, 1))
    document = page(f"<h1>柿子树</h1><div>{article}</div><div class=comments>{comments}</div>")
    assert (document.template, document.text.split("\n")) == ("unknown", ARTICLE)


@pytest.mark.parametrize("day", ["2021-03-0", "3月1日 第", "March 2, 200"])
def test_posts_of_one_kind_with_their_days_are_a_thread(day: str) -> None:
    posts = "".join(post(text, number, "post-item", day) for number, text in enumerate(POSTS, 1))
    document = page(f"<h1>柿子树</h1><div class=list>{posts}</div>")
    assert (document.template, document.text.split("\n")) == ("thread", POSTS)


def test_entries_under_titles_that_lead_to_them_are_no_posts() -> None:
    entries = "".join(
        f"<div class='post-item'><h2><a href=/{number}>柿子树下第{number}次谈话</a></h2><i>2021-03-0{number}</i><p>{text}</p></div>"
        for number, text in enumerate(POSTS, 1)
    )
    document = page(f"<div class=list>{entries}</div>", "果园")
    assert (document.template, "listing" in document.flags) == ("unknown", True)


def test_answers_that_stand_with_their_days_in_one_element_are_texts_and_the_days_are_not() -> None:
    answers = "".join(f"<span>{text}</span><br><span>园丁 2021-03-02</span><br>" for text in (FIRST, SECOND))
    body = f"<h1>柿子树</h1><div class=question><div class=post-text>{QUESTION}</div></div><div class=comments><div class=inner>{answers}</div></div>"
    document = page(body, "柿子树 - 果园问答")
    assert (document.template, document.text.split("\n")) == ("thread", POSTS)


def test_what_varies_a_class_does_not_say_what_it_is() -> None:
    posts = "".join(
        f"<div class=post><h3 class=post-name><a href=/u>园丁</a></h3><i>2021-03-02</i><div class='rich-text rich-text--user'>{text}</div></div>"
        for text in POSTS
    )
    document = page(f"<h1>柿子树</h1><div>{posts}</div>")
    assert (document.template, document.text.split("\n")) == ("thread", POSTS)


@pytest.mark.parametrize("shown", ["", "<p>出了一点问题。请刷新。</p>"])
def test_a_page_that_shows_its_text_only_without_scripts_has_it(shown: str) -> None:
    text = "".join(f"<p>{line}</p>" for line in ARTICLE * 3)
    document = page(f"<div id=app>{shown}</div><noscript><h1>柿子树</h1><div>{text}</div></noscript>")
    assert document.text.split("\n") == ARTICLE * 3


def test_what_a_page_says_without_scripts_beside_its_text_is_none_of_it() -> None:
    text = "".join(f"<p>{line}</p>" for line in ARTICLE)
    document = page(f"<h1>柿子树</h1><div>{text}</div><noscript><p>请打开脚本。否则不能留言。谢谢！</p></noscript>")
    assert document.text.split("\n") == ARTICLE


def test_tags_in_the_code_that_a_page_shows_stay() -> None:
    code = "&lt;span data-row=&quot;name&quot;&gt;柿子&lt;/span&gt;"
    document = page(f"<h1>柿子树</h1><p>{ARTICLE[0]}</p><pre>{code}</pre><p>{ARTICLE[1]}</p><p>{ARTICLE[2]}</p>")
    assert '<span data-row="name">柿子</span>' in document.text.split("\n")


def test_posts_whose_class_says_where_their_bars_stand_are_the_text() -> None:
    posts = "".join(
        f"<li>{post(text, number, 'post withSide sidebarLeft')}</li>" for number, text in enumerate(POSTS, 1)
    )
    document = page(f"<h1>柿子树</h1><ul class=list>{posts}</ul>", "柿子树 - 果园论坛")
    assert (document.template, document.text.split("\n")) == ("thread", POSTS)


def test_code_in_posts_stays_though_its_lines_repeat() -> None:
    code = "\n".join(
        ["while (剪枝) {", "  浇水();", "}", "", "", "while (剪枝) {", "  浇水();", "}", "", "}", "}", "}"]
    )
    first = post(QUESTION, 1, "post-item").replace("<p>", f"<div class=source><pre>{code}</pre></div><p>")
    posts = first + "".join(post(text, number, "post-item") for number, text in enumerate(POSTS[1:], 2))
    posts = posts.replace("'inner'", "'message'")
    document = page(f"<h1>柿子树</h1><div class=list>{posts}</div>", "柿子树 - 农事论坛")
    assert document.template == "thread"
    assert document.text.count("浇水();") == 2


def test_answers_of_an_engine_that_misspells_them_are_posts() -> None:
    answers = "".join(
        f"<div class=commont-item><div class=commont-content><p>{text}</p></div><div class=commont-date>{day}</div></div>"
        for text, day in ((FIRST, "2020-05-12"), (SECOND, "2020-05-13"))
    )
    document = page(f"<div class=topic-content><p>{QUESTION}</p></div><div>{answers}</div>", "柿子树 - 农事论坛")
    assert (document.template, document.text.split("\n")) == ("thread", POSTS)


def test_a_blog_of_a_community_is_no_thread_and_keeps_its_code() -> None:
    code = "<pre class='brush:bash;toolbar: true;'>prune --year 2021\nprune --all</pre>"
    article = "".join(f"<p>{line}</p>" for line in ARTICLE)
    comments = "".join(post(text, number, "comment-item") for number, text in enumerate(POSTS, 1))
    body = f"<h1>柿子树</h1><div class=BlogContent>{article}{code}</div><div class=comments>{comments}</div>"
    document = page(body, "柿子树 - 春水园艺社区")
    assert (document.template, document.text.split("\n")) == ("unknown", [*ARTICLE, "prune --year 2021", "prune --all"])


def test_questions_in_preformatted_text_are_posts() -> None:
    asked = "比如：\n枝条太密\n剪哪些\n留哪些？"
    answers = "".join(post(text, number, "answer") for number, text in enumerate(POSTS, 1))
    body = f"<h1>柿子树</h1><div class=ask><pre class='q-content'>{asked}</pre></div><div class=answers>{answers}</div>"
    assert page(body, "柿子树_春水知道").text.split("\n") == [*asked.split("\n"), *POSTS]


def test_boxes_in_posts_are_of_their_texts_and_bars_are_not() -> None:
    box = "<div class=box><div class=row><div class=cell><div class=shown>{}</div></div></div></div>"
    posts = "".join(
        f"<div class=post-item><div class=head>园丁{number} 2021-03-0{number}</div><div class=message>{text}"
        f"{box.format(f'锯 {number}')}<div class=toolbar><span class=tool>展开</span></div></div></div>"
        for number, text in enumerate(POSTS, 1)
    )
    document = page(f"<h1>柿子树</h1><div class=list>{posts}</div>", "柿子树 - 春水论坛")
    assert document.template == "thread"
    assert document.text.split("\n") == [
        line for number, text in enumerate(POSTS, 1) for line in (text, f"锯 {number}")
    ]


@pytest.mark.parametrize("text", ["院里的柿子树今年不结果，求有经验的邻居指点", QUESTION + FIRST])
def test_the_only_post_of_a_thread_is_its_text_though_a_class_calls_it_a_comment(text: str) -> None:
    card = "<div class=card><a href=/u1>园丁1</a><div class=words>这个人很懒，什么也没有写。</div></div>"
    body = f"<div class=comment><div class=who>园丁1 2021-03-01 08:15</div><table><tr><td class=t_f id=postmessage_1>{text}</table></div>"
    document = page(f"<h1>柿子树</h1>{body}{card}<div class=reply>您需要登录后才可以回帖</div>", "柿子树 - 春水论坛")
    assert (document.template, document.text.split("\n")[0]) == ("thread", text)


def test_what_a_poster_says_of_itself_beside_the_posts_is_none_of_them() -> None:
    posts = "".join(
        f"<div class=post-item><div class=head>园丁{number} 2021-03-0{number}</div><div class=content>{text}</div></div>"
        for number, text in enumerate(POSTS, 1)
    )
    card = "<div class=user-simple><div class=base-info><div class=description>种了一辈子树的人</div></div></div>"
    document = page(f"<h1>柿子树</h1><div class=list>{posts}</div>{card}", "柿子树 - 春水论坛")
    assert (document.template, document.text.split("\n")) == ("thread", POSTS)


def test_what_a_title_says_that_one_knows_is_no_site_of_questions() -> None:
    verses = "<br>".join(["清明前后雨纷纷", "渠边柳色一时新", "老牛识得田间路", "不待扬鞭自向春"] * 2)
    said = "".join(post(text, number, "comment-item") for number, text in enumerate([*POSTS, ARTICLE[0]], 1))
    document = page(f"<div class=con>{verses}</div><div class=comments>{said}</div>", title="清明前后你可知道")
    assert document.template != "thread"
    assert "渠边柳色一时新" in document.text


def quoting(said: str, text: str, number: int, label: str = "quote") -> str:
    quote = f"<div class='{label}'><blockquote>原帖由 园丁1 于 2021-3-1 08:00 发表<br>{said}</blockquote></div>"
    return (
        f"<div class='post'><div class='head'><a href=/u{number}>园丁{number}</a> <span>2021-03-0{number}</span></div>"
        f"<div class='t_msgfont' id='postmessage_{number}'>{quote}{text}</div></div>"
    )


def test_quotations_in_posts_stay_unless_the_page_says_above_what_they_repeat() -> None:
    others = "老话说，柿子三年一歇，歇过以后的收成比哪一年都好。"
    first = f"<div class='t_msgfont' id='postmessage_1'>{QUESTION}</div>"
    posts = (
        f"<div class='post'><span>2021-03-01</span>{first}</div>"
        f"{quoting(QUESTION[:20] + '...', FIRST, 2)}{quoting(others, SECOND, 3)}"
    )
    document = page(f"<h1>柿子树</h1><div class=viewthread>{posts}</div>")
    assert document.template == "thread"
    lines = document.text.split("\n")
    assert [line for line in lines if "原帖由" not in line] == [QUESTION, FIRST, others, SECOND]


def test_what_a_post_puts_into_boxes_of_quotations_as_it_says_it_again_stays() -> None:
    parts = ["第一部分，怎样看根。", "第二部分，怎样看叶。"]
    first = (
        f"<div class='t_msgfont' id='postmessage_1'><div class='quote'>{'<br>'.join(parts)}</div>"
        f"{parts[0]}<br>{FIRST}<br>{parts[1]}<br>{SECOND}<div class='quote'>{'<br>'.join(parts)}</div></div>"
    )
    posts = f"<div class='post'><span>2021-03-01</span>{first}</div>{quoting('', QUESTION, 2)}"
    document = page(f"<h1>柿子树</h1><div class=viewthread>{posts}</div>")
    assert document.text.split("\n")[:8] == [*parts, parts[0], FIRST, parts[1], SECOND, *parts]


def test_heads_in_the_texts_of_answers_go_and_the_first_post_dates_the_page() -> None:
    answers = "".join(
        f"<li class='comment-item'><div class='reply-doc content'><div class='green'><h4><a href=/{n}>园丁</a> (看花的第{n}年)"
        f" <span>2021-03-0{n} 08:00:0{n}</span></h4></div><p>{text}</p></div></li>"
        for n, text in enumerate([FIRST, SECOND, *ARTICLE], 2)
    )
    head = "<h3>来自: 园丁 (看花) <span>2021-03-01 07:00:00</span></h3>"
    first = f"<div class='topic-doc'>{head}<div class='topic-content'>{QUESTION}</div></div>"
    document = page(f"<h1>柿子树</h1><div class='topic-box'>{first}<ul class='topic-reply'>{answers}</ul></div>")
    assert (document.template, document.created) == ("thread", "2021-03-01T07:00:00")
    assert document.text.split("\n") == [QUESTION, FIRST, SECOND, *ARTICLE]


ENGINES = {
    "each post in a section of its own": "<section class='c-section' id='post_{n}'><div class='c-post'><div class='c-post__header'>"
    "<a>{n} 楼</a> <a>2021-03-0{n} 08:00:00</a></div><article><div class='c-article__content'>{text}</div></article></div></section>",
    "each post in a table, by the class of its text": "<div class='read_t'><table class='floot'><tr><td class='floot_left'><div"
    " class='readName'><a>园丁{n}</a></div></td><td class='floot_right'><div class='tipTop'>发表于: 2021-03-0{n}</div>"
    "<div class='tpc_content'><div class='f14' id='read_{n}'>{text}</div></div></td></tr></table></div>",
    "headings that repeat the title": "<div class='post'><dl class='postprofile'><dt>园丁</dt><dd>注册时间: 2015-03-0{n} 12:00</dd></dl>"
    "<div class='postbody'><div><h3><a href='#p{n}'>Re: 城南的柿子树不结果了</a></h3><p class='author'>2021-03-0{n} 08:00</p>"
    "<div class='content'>{text}</div></div></div></div>",
    "counters without a class": "<div class='topic-body'><div><a>园丁{n}</a><span>2021 年3 月 {n} 日 08:0{n}</span></div>"
    "<div class='post' itemprop='text'><p>{text}</p></div><div><span>{n} 个赞</span></div></div>",
}


@pytest.mark.parametrize("engine", ENGINES)
def test_posts_of_engines_stay_and_what_is_about_them_goes(engine: str) -> None:
    posts = [*POSTS, *ARTICLE]
    body = "".join(ENGINES[engine].format(n=n, text=text) for n, text in enumerate(posts, 1))
    document = page(f"<h1>城南的柿子树不结果了</h1><div class='list'>{body}</div>", "城南的柿子树不结果了 - 园艺")
    assert (document.template, document.text.split("\n")) == ("thread", posts)
    assert (document.created or "2021-03-01").startswith("2021-03-01")


def test_posts_of_a_board_that_says_no_days_are_told_by_their_floors() -> None:
    posts = [*POSTS, *ARTICLE]
    body = "".join(
        f"<div class='l_post'><div class='d_author'><a>园丁{n}</a><div class='d_badge'>小有成就</div></div><div>"
        f"<div class='d_post_content'>{text}</div><div class='core_reply'><ul class='p_tail'><li>{n}楼</li></ul></div></div></div>"
        for n, text in enumerate(posts, 1)
    )
    document = page(f"<div class='p_postlist'>{body}</div>", "城南的柿子树不结果了_园艺吧_百度贴吧")
    assert (document.template, document.text.split("\n")) == ("thread", posts)


def test_posts_that_an_engine_puts_into_forms_are_none_of_the_frame() -> None:
    posts = [*POSTS, *ARTICLE]
    body = "".join(
        f"<div class='thing comment'><p class='tagline'><a>园丁{n}</a> <time>3 年前</time></p><form class='usertext'>"
        f"<div class='md'><p>{text}</p></div></form></div>"
        for n, text in enumerate(posts, 1)
    )
    document = page(f"<div class='commentarea'>{body}</div>", "柿子树 - reddit")
    assert document.text.split("\n") == posts


def test_the_only_article_of_a_site_of_questions_is_no_thread() -> None:
    article = "".join(f"<p>{line}</p>" for line in ARTICLE)
    comments = "".join(
        f"<div class='CommentItem'><a>园丁{n}</a><span>2021-03-0{n}</span><div class='RichText CommentItem-content'>{text}</div></div>"
        for n, text in enumerate(POSTS, 1)
    )
    body = f"<article class='Post-Main'><h1>柿子树</h1><div class='RichText Post-RichText'>{article}</div></article>"
    document = page(f"<main>{body}<div class='CommentsList'>{comments}</div></main>", "柿子树 - 知乎")
    assert (document.template, document.text.split("\n")) == ("unknown", ARTICLE)


def test_the_answers_of_a_site_of_questions_are_told_by_their_classes_though_each_has_its_own() -> None:
    related = "".join(
        f"<li><span>2011-0{n}-02</span> <a href='/q{n}'>柿子树第{n}年怎么剪才好？</a> <span>{n}1</span></li>"
        for n in range(1, 7)
    )
    body = (
        f"<article class='qb-content'><div class='wgt-ask'><h1>柿子树不结果</h1><pre class='q-content'>{QUESTION}</pre></div>"
        f"<div class='wgt-best answer-1'><div class='hd'>2011-03-02 提问者采纳</div><pre class='best-text'>{FIRST}{SECOND}</pre>"
        f"<div>评论 |</div></div><div class='wgt-answers'><div class='info'>2011-03-03 园丁</div>"
        f"<pre class='answer-text'>{ARTICLE[0]}</pre></div>"
        f"<div class='wgt-topic'><h2>柿子树的知识</h2><ul>{related}</ul></div></article>"
    )
    document = page(body, "柿子树不结果_百度知道")
    assert (document.template, document.text.split("\n")) == ("thread", [QUESTION, FIRST + SECOND, ARTICLE[0]])


def test_an_address_of_numbers_is_no_day() -> None:
    lines = [QUESTION, "树苗服务器在 svn://192.168.3.208/persimmon", FIRST, SECOND]
    posts = "".join(post(text, number, "post-item") for number, text in enumerate(lines, 1))
    assert page(f"<h1>柿子树</h1><div class=list>{posts}</div>").text.split("\n") == lines


def test_days_of_a_travel_diary_are_no_heads_of_posts() -> None:
    days = "".join(
        f"<div class=day><h2>第{n}天：进山</h2><p>2019年5月{n}日 晴</p><div class='post-text'><p>{text}</p></div></div>"
        for n, text in enumerate(ARTICLE, 1)
    )
    text = page(f"<h1>进山</h1><div class=entry>{days}</div>", "进山").text
    assert (text.count("天：进山"), text.count(" 晴")) == (len(ARTICLE), len(ARTICLE))


@pytest.mark.parametrize(
    "rows",
    [
        "<ul><li>2019-05-01 上游放水三小时</li><li>2019-05-02 下游放水两小时</li></ul>",
        "<table><tr><td>5月1日</td><td>三小时</td></tr><tr><td>5月2日</td><td>两小时</td></tr></table>",
    ],
)
def test_days_in_rows_of_a_post_are_of_its_text(rows: str) -> None:
    posts = "".join(post(text, n) for n, text in enumerate([QUESTION + rows, FIRST, SECOND], 1))
    document = page(f"<h1>柿子树</h1><div class=thread>{posts}</div>")
    assert document.template == "thread"
    assert all(said in document.text for said in ("三小时", "两小时") if said in rows)


def test_sections_beside_answers_stay_on_a_site_that_is_none_of_questions() -> None:
    body = f"<p>第一部分</p><div class=answer>{ARTICLE[0]}</div><p>第二部分</p><div class=answer>{ARTICLE[1]}</div>"
    text = page(f"<h1>水渠知识</h1><div class=content>{body}</div>", "水渠知识 - 青禾社区").text
    assert "第一部分" in text
    assert "第二部分" in text

"""Small sites of unlike engines, made of our own sentences: pages by path and query, and which of them are documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import quote

from tests.hostile import Ask, Host, answer

PLACES = ("青石镇", "白沙乡", "临江区", "东山村", "望湖街道", "清源县", "柳林社区", "金桥园区")
SUBJECTS = (
    "河道清淤",
    "果园灌溉",
    "校舍修缮",
    "旧路改造",
    "粮仓防潮",
    "渡口管理",
    "茶山护林",
    "集市整治",
    "桥梁检修",
    "夜校开班",
)
FORMS = ("工作总结", "情况汇报", "实施方案", "动员讲话", "调研报告")
MONTHS = ("一月", "三月", "五月", "七月", "九月", "十一月")


def title_of(number: int) -> str:
    """Return the title of a document, unlike that of other numbers below 400."""
    return f"{PLACES[number % 8]}{SUBJECTS[number // 8 % 10]}{FORMS[number // 80 % 5]}"


def paragraphs(number: int, count: int = 7, first: int = 0) -> list[str]:
    """Return paragraphs of a document, unlike those of others."""
    place, subject = PLACES[number % 8], SUBJECTS[number // 8 % 10]
    return [
        f"{MONTHS[at % 6]}以来，{place}先后派出{number + 3 * at + 2}人次参加{subject}，完成{number * 7 + at}处，"
        f"比上年多出{number % 5 + at + 1}处。群众说，{subject}办得扎实，{place}的面貌有了看得见的变化。"
        f"下一步，我们要把{subject}的第{at + 1}项任务分到人、排到天，务求在{number % 20 + 5}日之前收到实效。"
        for at in range(first, first + count)
    ]


@dataclass
class Engine:
    """A site: its pages by target, those that hold documents (the first page of each), and later pages of these."""

    charset: str = "utf-8"
    name: str = "示范文库网"
    pages: dict[str, str] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)

    def add(self, target: str, title: str, body: str) -> None:
        """Add a page within the site's frame."""
        hot = "".join(f'<li><a href="{link}">{said}</a></li>' for link, said in self.hot)
        menu = "".join(f'<a href="{link}">{said}</a> ' for link, said in self.menu)
        foot = "".join(f'<a href="{link}">{said}</a> | ' for link, said in self.foot)
        self.pages[target] = (
            f'<html><head><meta charset="{self.charset}"><title>{title}-{self.name}</title></head><body>'
            f'<div class="nav">{menu}</div>{body}<div class="side"><h3>热门文档</h3><ul>{hot}</ul></div>'
            f'<div class="foot">{foot}<p>版权所有 {self.name} 备案号 00000000</p></div></body></html>'
        )

    menu: Sequence[tuple[str, str]] = ()
    hot: Sequence[tuple[str, str]] = ()
    foot: Sequence[tuple[str, str]] = (
        ("/about.html", "关于我们"),
        ("/help/1.html", "如何下载文档"),
        ("/help/2.html", "怎样上传自己的文档"),
        ("/help/3.html", "积分是怎样计算的"),
        ("/login.html", "登录"),
    )

    def add_document(self, target: str, number: int, related: Iterable[tuple[str, str]] = (), more: str = "") -> None:
        """Add a document with links to related ones."""
        text = "".join(f"<p>{line}</p>" for line in paragraphs(number))
        links = "".join(f'<li><a href="{link}">{said}</a></li>' for link, said in related)
        self.add(
            target,
            title_of(number),
            f'<h1>{title_of(number)}</h1><p class="info">发布时间：2025-0{number % 9 + 1}-12 浏览：{number * 3}次</p>'
            f'<div class="content">{text}</div>{more}<h3>相关文档</h3><ul class="related">{links}</ul>',
        )
        self.documents.add(target)

    def add_listing(self, target: str, name: str, links: Iterable[tuple[str, str]], pager: str = "") -> None:
        """Add a page of links."""
        rows = "".join(f'<li><a href="{link}">{said}</a> 2025-03-02</li>' for link, said in links)
        self.add(target, name, f'<h2>{name}</h2><ul class="list">{rows}</ul><div class="page">{pager}</div>')

    def add_service(self) -> None:
        """Add what a site says of itself, which is text, too, and no document."""
        said = "本站的文档由用户上传，版权归作者所有。您在下载以前请先阅读本页的说明。如有疑问，请与客服联系，我们会尽快答复。"
        for target, name in self.foot:
            self.add(target, name, f"<h1>{name}</h1>" + f"<p>{name}。{said}</p>" * 3)

    def encoded(self, target: str) -> bytes:
        return self.pages[target].encode(self.charset)

    def serve(self, host: Host) -> None:
        """Let `host` answer with these pages."""

        def page(ask: Ask) -> bytes:
            if ask.target not in self.pages:
                return answer("not found", 404)
            return answer(self.encoded(ask.target), kind="text/html")

        host.routes |= dict.fromkeys({target.partition("?")[0] for target in self.pages}, page)


def pager(name: Callable[[int], str], page: int, last: int) -> str:
    """Return links to the pages of a list: the first ones, and the next one."""
    numbers = sorted({1, 2, 3, page + 1, last} & set(range(1, last + 1)))
    links = "".join(f'<a href="{name(number)}">{number}</a> ' for number in numbers)
    return links + (f'<a href="{name(page + 1)}">下一页</a>' if page < last else "")


def listed(engine: Engine, lists: dict[str, list[int]], address: Callable[[str, int], str],
           list_address: Callable[[str, int], str], names: dict[str, str], each: int = 8) -> None:  # fmt: skip
    """Add the documents of some lists, with paging and links from one to others."""
    where = {number: address(key, number) for key, numbers in lists.items() for number in numbers}
    everything = sorted(where)
    engine.menu = [("/", "首页"), *((list_address(key, 1), names[key]) for key in lists)]
    engine.hot = [(where[number], title_of(number)) for number in everything[:4]]
    for key, numbers in lists.items():
        last = -(-len(numbers) // each)
        for page in range(1, last + 1):
            shown = numbers[(page - 1) * each : page * each]
            links = [(where[number], title_of(number)) for number in shown]
            engine.add_listing(
                list_address(key, page), names[key], links, pager(partial(list_address, key), page, last)
            )
    for number, target in where.items():
        related = [(where[other], title_of(other)) for other in everything if 0 < abs(other - number) < 3]
        engine.add_document(target, number, related)
    newest = [(where[number], title_of(number)) for number in everything[::9]]
    engine.add_listing("/", engine.name, newest)
    engine.add_service()


def spread(keys: Sequence[str], count: int) -> dict[str, list[int]]:
    """Return documents 1 to `count` spread over lists."""
    return {key: list(range(1 + at, count + 1, len(keys))) for at, key in enumerate(keys)}


def paged() -> Engine:
    """Lists in folders by subject, `/fanwen/` and `/fanwen/list_2.html`; documents below them."""
    engine, keys = Engine(), ("fanwen", "jianghua", "zongjie", "hetong")
    listed(engine, spread(keys, 72), lambda key, number: f"/{key}/{1200 + number}.html",
           lambda key, page: f"/{key}/" if page == 1 else f"/{key}/list_{page}.html",
           dict(zip(keys, ("范文", "讲话", "总结", "合同"), strict=True)))  # fmt: skip
    return engine


def queries() -> Engine:
    """Everything is one program with parameters."""
    engine, keys = Engine(), ("3", "5", "8")
    listed(engine, spread(keys, 60), lambda _, number: f"/index.php?c=show&id={number + 40}",
           lambda key, page: f"/index.php?c=list&cid={key}" + (f"&page={page}" if page > 1 else ""),
           dict(zip(keys, ("公文", "讲话", "总结"), strict=True)))  # fmt: skip
    for user in range(1, 7):
        shown = [(f"/index.php?c=show&id={number + 40}", title_of(number)) for number in range(user, 60, 17)]
        engine.add_listing(f"/index.php?c=user&id={user}", f"会员{user}", shown)
    users = [(f"/index.php?c=user&id={user}", f"会员{user}") for user in range(1, 7)]
    engine.add_listing("/index.php?c=users", "会员", users)
    engine.pages["/"] = engine.pages["/"].replace("</ul>", '<li><a href="/index.php?c=users">会员</a></li></ul>', 1)
    return engine


def gbk() -> Engine:
    """Pages in GBK whose folders are written in GBK, too."""
    engine, keys = Engine(charset="gbk"), ("讲话", "总结", "方案")
    names = {key: quote(key.encode("gbk")) for key in keys}
    listed(engine, spread(keys, 60), lambda key, number: f"/{names[key]}/{number + 70}.htm",
           lambda key, page: f"/{names[key]}/" if page == 1 else f"/{names[key]}/index_{page}.htm",
           {key: key for key in keys})  # fmt: skip
    return engine


def ids() -> Engine:
    """Documents have ids of letters and digits, lists are numbered."""
    engine, keys = Engine(), ("1", "2")
    listed(engine, spread(keys, 50), lambda _, number: f"/doc/{(number * 2654435761) % 2**40:010x}.html",
           lambda key, page: f"/list-{key}-{page}.html", dict(zip(keys, ("公文", "讲话"), strict=True)))  # fmt: skip
    return engine


def parts() -> Engine:
    """Every third document goes on over three pages."""
    engine, keys = Engine(), ("3", "4")
    listed(engine, spread(keys, 48), lambda key, number: f"/wen/{key}/{number + 110}.html",
           lambda key, page: f"/wen/{key}/" if page == 1 else f"/wen/{key}/index_{page}.html",
           dict(zip(keys, ("公文", "讲话"), strict=True)))  # fmt: skip
    for target in sorted(engine.documents):
        number = int(target.rpartition("/")[2].removesuffix(".html")) - 110
        if number % 3 == 0:
            stem = target.removesuffix(".html")
            pages = "".join(f'<a href="{stem}_{page}.html">{page}</a> ' for page in (2, 3))
            engine.pages[target] = engine.pages[target].replace(
                "<h3>相关文档", f"<p class='page'>{pages}</p><h3>相关文档"
            )
            for page in (2, 3):
                text = "".join(f"<p>{line}</p>" for line in paragraphs(number, 5, 10 * page))
                links = f'<a href="{target}">1</a> <a href="{stem}_{5 - page}.html">{5 - page}</a>'
                engine.add(f"{stem}_{page}.html", title_of(number), f"<h1>{title_of(number)}</h1>{text}<p>{links}</p>")
                engine.later.add(f"{stem}_{page}.html")
    return engine


def forum() -> Engine:
    """Boards and threads, whose address has a number of the page; members and their pages."""
    engine, keys = Engine(name="公文写作论坛"), ("2", "7")
    listed(engine, spread(keys, 48), lambda _, number: f"/thread-{number + 500}-1-1.html",
           lambda key, page: f"/forum-{key}-{page}.html", dict(zip(keys, ("公文交流", "范文求助"), strict=True)))  # fmt: skip
    for target in sorted(engine.documents):
        number = int(target.split("-")[1]) - 500
        member = f'<p><a href="/space-uid-{number % 9}.html">会员{number % 9}号</a></p>'
        more = f'<a href="/thread-{number + 500}-2-1.html">2</a>' if number % 4 == 0 else ""
        engine.pages[target] = engine.pages[target].replace("<h3>相关文档", f"{member}{more}<h3>相关文档")
        if more:
            later = f"/thread-{number + 500}-2-1.html"
            text = "".join(f"<p>{line}</p>" for line in paragraphs(number, 4, 30))
            engine.add(later, title_of(number), f"<h1>{title_of(number)}</h1>{text}<p><a href='{target}'>1</a></p>")
            engine.later.add(later)
    for uid in range(9):
        engine.add(f"/space-uid-{uid}.html", f"会员{uid}号", f"<h2>会员{uid}号的空间</h2><p>积分 {uid * 7}</p>")
    return engine


def slugs() -> Engine:
    """Documents are named in letters, within few folders."""
    engine, keys = Engine(), ("zuowen", "riji")
    listed(
        engine,
        spread(keys, 50),
        lambda key, number: (
            f"/{key}/{'wodexiaoshan'[number % 7 :]}{chr(97 + number % 26)}{chr(97 + number // 26)}.html"
        ),
        lambda key, page: f"/{key}/" if page == 1 else f"/{key}/?page={page}",
        dict(zip(keys, ("作文", "日记"), strict=True)),
    )
    return engine


def wide() -> Engine:
    """Many folders, of which a visit sees some; a page of announcements beside them, which are no documents."""
    engine, keys = (
        Engine(),
        tuple(f"{head}{tail}" for head in ("gong", "jiang", "zong", "he") for tail in ("wen", "hua", "jie", "tong")),
    )
    listed(engine, spread(keys, 128), lambda key, number: f"/{key}/{number + 3000}.html",
           lambda key, page: f"/{key}/" if page == 1 else f"/{key}/{page}/",
           {key: f"栏目{number}" for number, key in enumerate(keys)}, each=5)  # fmt: skip
    notices = [(f"/news/{number}.html", f"关于网站维护的第{number}号公告") for number in range(1, 6)]
    engine.add_listing("/news/", "站内公告", notices)
    for target, name in notices:
        engine.add(target, name, f"<h1>{name}</h1><p>暂停服务</p>")
    engine.pages["/"] = engine.pages["/"].replace("<h2>", '<a href="/news/">站内公告</a><h2>')
    return engine


ENGINES: dict[str, Callable[[], Engine]] = {
    each.__name__: each for each in (paged, queries, gbk, ids, parts, forum, slugs, wide)
}

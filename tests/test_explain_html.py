"""The page for a browser: all of the page text is there, marked or kept, and nothing on it can act."""

import re
from html import unescape
from html.parser import HTMLParser

from cleaners.clean import clean
from cleaners.model import Page
from crawler.reports.explain_html import HEAD, foot, section
from crawler.terminal.explain import visible

PAGE = (
    "<script>alert(1)</script>在全县大会上的讲话\x1b[31m\n2025-10-28 07:03:52 121\n"
    '同志们："><img src=x onerror=alert(1)> 今天我们开会，把春耕生产的事安排下去，把责任压到人头上。\n相关文章\n上一篇:学习笔记\n'
)


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.ids |= {value or "" for name, value in attrs if name == "id"}


def test_nothing_on_the_page_can_act() -> None:
    tags = Tags()
    tags.feed(HEAD + section(0, "<b>x</b>", clean(Page(body=PAGE, kind="text"))) + foot(["<img src=x>"]))
    assert not tags.names & {"script", "img", "iframe", "link", "form", "b"}
    assert not any(name.startswith("on") for name in tags.attributes)


def test_the_list_of_contents_leads_to_each_page() -> None:
    tags = Tags()
    document = clean(Page(body=PAGE, kind="text"))
    tags.feed(HEAD + section(0, "a.txt", document) + section(1, "b.txt", document) + foot(["甲", "乙"]))
    assert tags.links[-2:] == ["#p0", "#p1"]
    assert {link.removeprefix("#") for link in tags.links} <= tags.ids


def test_every_character_is_shown_kept_or_removed() -> None:
    document = clean(Page(body=PAGE, kind="text"))
    shown = re.search(r"<pre>(.*?)</pre>", section(0, "x", document), re.S)
    assert shown
    without_new = re.sub(r"<ins.*?</ins>|<sup>.*?</sup>", "", shown.group(1), flags=re.S)
    text = unescape(re.sub(r"<[^>]+>", "", without_new)).replace("⏎\n", "\n")
    assert text == "\n".join(visible(line) for line in document.page_text.split("\n"))


def test_each_rule_has_its_reason() -> None:
    page = section(0, "x", clean(Page(body=PAGE, kind="text")))
    assert "byline.bare" in page
    assert "a bare date" in page

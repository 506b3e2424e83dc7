"""A small library on the loopback whose pages can be changed while it is open, with ETag and Last-Modified or without."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from cleaners.sites import Site
from tests.hostile import Ask, Host, Reply, answer
from tests.live import site_at

LISTED = 50
"""Documents that a listing links to."""


def text_of(number: int, edition: int = 1, sentences: int = 12) -> str:
    """Return the text of a document, unlike those of other numbers and editions."""
    lines = (
        f"各单位要认真总结第{number}号工作的经验，在第{line}季度前报送第{edition}版材料。" for line in range(sentences)
    )
    return "\n".join(lines)


@dataclass
class Library:
    """The pages of a host by address: the home page, listings, documents. `sent` counts the bytes of its answers."""

    host: Host
    count: int
    etags: bool = True
    texts: dict[int, str] = field(default_factory=dict)
    sizes: int = 12
    headers: dict[str, str] = field(default_factory=dict)
    gone: dict[int, int] = field(default_factory=dict)
    sent: int = 0

    def __post_init__(self) -> None:
        self.host.routes.update({"/": self._serve, "/list/*": self._serve, "/d/*": self._serve})
        for number in range(self.count):
            self.texts[number] = text_of(number, sentences=self.sizes)

    @property
    def site(self) -> Site:
        return site_at(self.host)

    def url(self, number: int) -> str:
        return self.host.url(f"/d/{number}.html")

    def change(self, *numbers: int, edition: int = 2) -> None:
        """Give documents another text."""
        for number in numbers:
            self.texts[number] = text_of(number, edition, self.sizes)

    def forget(self) -> None:
        """Forget what was asked for and sent."""
        self.host.log.clear()
        self.sent = 0

    def asked(self) -> list[str]:
        """Return the pages that were asked for, without robots.txt."""
        return self.host.pages()

    def page(self, path: str) -> str:
        """Return a page; "" for one that is not there."""
        name = path.rpartition("/")[2].removesuffix(".html")
        if path.startswith("/d/"):
            text = self.texts.get(int(name))
            return (text and document_page(int(name), text)) or ""
        numbers = sorted(self.texts)
        last = numbers[-1] // LISTED
        if not name:
            links = [f"/list/{number}.html" for number in range(last + 1)]
        else:
            links = [f"/d/{number}.html" for number in numbers if number // LISTED == int(name)]
        return "<html><body>" + "".join(f'<a href="{link}">目录</a>\n' for link in links) + "</body></html>"

    def _serve(self, ask: Ask) -> Reply:
        reply = self._reply(ask)
        self.sent += len(reply)
        return reply

    def _reply(self, ask: Ask) -> bytes:
        body = self.page(ask.path)
        name = ask.path.rpartition("/")[2].removesuffix(".html")
        if ask.path.startswith("/d/") and int(name) in self.gone:
            return answer("gone", self.gone[int(name)])
        if not body:
            return answer("not found", 404)
        headers: dict[str, Any] = dict(self.headers)
        if self.etags:
            headers.setdefault("ETag", f'"{hashlib.sha256(body.encode()).hexdigest()[:16]}"')
            if ask.headers.get("if-none-match") == headers["ETag"]:
                return answer("", 304, {**headers, "Content-Length": "", "Content-Type": ""})
        if (modified := headers.get("Last-Modified")) and ask.headers.get("if-modified-since") == modified:
            return answer("", 304, {**headers, "Content-Length": "", "Content-Type": ""})
        return answer(body, headers=headers)


def document_page(number: int, text: str) -> str:
    """Return a document's page."""
    title = f"关于第{number}号工作的通知"
    lines = "".join(f"<p>{line}</p>\n" for line in text.split("\n"))
    head = f"<head><meta charset='utf-8'><title>{title}</title></head>"
    return f"<html>{head}<body><a href='/'>首页</a><h1>{title}</h1><div>{lines}</div></body></html>"

"""Addresses from CDX, CDXJ and JSON indexes: the site's own documents, each once; a broken row is named."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crawler.errors import ArgumentError
from crawler.frontier.plan import crawl_spec
from tests.offline import DEMO

D = "http://www.demo.example/d/"
URLS = (f"{D}1.html", f"{D}2.html", "http://www.demo.example/list/a.html", "http://else.example/d/3.html", f"{D}1.html")


def classic(*urls: str) -> bytes:
    rows = [
        f"example,demo)/x 20261101080000 {url} text/html 200 ABC - - 900 {n} a.warc.gz\n" for n, url in enumerate(urls)
    ]
    return (" CDX N b a m s k r M S V g\n" + "".join(rows)).encode()


def cdxj(*urls: str) -> bytes:
    rows = [f'example,demo)/x 20261101080000 {{"url": "{url}", "status": "200"}}\n' for url in urls]
    return ("!OpenWayback-CDXJ 1.0\n" + "".join(rows)).encode()


def jsonl(*urls: str) -> bytes:
    return "".join(f'{{"urlkey": "x", "timestamp": "20261101080000", "url": "{url}"}}\n' for url in urls).encode()


def tabs(*urls: str) -> bytes:
    return classic(*urls).replace(b" ", b"\t")


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("a.cdx", classic(*URLS)),
        ("a.cdx", tabs(*URLS)),
        ("a.cdxj", cdxj(*URLS)),
        ("a.cdxj", cdxj(*URLS).partition(b"\n")[2]),
        ("index.jsonl", jsonl(*URLS) + b"\n"),
        ("cdx-00000.gz", gzip.compress(cdxj(*URLS)) + gzip.compress(cdxj(f"{D}9.html"))),
        ("a.cdx.gz", gzip.compress(classic(*URLS))),
    ],
)
def test_documents_of_an_index(tmp_path: Path, name: str, body: bytes) -> None:
    (tmp_path / name).write_bytes(body)
    found = crawl_spec(DEMO, urls=str(tmp_path / name))
    more = (f"{D}9.html",) if name == "cdx-00000.gz" else ()
    assert found.urls == (f"{D}1.html", f"{D}2.html", *more)
    assert found.documents == set(found.urls)
    assert not found.follow


@pytest.mark.parametrize(
    ("name", "body", "told"),
    [
        ("a.cdx", classic(f"{D}1.html") + b"example,demo)/x 2026\n", ":3: no row of a CDX"),
        ("a.cdxj", cdxj(f"{D}1.html") + b'example 20261101080000 {"url": \n', ":3: no row of a CDX"),
        ("a.cdxj", cdxj(f"{D}1.html") + b'example 20261101080000 {"uri": "x"}\n', ":3: no row of a CDX"),
        ("a.jsonl", jsonl(f"{D}1.html") + b"[1]\n", ":2: no row of a CDX"),
        ("a.jsonl", jsonl(f"{D}1.html") + b"\xff\n", ":2: no row of a CDX"),
        ("a.cdx", b" CDX N b m\nx 2026 text\n", ":1: no row of a CDX"),
        ("a.cdx.gz", gzip.compress(classic(*[f"{D}1.html"] * 8))[:-9], ":10: broken gzip (it ends too early); fetch"),
        ("a.cdx.gz", b"\0\1", ": broken gzip (it begins with b'\\x00\\x01'); fetch it again"),
        ("a.cdx", classic("http://else.example/d/1.html"), " names no document of demo: "),
    ],
)
def test_a_broken_index_is_told_in_one_line(tmp_path: Path, name: str, body: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(body)
    with pytest.raises(ArgumentError) as error:
        crawl_spec(DEMO, urls=str(tmp_path / name))
    assert str(error.value).startswith(f"{tmp_path / name}{told}")

"""Only named hosts of the public web are asked: by literal, by odd spelling, by DNS and behind redirects."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy import Request
from scrapy.resolver import HostResolution, dnscache
from twisted.internet.address import IPv4Address, IPv6Address
from twisted.internet.testing import MemoryReactorClock
from twisted.web.client import URI

from crawler.downloader.public_hosts import PublicResolver, is_public, refusal
from tests import hostile_routes_safety as evil
from tests.hostile import Host, Hostile, answer
from tests.live import Live, Ran, site_at
from tests.offline import scrapy

BAD = {
    "http://127.0.0.1/": "ip",
    "http://127.1/": "ip",
    "http://0x7f.1/": "ip",
    "http://0177.0.0.1/": "ip",
    "http://127.0.0.1.:80/": "form",
    "http://2130706433/": "form",
    "http://0x7f000001/": "form",
    "http://[::1]/": "form",
    "http://[::ffff:127.0.0.1]/": "form",
    "http://[64:ff9b::7f00:1]/": "form",
    "http://127。0。0。1/": "ip",
    "http://①②⑦.0.0.1/": "ip",
    "http://localhost/": "form",
    "http://good.example@evil.example/": "form",
    "http://user:word@good.example/": "form",
    "http://good.example%00.evil.example/": "form",
    "http://good%2eexample/": "form",
    "http://good.example:22/": "port",
    "https://good.example:8443/": "port",
    "file://good.example/etc/hostname": "form",
    "ftp://good.example/": "form",
    "data:text/html,x": "form",
    "http://good.example/" + "x" * 2100: "long",
}


@pytest.mark.parametrize(("url", "reason"), BAD.items(), ids=[url[:40] for url in BAD])
def test_what_is_not_asked(url: str, reason: str) -> None:
    assert refusal(Request(url).url) == reason


@pytest.mark.parametrize(
    ("url", "fetched"),
    [
        ("http://www.demo.example/d/1.html?x=http://127.0.0.1/", None),
        ("https://a-b.demo.example:443/", None),
        ("HTTP://WWW.Demo.EXAMPLE/", "http://www.demo.example/"),
        ("http://文库.测试/a", "http://xn--dxtr8m.xn--0zwm56d/a"),
        ("http://evil.example\\@demo.example/", "http://evil.example/@demo.example/"),
        ("http://de\tmo.exa\nmple/", "http://demo.example/"),
        ("http://ｄｅｍｏ.example/", "http://demo.example/"),
    ],
)
def test_an_odd_spelling_becomes_the_host_that_is_fetched(url: str, fetched: str | None) -> None:
    request = Request(url)
    assert request.url == (fetched or url)
    assert refusal(request.url) is None


@pytest.mark.matrix(57, "the host that is checked is the host that is fetched, however it is spelt")
@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("aA1.:@/\\#?%[]- \t\0中①。００")), max_size=24))
def test_checked_and_fetched_host_are_the_same(authority: str) -> None:
    try:
        url = Request(f"http://{authority}.demo.example/").url
    except ValueError:
        return
    if refusal(url) is None:
        fetched = URI.fromBytes(url.encode())  # type: ignore[no-untyped-call]
        host = fetched.host.decode()
        assert url.lower().startswith((f"http://{host}/", f"http://{host}:", f"http://{host}?", f"http://{host}#"))
        assert set(host) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-_")
        assert fetched.port in (80, 443)


@pytest.mark.parametrize(
    "address",
    [
        *("10.0.0.1", "127.0.0.1", "169.254.169.254", "100.64.0.1", "192.168.1.1", "0.1.2.3", "224.0.0.1", "240.0.0.1"),
        *("255.255.255.255", "198.18.0.1", "192.88.99.1", "::1", "fe80::1", "fc00::1", "ff02::1", "::ffff:8.8.8.8"),
        *("64:ff9b::808:808", "2002:808:808::1", "2001::1", "::7f00:1", "nonsense", ""),
        *("64:ff9b::7f00:1", "64:ff9b:1::a00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "fd12:3456::1", "fec0::1"),
        *("fe80::1%eth0", "2001:db8::1", "3fff::1", "5f00::1", "ff05::2", "::", "100::1"),
    ],
)
def test_private_addresses(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111"])
def test_public_addresses(address: str) -> None:
    assert is_public(address)


class _Names:
    """A name server that answers with these addresses, one list a time, the last one for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *_: Any) -> Any:  # noqa: N802
        receiver.resolutionBegan(HostResolution(name))
        for address in self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]:
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()
        return receiver


class _Received:
    def __init__(self) -> None:
        self.hosts: list[str] = []
        self.is_complete = False

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802
        pass

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        self.hosts.append(address.host)

    def resolutionComplete(self) -> None:  # noqa: N802
        self.is_complete = True


def resolved(resolver: PublicResolver, name: str = "demo.example") -> list[str]:
    """Return the addresses that a connection to `name` would try."""
    received = _Received()
    resolver.resolveHostName(received, name, 443)  # type: ignore[arg-type]
    assert received.is_complete
    return received.hosts


def resolver_of(*answers: Sequence[str]) -> PublicResolver:
    resolver = PublicResolver(MemoryReactorClock(), 0)  # type: ignore[no-untyped-call, arg-type]
    resolver.original_resolver = _Names(*answers)  # type: ignore[assignment]
    return resolver


@pytest.mark.matrix(14, "a name that leads to a private address, at first or later, is not connected to")
def test_a_name_that_changes_to_a_private_address_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    resolver = resolver_of(["93.184.216.34"], ["127.0.0.1"], ["::1", "fe80::1%eth0"], ["64:ff9b::7f00:1"])
    assert [resolved(resolver) for _ in range(4)] == [["93.184.216.34"], [], [], []]
    assert "demo.example leads to ::1, which is no public address: not connected" in caplog.text


@pytest.mark.matrix(14, "public addresses of IPv6 are connected to, private ones beside them are not")
def test_only_public_addresses_of_both_kinds_are_tried() -> None:
    both = ["fc00::1", "2606:4700:4700::1111", "10.0.0.1", "8.8.8.8", "::ffff:10.0.0.1"]
    assert resolved(resolver_of(both)) == ["2606:4700:4700::1111", "8.8.8.8"]
    assert resolved(resolver_of(["2606:4700:4700::1111"])) == ["2606:4700:4700::1111"]


def test_what_is_remembered_is_checked_again() -> None:
    resolver = resolver_of(["127.0.0.1", "2606:4700:4700::1111"], [])
    dnscache.limit = 10
    try:
        assert resolved(resolver, "kept.example") == resolved(resolver, "kept.example") == ["2606:4700:4700::1111"]
    finally:
        dnscache.clear()


class LoopbackNames(PublicResolver):
    """Our resolver over a name server that leads every name to the loopback."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.original_resolver = _Names(["127.0.0.1"])  # type: ignore[assignment]


@pytest.mark.parametrize("allowed", ["", "inside.example"])
def test_a_name_that_leads_into_the_machine_is_not_connected_to(hostile: Hostile, tmp_path: Path, allowed: str) -> None:
    host = hostile.host()
    (tmp_path / "urls.txt").write_text(f"http://inside.example:{host.port}/d/1.html\n")
    options = ["-a", f"urls={tmp_path / 'urls.txt'}", "-s", f"DATA_DIR={tmp_path / 'data'}", "-s", "DOWNLOAD_DELAY=0"]
    options += ["-s", f"TWISTED_DNS_RESOLVER={__name__}.LoopbackNames", "-s", f"ADDRESSES_ALLOWED={allowed}"]
    ran = scrapy("crawl", "gongxun", *options, WENQING_CONTACT="crawl@example.org")
    assert (ran.returncode, bool(host.connections)) == ((0, True) if allowed else (3, False))
    assert allowed or "inside.example leads to 127.0.0.1, which is no public address" in ran.stderr


# Whole crawls: one host may be asked, the other is as close and must not be

LINKS = ("javascript:go()", "file:///etc/hostname", "data:text/html,x", "ftp://127.0.0.1/d/1.html", "s3://bucket/d/1")


def places(secret: Host) -> list[str]:
    port = secret.port
    return [
        *(f"http://127.0.0.2:{port}/d/1", f"http://2130706434:{port}/d/1", f"http://0x7f000002:{port}/d/1"),
        *(f"http://127.2:{port}/d/1", f"http://[::ffff:127.0.0.2]:{port}/d/1", f"http://[::1]:{port}/d/1"),
        *(f"http://user@127.0.0.2:{port}/d/1", f"//127.0.0.2:{port}/d/1", "http://169.254.169.254/latest/meta-data"),
        *(f"file://127.0.0.1:{port}/etc/hostname", "ftp://127.0.0.1/d/1.html"),
    ]


def crawl(live: Live, own: Host, data: Path, **facts: Any) -> Ran:
    return live.crawl(site_at(own, **facts), data, {"ADDRESSES_ALLOWED": own.name})


@pytest.mark.matrix(13, "links, redirects, sitemaps and robots.txt lead to no other host, port or spelling of one")
@pytest.mark.matrix(15, "file:, data:, ftp:, s3: and javascript: are never fetched")
def test_nothing_leads_to_another_place(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    own, secret = hostile.host("127.0.0.1"), hostile.host("127.0.0.2")
    targets = places(secret)
    own.routes["/"] = evil.linking("/d/1.html", *LINKS, *targets, *(f"/d/to{n}" for n in range(len(targets))))
    for number, target in enumerate(targets):
        own.routes[f"/d/to{number}"] = evil.moved(target)
    own.routes["/map.xml"] = lambda ask: answer(evil.urlset_of(own.url("/d/2.html"), *targets), kind="text/xml")
    own.routes["/refresh"] = lambda ask: answer(f'<meta http-equiv="refresh" content="0;url={targets[0]}">')
    ran = crawl(live, own, tmp_path, start=("/", "/refresh", "/d/to0"), sitemaps=(own.url("/map.xml"),))
    assert secret.connections == 0
    assert {"/d/1.html", "/d/2.html", "/refresh"} <= set(own.asked())
    refused = ran.stats.get("offsite/filtered", 0) + sum(ran.below("addresses/refused/").values())
    assert refused == 8  # of the eleven, file: and ftp: are no redirects to Scrapy, and two are one address
    assert ran.stats["documents/stored"] == 2
    assert "hostname" not in "".join(record["text"] for record in ran.records())


def test_a_robots_txt_that_leads_into_the_machine_closes_the_host(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    own, secret = hostile.host("127.0.0.1"), hostile.host("127.0.0.2")
    for place in (f"http://127.0.0.2:{secret.port}/robots.txt", f"http://127.2:{secret.port}/robots.txt"):
        own.routes["/robots.txt"] = evil.moved(place)
        ran = crawl(live, own, tmp_path, start="/d/1.html")
        assert (secret.connections, own.pages()) == (0, [])
        assert ran.summary.exit_code == 3


@pytest.mark.matrix(44, "Authorization, Cookie and Referer are never sent, nor carried along by a redirect")
def test_no_secret_travels(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    own, other = hostile.host("127.0.0.1"), hostile.host("127.0.0.2")
    own.routes["/"] = lambda ask: answer(
        f'<a href="/d/1.html">x</a><a href="{other.url("/d/2.html")}">y</a>',
        headers={"Set-Cookie": "a=b; Path=/", "Referrer-Policy": "unsafe-url"},
    )
    own.routes["/d/1.html"] = evil.moved(other.url("/d/3.html"))
    own.routes["/d/4.html"] = lambda ask: answer(
        status=401, headers={"WWW-Authenticate": "Basic realm=x", "Set-Cookie": "c=d"}
    )
    site = site_at(own, other, start=("/", "/d/4.html"))
    live.crawl(site, tmp_path)
    asks = [*own.log, *other.log]
    assert "/d/3.html" in other.asked()
    assert not [
        ask for ask in asks if ask.headers.keys() & {"authorization", "cookie", "referer", "proxy-authorization"}
    ]

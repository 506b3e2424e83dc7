"""`read` over WARC, WET and packed files: the pages in them, and what is cut or broken, told with its place."""

from __future__ import annotations

import gzip
import io
import json
import random
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli  # type: ignore[import-untyped]
import pytest
import zstandard

from crawler.commands.clean import Command
from crawler.files.compression import READ_BYTES
from crawler.inputs import read
from crawler.inputs.formats import InputFormat
from crawler.inputs.page import BadInput, Input, InputResult, Skipped
from crawler.inputs.url_filter import build
from tests.offline import scrapy
from tests.warcs import DATE, info, record

A, B = "https://www.wenku.example/p-1.html", "http://m.wenku.example/p-2.html"
TEXT = "同志们：今天我们召开会议，总结去年的工作，部署今年的任务。"
PAGE = f"<html><head><title>工作会议讲话</title></head><body><h1>工作会议讲话</h1><p>{TEXT}</p></body></html>"


def taken(path: Path | bytes, form: InputFormat | None = None, hosts: tuple[str, ...] = ()) -> list[InputResult]:
    stdin = io.BufferedReader(io.BytesIO(path if isinstance(path, bytes) else b""))
    name = "-" if isinstance(path, bytes) else str(path)
    return list(read([name], stdin=stdin, form=form, wanted=build(hosts, ())))


def pages(found: list[InputResult]) -> list[tuple[str | None, Any]]:
    return [(one.page.url, one.page.body) for one in found if isinstance(one, Input)]


def messages(found: list[InputResult]) -> list[str]:
    return [one.message for one in found if isinstance(one, BadInput)]


def zstd(data: bytes) -> bytes:
    return zstandard.ZstdCompressor().compress(data)


def test_each_good_answer_is_a_page(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes(
        info(software="a test")
        + record(A, PAGE, warc={"Record-ID": "<urn:uuid:1>"})
        + record(A, kind="request")
        + record(B, "同志们：散会。", headers={"Content-Type": "text/plain; charset=utf-8"})
        + record("dns:wenku.example", b"1.2.3.4", kind="resource")
    )
    found = taken(file)
    first, second = [one for one in found if isinstance(one, Input)]
    assert (first.name, first.added) == (f"{file}#urn:uuid:1", DATE)
    assert (first.page.url, first.page.kind, first.page.content_type) == (A, None, "text/html; charset=utf-8")
    assert first.page.body == PAGE.encode()
    assert (second.page.url, second.page.kind) == (B, None)
    assert [type(one) for one in found] == [Skipped, Input, Skipped, Input, Skipped]


@pytest.mark.parametrize(
    ("status", "kind", "facts"),
    [
        (404, "text/html", {}),
        (302, "text/html", {}),
        (200, "application/pdf", {}),
        (200, "text/css", {}),
        (200, "text/html", {"Truncated": "length"}),
    ],
)
def test_what_is_no_page_is_skipped(status: int, kind: str, facts: dict[str, str]) -> None:
    found = taken(record(A, PAGE, status=status, headers={"Content-Type": kind}, warc=facts) + record(B, PAGE))
    assert [type(one) for one in found] == [Skipped, Input]


def test_files_labelled_as_pages_and_robots_are_skipped() -> None:
    robots = record("https://wenku.example/robots.txt", "User-agent: *", headers={"Content-Type": "text/plain"})
    found = taken(record(A, b"%PDF-1.7\n\x00\x01") + robots)
    assert [type(one) for one in found] == [Skipped, Skipped]


def test_a_wet_file(tmp_path: Path) -> None:
    file = tmp_path / "CC-MAIN-1.warc.wet.gz"
    file.write_bytes(record(A, "同志们：\n开会。", kind="conversion") + record(B, "散会。", kind="conversion"))
    found = taken(file)
    assert pages(found) == [(A, "同志们：\n开会。".encode()), (B, "散会。".encode())]
    assert all(isinstance(one, Input) and one.page.kind == "text" for one in found)


def chunked(data: bytes) -> bytes:
    return b"".join(b"%x;x=1\r\n%s\r\n" % (len(part), part) for part in (data[:9], data[9:])) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("packed", "headers"),
    [
        (gzip.compress, {"Content-Encoding": "gzip"}),
        (zlib.compress, {"Content-Encoding": "deflate"}),
        (lambda data: zlib.compress(data, wbits=-15), {"Content-Encoding": "Deflate"}),
        (zstd, {"Content-Encoding": "zstd"}),
        (brotli.compress, {"Content-Encoding": "br"}),
        (lambda data: gzip.compress(zlib.compress(data)), {"Content-Encoding": "deflate, gzip"}),
        (chunked, {"Transfer-Encoding": "chunked"}),
        (lambda data: chunked(gzip.compress(data)), {"Transfer-Encoding": "chunked", "Content-Encoding": "gzip"}),
        (bytes, {"Transfer-Encoding": "chunked"}),
    ],
)
def test_bodies_are_unpacked(packed: Callable[[bytes], bytes], headers: dict[str, str]) -> None:
    assert pages(taken(record(A, packed(PAGE.encode()), headers=headers))) == [(A, PAGE.encode())]


def quickly(data: bytes) -> bytes:
    packed: bytes = brotli.compress(data, quality=1)
    return packed


@pytest.mark.parametrize("coding", ["gzip", "deflate", "zstd", "br"])
def test_a_body_that_is_cut_or_a_bomb_is_told_and_the_next_page_read(coding: str) -> None:
    packs: dict[str, Callable[[bytes], bytes]]
    packs = {"gzip": gzip.compress, "deflate": zlib.compress, "zstd": zstd, "br": quickly}
    pack = packs[coding]
    for body in (pack(PAGE.encode())[:-9], pack(b"\0" * (65 << 20)), b"rub\0b\3sh"):
        found = taken(record(A, body, headers={"Content-Encoding": coding}) + record(B, PAGE))
        assert [type(one) for one in found] == [BadInput, Input], coding
        assert messages(found)[0].endswith("; leave the record out")


@pytest.mark.parametrize("ending", ["warc", "warc.gz", "warc.zst"])
def test_a_file_cut_anywhere_gives_what_was_whole(tmp_path: Path, ending: str) -> None:
    whole = [record(url, PAGE, packed=ending == "warc.gz") for url in (A, B)]
    whole = list(map(zstd, whole)) if ending == "warc.zst" else whole
    file = tmp_path / f"a.{ending}"
    start = len(whole[0])
    for cut in (start + 1, start + 30, start + len(whole[1]) // 2, start + len(whole[1]) - 9):
        file.write_bytes(b"".join(whole)[:cut])
        found = taken(file)
        assert pages(found) == [(A, PAGE.encode())], cut
        (told,) = messages(found)
        assert told.startswith(f"{file}: byte {start}: "), told
        assert told.endswith("; what stands before it was read, fetch the rest again")
    file.write_bytes(b"".join(whole))
    assert len(pages(taken(file))) == 2


def checksum_apart(first: bytes) -> bytes:
    """Return a record whose checksum, behind `first`, is read after all of its data was unpacked."""
    noise = random.Random(1).randbytes(9000).hex()
    made = (record(B, PAGE + noise[:size]) for size in range(len(noise)))
    return next(one for one in made if 4 < (len(first) + len(one)) % READ_BYTES <= 8)


@pytest.mark.parametrize("place", ["data", "checksum", "cut"])
def test_a_damaged_member_costs_itself_only(tmp_path: Path, place: str) -> None:
    first = record(A, PAGE)
    second = bytearray(checksum_apart(first))
    if place == "cut":
        del second[len(second) // 2 :]
    else:
        second[-8 if place == "checksum" else len(second) // 2] ^= 0x55
    (tmp_path / "a.warc.gz").write_bytes(first + second + first + record(B, PAGE))
    found = taken(tmp_path / "a.warc.gz")
    assert [url for url, _ in pages(found)][:1] + [url for url, _ in pages(found)][-2:] == [A, A, B]
    assert f"byte {len(first)}: broken " in messages(found)[0]  # what unpacks wrong may be no WARC either
    assert messages(found)[-1].endswith("; the record is left out, mend or fetch it again")


@pytest.mark.matrix(59, "a WARC file of 40 packed records with one byte or a piece of one damaged: the others are read")
@pytest.mark.parametrize("pack", [gzip.compress, zstd])
@pytest.mark.parametrize("harm", ["flip", "cut", "zeros"])
def test_damage_anywhere_costs_one_record(tmp_path: Path, pack: Callable[[bytes], bytes], harm: str) -> None:
    draw = random.Random(harm)
    members = [pack(record(f"{A}?{number}", PAGE, packed=False)) for number in range(40)]
    file = tmp_path / f"a.warc.{'gz' if pack is gzip.compress else 'zst'}"
    for _ in range(25):
        broken = draw.randrange(1, 39)
        data = bytearray(members[broken])
        at = draw.randrange(len(data))
        if harm == "cut":
            del data[at:]
        else:
            data[at : at + 4] = b"\0" * 4 if harm == "zeros" else bytes([data[at] ^ 1 << draw.randrange(8)])
        file.write_bytes(b"".join([*members[:broken], data, *members[broken + 1 :]]))
        urls = {url for url, _ in pages(taken(file))}
        assert {f"{A}?{number}" for number in range(40) if number != broken} <= urls, (broken, at)


@pytest.mark.parametrize("size", [10, 3000])
def test_files_are_packed_or_not_whatever_their_names_say(tmp_path: Path, size: int) -> None:
    body = PAGE.replace("</p>", "</p>" + "村里修路。" * size).encode()
    plain = record(A, body, packed=False)
    for name, data in {"a.warc.gz": plain, "b.warc": gzip.compress(plain), "c.wet": zstd(plain)}.items():
        (tmp_path / name).write_bytes(data)
    row = json.dumps({"text": "散会"}).encode()
    for name, data in {"d.jsonl.gz": row, "e.jsonl": gzip.compress(row), "f.html": gzip.compress(body)}.items():
        (tmp_path / name).write_bytes(data)
    assert [taken_body for _, taken_body in pages(taken(tmp_path))] == [body] * 3 + ["散会"] * 2 + [body]


@pytest.mark.parametrize("coding", ["gzip", "br", "deflate", "zstd", "utf-8", "none", "GBK", "gzip, gzip"])
def test_a_coding_that_is_not_true_is_passed_over(coding: str) -> None:
    body = gzip.compress(PAGE.encode()) if "," in coding else PAGE.encode()
    found = taken(record(A, body, headers={"Content-Encoding": coding}))
    assert pages(found) == [(A, PAGE.encode())]


@pytest.mark.parametrize(
    "kind",
    [
        *("text/html charset=utf-8", "text/html,text/html", "text/html,charset=utf-8", "text/htm; charset=utf-8"),
        *('"text/html"', "html", "TEXT/HTML;", "text/html;;", "unknown/unknown", "text"),
        *("httpd/unix-directory; text/html", "*/*", "text/html/", "text; html"),
    ],
)
def test_odd_content_types_are_judged_by_the_body(kind: str) -> None:
    assert [url for url, _ in pages(taken(record(A, PAGE, headers={"Content-Type": kind})))] == [A]
    assert not pages(taken(record(A, b"\x7fELF\0\0" * 99, headers={"Content-Type": kind})))


def test_many_headers_of_one_name_take_linear_time() -> None:
    many = b"".join(b"Set-Cookie: %d\r\n" % number for number in range(100_000))
    raw = record(A, PAGE, packed=False).partition(b"\r\n\r\n")[2]
    block = raw.replace(b"Content-Type", many + b"Content-Type", 1).removesuffix(b"\r\n\r\n")
    head = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {A}\r\nWARC-Date: {DATE}\r\n".encode()
    whole = head + b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(block), block)
    assert [url for url, _ in pages(taken(whole))] == [A]  # in quadratic time it is over a minute


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<html>no WARC", "byte 0: no WARC record begins here (b'<html>no WARC')"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\nx", "byte 0: no Content-Length"),
        (b"WARC/1.0\r\nWARC-Type response\r\n\r\nx", "byte 0: broken headers (b'WARC-Type response\\r\\n')"),
        (b"WARC/1.0\r\n" + b"a: b\r\n" * 20_000, "byte 0: the headers have no end"),
        (b"WARC/1.0\r\nContent-Length: 99\r\n\r\nx", "byte 0: 98 bytes are missing"),
        (b"WARC/1.0\r\nContent-Length: 0\r\n\r\nx" * 9, "byte 0: the record does not end where"),
    ],
)
def test_what_is_no_warc(body: bytes, told: str) -> None:
    message = messages(taken(body, "warc"))[0]
    assert message.startswith(f"-: {told}")


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Content-Length: ", b"Content-Length: 9"),  # it swallows all that follows
        (b"Content-Length: 252", b"Content-Length: 777"),  # and one record and a piece of the next
        (b"Content-Length: 252", b"Content-Length: 77"),
        (b"Content-Length: ", b"Content-Length: -"),
        (b"Content-Length: ", b"Content-Lenght: "),
        (b"WARC-Type: ", b"WARC-Type "),
        (b"WARC/1.", b"WORC/1."),
    ],
)
def test_a_broken_record_costs_itself_only(packed: bool, old: bytes, new: bytes) -> None:
    broken = record(A, PAGE, packed=False).replace(old, new, 1)
    rest = [record(url, PAGE, packed=packed) for url in (B, A, B)]
    found = taken(b"".join([record(A, PAGE, packed=packed), gzip.compress(broken) if packed else broken, *rest]))
    assert [url for url, _ in pages(found)] == [A, B, A, B]
    (told,) = messages(found)
    assert told.endswith("; the record is left out, mend or fetch it again")
    assert [type(one) for one in found][1] is BadInput


@pytest.mark.parametrize("pack", [bytes, gzip.compress, zstd])
def test_standard_input_is_looked_at(pack: Callable[[bytes], bytes]) -> None:
    plain = info(packed=False) + record(A, PAGE, packed=False)
    assert pages(taken(pack(plain))) == [(A, PAGE.encode())]
    assert pages(taken(pack(b'{"text": "a", "url": "u"}\n'))) == [("u", "a")]
    assert pages(taken(pack("开会".encode()))) == [(None, "开会".encode())]
    assert pages(taken(pack(plain), "warc")) == [(A, PAGE.encode())]


def test_zstandard_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt.zst").write_bytes(zstd("开会".encode()) + zstd("散会".encode()))
    (tmp_path / "b.html.zst").write_bytes(zstd(PAGE.encode()))
    (tmp_path / "c.jsonl.zst").write_bytes(zstd(b'{"text": "a"}\n' * 3)[:-3])
    (tmp_path / "d.txt.zst").write_bytes(b"\0\1\2\3")
    found = taken(tmp_path)
    assert pages(found)[:2] == [(None, "开会散会".encode()), (None, PAGE.encode())]
    ours = [told.removeprefix(f"{tmp_path}/") for told in messages(found)]
    assert [told.partition(" (")[0] for told in ours] == ["c.jsonl.zst:1: broken zstd", "d.txt.zst: broken zstd"]


def test_a_file_with_a_dictionary_before_its_frames(tmp_path: Path) -> None:
    samples: list[bytes | bytearray | memoryview[int]] = [
        record(A, PAGE.replace("今天", f"第{number}天"), packed=False) for number in range(99)
    ]
    trained = zstandard.train_dictionary(2048, samples)
    frames = b"".join(zstandard.ZstdCompressor(dict_data=trained).compress(sample) for sample in samples)
    for dictionary in (trained.as_bytes(), zstd(trained.as_bytes())):
        whole = struct.pack("<II", 0x184D2A5D, len(dictionary)) + dictionary + frames
        (tmp_path / "a.warc.zst").write_bytes(whole)
        assert len(pages(taken(tmp_path / "a.warc.zst"))) == len(pages(taken(whole))) == 99


def test_pages_of_some_hosts_only() -> None:
    urls = (A, B, "https://xwenku.example/p-3.html", "http://[broken/")
    whole = b"".join(record(url, PAGE) for url in urls)
    assert [url for url, _ in pages(taken(whole, hosts=("wenku.example",)))] == [A, B]
    assert [url for url, _ in pages(taken(whole, hosts=("M.wenku.example", "xwenku.example")))] == [B, urls[2]]
    assert [type(one) for one in taken(b'{"text": "a"}\n', hosts=("wenku.example",))] == [Skipped]
    takes = build(["文库.example"], ["taowenge"])
    assert takes
    assert takes(f"http://www.{'文库'.encode('idna').decode()}.example/1.html")
    assert takes("https://www.taowenge.com/p-1.html")
    assert not takes(A)
    with pytest.raises(ValueError, match="--site gongxun: no site with a known host; the command `sites` lists them"):
        build([], ["gongxun"])
    with pytest.raises(ValueError, match="no name of a host"):
        build(["a..b"], [])


def test_memory_stays_flat(tmp_path: Path) -> None:
    import resource

    page = record(A, "<p>" + random.Random(1).randbytes(1 << 20).hex())
    with (tmp_path / "a.warc.gz").open("wb") as file:
        for _ in range(60):
            file.write(page)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    stdin = io.BufferedReader(io.BytesIO())
    assert sum(isinstance(one, Input) for one in read([str(tmp_path / "a.warc.gz")], stdin=stdin)) == 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000  # KiB


def test_the_command_over_a_cut_file(tmp_path: Path) -> None:
    file = tmp_path / "a.warc.gz"
    file.write_bytes((info() + record(A, PAGE) + record(B, PAGE))[:-20])
    done = scrapy("clean", str(file), "--host", "wenku.example")
    (made,) = map(json.loads, done.stdout.splitlines())
    assert (made["url"], made["added"], made["text"]) == (A, DATE, TEXT)
    assert made["input"].startswith(f"{file}#urn:uuid:")
    broken, summary = done.stderr.splitlines()
    assert broken.startswith(f"scrapy clean: {file}: byte ")
    assert "inputs 2, documents 1, truncated 0, no_text 0, unreadable 1, skipped 1; " in summary
    assert done.returncode == 65
    assert Command().short_desc().startswith("Clean saved pages, dumps and WARC")

"""Personal data leaves the ledger in no file, log or table; the setting MASK_PERSONAL_DATA decides for all of them."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from cleaners.personal.masking import NAMES, MaskedRecord
from crawler.commands.export import export
from crawler.files.outputs import Output
from crawler.reports.crawl_table import as_table
from crawler.reports.summary import as_json
from pipelines.ledger.documents import Ledger
from pipelines.ledger.shards import write_shards
from tests.documents import ADDED, document
from tests.hostile import Hostile, answer
from tests.live import Live, Ran, site_at
from tests.offline import scrapy
from tests.personal import digits, seeded

SEEDED = seeded(300)
PAGES = [SEEDED[start : start + 20] for start in range(0, len(SEEDED), 20)]


def page(number: int) -> str:
    lines = "".join(f"<p>{sentence}</p>" for sentence, _ in PAGES[number])
    title = f"关于报送名单的通知{PAGES[number][2][1]}"
    return (
        f"<html><head><title>{title}</title><meta name=keywords content='通知,{PAGES[number][3][1]}'></head><body>"
        f"<h1>{title}</h1><p>各科室：经研究，现将有关事项通知如下，请认真落实。</p>{lines}</body></html>"
    )


@dataclass(frozen=True, slots=True)
class Crawled:
    ran: Ran
    texts: str

    def left_in(self, *shown: str) -> set[str]:
        """Return the secrets that can be read in `shown`, spelled in any way."""
        plain = digits("".join(shown))
        return {secret for _, secret in SEEDED if digits(secret)[-9:] in plain}


@pytest.fixture
def crawled(live: Live, hostile: Hostile, tmp_path: Path) -> Crawled:
    """A crawl of pages with 300 made-up numbers and addresses, with the log at its fullest."""
    host = hostile.host()
    host.routes["/robots.txt"] = lambda ask: answer("", 404)
    host.routes["/"] = lambda ask: answer("".join(f'<a href="/d/{number}">甲</a>' for number in range(len(PAGES))))
    for number in range(len(PAGES)):
        html = page(number)
        host.routes[f"/d/{number}"] = lambda ask, html=html: answer(html)  # type: ignore[misc]
    ran = live.crawl(site_at(host), tmp_path / "data", {"LOG_LEVEL": "DEBUG"})
    ledger = Ledger(tmp_path / "data/ledger.sqlite")
    texts = json.dumps([ledger.record(seq) for seq in ledger.documents()], ensure_ascii=False)
    ledger.close()
    return Crawled(ran, texts)


@pytest.mark.matrix(
    row=29,
    promise="300 identity and mobile numbers, e-mail addresses and bank cards in pages: none in shards, exports, log, "
    "summary or any other file but the ledger",
)
def test_no_personal_data_leaves_the_ledger(crawled: Crawled, tmp_path: Path) -> None:
    data = crawled.ran.data
    assert len(crawled.left_in(crawled.texts)) == 300, "the ledger has them all, or nothing is proved"
    forms: tuple[tuple[str, str], ...] = (
        ("jsonl", "a.jsonl"),
        ("jsonl", "a.jsonl.gz"),
        ("parquet", "a"),
        ("txt", "txt"),
    )
    masked = [export(data / "ledger.sqlite", Output(name, tmp_path / name), form).masked for form, name in forms]
    assert min(tally.total() for tally in masked) >= 300
    assert set(masked[0]) == set(NAMES)
    shards = [path.read_text("utf-8") for path in data.rglob("*") if path.is_file() and path.name != "ledger.sqlite"]
    texts = [path.read_text("utf-8") for path in (tmp_path / "txt").iterdir()]
    table = export_as_text(tmp_path / "a")
    packed = gzip.decompress((tmp_path / "a.jsonl.gz").read_bytes()).decode()
    assert len(shards) >= 2
    assert "〔手机号〕" in "".join(shards)
    assert len(texts) == len(PAGES)
    told = [
        crawled.ran.log,
        as_table([crawled.ran.summary], str(data)),
        json.dumps(as_json([crawled.ran.summary], "data")),
    ]
    assert crawled.left_in(*shards, *texts, table, packed, *told) == set()


def export_as_text(path: Path) -> str:
    import pyarrow.parquet

    return json.dumps(pyarrow.parquet.read_table(path).to_pylist(), ensure_ascii=False)


@pytest.fixture
def ledger_with_numbers(tmp_path: Path) -> Path:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    for number, text in enumerate(["请致电13812345678。", "没有号码的一篇。"]):
        ledger.add(document(text, f"https://a.example/{number}", source=f"s{number}"), site="a", added=ADDED)
    ledger.commit()
    ledger.close()
    return tmp_path / "ledger.sqlite"


def shards(path: Path, *, mask: bool) -> dict[str, bytes]:
    ledger = Ledger(path)
    write_shards(ledger, path.parent / "documents", mask=mask)
    ledger.close()
    return {shard.name: shard.read_bytes() for shard in sorted((path.parent / "documents").glob("*.jsonl"))}


def test_another_setting_writes_every_shard_again(ledger_with_numbers: Path) -> None:
    masked = shards(ledger_with_numbers, mask=True)
    assert b"13812345678" not in masked["s0-000000.jsonl"]
    plain = shards(ledger_with_numbers, mask=False)
    assert "请致电13812345678。".encode() in plain["s0-000000.jsonl"]
    assert plain["s1-000000.jsonl"] == masked["s1-000000.jsonl"]
    assert shards(ledger_with_numbers, mask=True) == masked


def test_other_rules_write_every_shard_again(ledger_with_numbers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    masked = shards(ledger_with_numbers, mask=True)
    monkeypatch.setattr(
        "cleaners.personal.masking.mask_record", lambda record: MaskedRecord({**record, "title": "新"}, Counter())
    )
    assert shards(ledger_with_numbers, mask=True) == masked
    monkeypatch.setattr("cleaners.personal.masking.VERSION", "next")
    for before, now in zip(masked.values(), shards(ledger_with_numbers, mask=True).values(), strict=True):
        assert before != now


def test_clean_masks_only_when_asked(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text(
        "关于值班的通知\n\n各科室：请于周五前将名单报办公室，联系手机13812345678，不得迟报漏报。\n", "utf-8"
    )
    plain, masked = (json.loads(scrapy("clean", *options, str(path)).stdout) for options in ([], ["--mask"]))
    assert "13812345678" in plain["text"]
    assert masked["text"] == plain["text"].replace("13812345678", "〔手机号〕")
    assert masked["id"] == plain["id"]
    refused = scrapy("clean", "--mask", "--explain", str(path))
    assert refused.returncode == 2
    assert "--mask" in refused.stderr

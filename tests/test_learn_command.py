"""`scrapy learn`, `clean --learn` and `--profiles`, crawls that learn, and the alarm of the leak meter."""

from __future__ import annotations

import json
import os
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet

from cleaners.sites import Site
from crawler.reports.history import Run
from crawler.reports.leaks import measured
from crawler.reports.summary import summarise
from pipelines.clean import CleanPipeline
from pipelines.ledger.documents import Ledger
from pipelines.profiles import ProfileFolder
from tests.documents import ADDED, document
from tests.offline import RunCommand
from tests.site_pages import HEAD, page, profile_of, prose
from tests.test_pipelines import crawl, fetched


@pytest.fixture
def rows(tmp_path: Path) -> Path:
    """Six pages of the site, and one of another."""
    path = tmp_path / "rows.jsonl"
    pages = [page(number) for number in range(6)]
    found = [{"id": f"p{n}", "url": each.url, "text": each.body} for n, each in enumerate(pages)]
    found.append({"id": "other", "url": "https://other.example/1", "text": "\n".join(prose(11))})
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in found), "utf-8")
    return path


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_learn_writes_a_profile_a_host_and_shows_it(tmp_path: Path, rows: Path, run_command: RunCommand) -> None:
    code, out, err = run_command("learn", "-o", tmp_path / "profiles", rows)
    assert code == 0
    assert "qinghe.example  head   6 of 6" in out
    assert "hosts 2, 1 with too few documents" in err
    (file,) = (tmp_path / "profiles").iterdir()
    assert file.name == "qinghe.example.json"
    assert json.loads(file.read_bytes())["lines"][0]["on"] == "6 of 6 pages"
    before = file.read_bytes()
    assert run_command("learn", "-o", tmp_path / "profiles", rows)[0] == 0
    assert file.read_bytes() == before


def test_pages_are_cleaned_with_profiles(tmp_path: Path, rows: Path, run_command: RunCommand) -> None:
    profiles, one, both = tmp_path / "profiles", tmp_path / "one.jsonl", tmp_path / "both.jsonl"
    assert run_command("learn", "-o", profiles, rows)[0] == 0
    assert run_command("clean", "--added", "2026-11-01", "--profiles", profiles, "-o", one, rows)[0] == 0
    assert run_command("clean", "--added", "2026-11-01", "--learn", "-o", both, rows)[0] == 0
    assert one.read_bytes() == both.read_bytes()
    *ours, other = records(one)
    assert [record["text"].split("\n") for record in ours] == [prose(number) for number in range(6)]
    assert all("+" in record["version"] and record["edits"][0]["rule"] == "learned.head" for record in ours)
    assert "+" not in other["version"]
    code, out, _ = run_command("clean", "--explain", "--profiles", profiles, rows)
    assert code == 0
    assert "on 6 of 6 pages" in out


@pytest.mark.parametrize("kind", ["txt", "html", "jsonl", "parquet"])
def test_pages_without_an_address_are_of_the_host_that_is_named(
    kind: str, tmp_path: Path, run_command: RunCommand
) -> None:
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    texts = [str(page(number).body) for number in range(4)]
    if kind in ("txt", "html"):
        for number, text in enumerate(texts):
            shown = "".join(f"<p>{line}</p>" for line in text.split("\n"))
            (dumps / f"{number}.{kind}").write_text(text if kind == "txt" else f"<html><body>{shown}</body></html>")
    elif kind == "jsonl":
        (dumps / "rows.jsonl").write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    else:
        parquet.write_table(pyarrow.table({"text": texts}), dumps / "rows.parquet")
    profiles, out = tmp_path / "profiles", tmp_path / "out.jsonl"
    assert run_command("learn", "--host", "www.qinghe.example", "-o", profiles, dumps)[0] == 0
    assert [file.name for file in profiles.iterdir()] == ["qinghe.example.json"]
    assert run_command("clean", "--source", "qinghe.example", "--profiles", profiles, "-o", out, dumps)[0] == 0
    assert [record["text"].split("\n") for record in records(out)] == [prose(number) for number in range(4)]


def test_pages_that_name_a_host_or_a_source_are_learned_by_that(tmp_path: Path, run_command: RunCommand) -> None:
    path, profiles = tmp_path / "rows.jsonl", tmp_path / "profiles"
    names = [*({"url": f"https://doc.qinghe.example/{n}"} for n in range(3)), *({"source": "qinghe"} for _ in range(3))]
    rows = [{**name, "text": page(number).body} for number, name in enumerate(names)]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert run_command("learn", "--host", "qinghe.example", "-o", profiles, path)[0] == 0
    assert sorted(file.name for file in profiles.iterdir()) == ["doc.qinghe.example.json", "qinghe.json"]


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        (("learn",), "name at least one file"),
        (("learn", "--replay", "x.jsonl"), "leave out PATH"),
        (("learn", "--replay"), "no archive"),
        (("learn", "--check", "-o", "profiles", "README.md"), "writes no profiles"),
        (("learn", "--json", "README.md"), "--json is for --check"),
        (("learn", "-o", "README.md", "README.md"), "is no folder"),
        (("clean", "--learn", "-"), "name files"),
        (("clean", "--learn", "PIPE"), "not - or a pipe"),
        (("dedup", "PIPE"), "PIPE: is a pipe, and is read more than once"),
        (("clean", "--profiles", "nowhere", "README.md"), "no such folder"),
    ],
)
def test_a_wrong_call(words: tuple[str, ...], wrong: str, tmp_path: Path, run_command: RunCommand) -> None:
    os.mkfifo(tmp_path / "PIPE")
    named = [tmp_path / "PIPE" if word == "PIPE" else word for word in words]
    code, _, err = run_command(*named, "-s", f"DATA_DIR={tmp_path}")
    assert code == 2
    assert wrong in err
    assert err.count("\n") == 1


def test_a_damaged_profile_is_told_in_one_line(tmp_path: Path, rows: Path, run_command: RunCommand) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "qinghe.example.json").write_text("{", "utf-8")
    code, _, err = run_command("clean", "--profiles", tmp_path / "profiles", rows)
    assert code == 65
    assert "qinghe.example.json: is no profile" in err
    assert "learn it again" in err


def test_hosts_of_a_domain_with_few_pages_each_are_learned_together(tmp_path: Path, run_command: RunCommand) -> None:
    path = tmp_path / "rows.jsonl"
    pages = [{"url": f"https://h{n}.qinghe.example/1", "text": page(n).body} for n in range(4)]
    path.write_text("".join(json.dumps(row) + "\n" for row in pages), "utf-8")
    assert run_command("clean", "--learn", "-o", tmp_path / "out.jsonl", path)[0] == 0
    assert all(HEAD not in record["text"] for record in records(tmp_path / "out.jsonl"))


def test_leaks_of_cleaned_texts_are_told(tmp_path: Path, rows: Path, run_command: RunCommand) -> None:
    assert run_command("clean", "-o", tmp_path / "clean.jsonl", rows)[0] == 0
    code, out, err = run_command("learn", "--check", "--json", tmp_path / "clean.jsonl")
    (found,) = json.loads(out)["leaks"]
    assert code == 0
    assert (found["source"], found["documents"], found["touched"]) == ("qinghe.example", 6, 1.0)
    assert found["lines"][0] == {"line": HEAD, "documents": 6}
    assert "leaks in 1 of them" in err


def test_a_crawl_learns_a_host_once_and_uses_what_it_learned(tmp_path: Path) -> None:
    pages = [fetched(str(page(number).body), f"https://a.example/p-{number}") for number in range(7)]
    plain = crawl(tmp_path / "plain", *pages, cleaner=CleanPipeline)
    assert all(HEAD in record["text"] for record in plain.records())
    first = crawl(tmp_path / "data", *pages, cleaner=CleanPipeline, LEARN_DOCUMENTS=4)
    assert ProfileFolder(tmp_path / "data" / "profiles").has("a.example")
    assert [HEAD in record["text"] for record in first.records()] == [True] * 4 + [False] * 3
    again = crawl(tmp_path / "data", *pages, cleaner=CleanPipeline, LEARN_DOCUMENTS=4)
    assert not [record for record in again.records() if HEAD in record["text"]]


def test_a_jump_of_leaks_is_an_alarm(tmp_path: Path) -> None:
    summary = summarise(
        Site(name="demo", title="", template="demo"), {"documents/stored": 6, "finish_reason": "finished"}
    )
    summary = replace(summary, alarms=(), exit_code=0)
    usual = Run(time="2026-11-01T00:00:00Z", site="demo", command="crawl", leaks=0.01)
    high = replace(usual, leaks=0.9)
    with closing(Ledger(tmp_path / "ledger.sqlite")) as ledger:
        for number in range(6):
            text = "\n".join([HEAD, *prose(number)])
            ledger.add(document(text, f"https://a.example/{number}", source="demo"), site="demo", added=ADDED)
        ledger.commit()
        first, jumped, as_usual = (measured(summary, ledger, runs, {}) for runs in ([], [usual], [high]))
    assert (first.leaks, first.alarms, first.exit_code) == (1.0, (), 0)
    assert first.leaking == (f"6 of 6: {HEAD}",)
    assert jumped.exit_code == 3
    assert "100% of the newest documents, usually 1%" in jumped.alarms[0]
    assert as_usual.exit_code == 0


def test_a_profile_is_found_by_any_name_of_its_host(tmp_path: Path) -> None:
    profile = profile_of(*map(page, range(4)))
    assert profile
    folder = ProfileFolder(tmp_path)
    folder.save(profile)
    urls = ("https://www.qinghe.example/a", "http://m.qinghe.example:81/b", "https://qinghe.example/")
    assert [folder.of(url) for url in urls] == [profile] * 3
    assert folder.of("https://other.example/") is None
    assert len(folder.versions(["qinghe.example"])) == 1

"""`make noloss`: what it counts as lost, and how it says that a client is missing."""

from __future__ import annotations

import io
import json
import sys
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import noloss
from benchmarks.corpora import FetchError, Package, fetch
from benchmarks.noloss import compared, figures, main, measure, table
from cleaners.clean import clean
from cleaners.model import Document, Page

TEXT = "清晨的渡口没有人，船家把缆绳解开，对岸的钟声慢慢传过来。\n我在石阶上坐了一会儿，看水面上的雾一点一点散去。"


def halved(page: Page) -> Document:
    document = clean(page)
    return replace(document, title=None, text=document.text[: len(document.text) // 2], truncated=True)


def test_a_text_that_comes_through_has_lost_nothing() -> None:
    assert compared("prose", TEXT).lost == 0
    assert compared("prose", f"標題在此\n{TEXT}").lost == 0


def test_an_entity_may_stand_as_what_it_names() -> None:
    assert compared("prose", f"{TEXT}\n马可&#183;波罗说过，渡口的茶要趁热喝。").lost == 0


def test_an_entity_that_goes_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noloss, "clean", lambda page: replace(clean(page), title=None, text="马可波罗说过。"))
    assert compared("prose", "马可&#183;波罗说过。").lost == 1


def test_a_text_of_nothing_is_not_emptied() -> None:
    assert measure([("empty", "\n"), ("empty", TEXT)]).all.emptied == 0


def test_what_is_gone_is_counted_by_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(noloss, "clean", halved)
    result = measure([("half", TEXT), ("half", TEXT)])
    row = result.rows["half"]
    assert (row.texts, row.damaged, row.truncated, row.emptied) == (2, 2, 2, 0)
    assert row.per_million == pytest.approx(500_000, rel=0.05)
    assert [line.split()[0] for line in table(result)] == ["kind", "half", "all"]
    found = figures(result)
    assert found["kinds"] == {"half": found["lost_per_million"]}
    assert len(found["broken_promises"]) == 4


def test_a_text_stands_in_a_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crumbs, foot = "首页 > 散文 > 正文\n", "\n上一篇:山里的秋天\n下一篇:外婆的菜园"
    for name, family, pieces in (
        (
            "a",
            "other",
            [("drop", crumbs), ("keep", "第一段。"), ("drop", "广告"), ("keep", "\n末段。"), ("drop", foot)],
        ),
        ("b", "other", [("drop", "来源:青禾 "), ("keep", "第一段。"), ("drop", foot)]),
        ("c", "other", [("drop", crumbs)]),
        ("d", "pinyin-mirror", [("drop", crumbs), ("keep", "第一段。"), ("drop", foot)]),
    ):
        (tmp_path / f"{name}.gold.json").write_text(json.dumps({"family": family, "segments": pieces}), "utf-8")
    around = noloss.frames(tmp_path)
    assert around == [(crumbs, foot)]
    assert measure([("prose", TEXT), ("prose", TEXT)], around).all.lost == 0
    monkeypatch.setattr(noloss, "clean", halved)
    assert measure([("prose", TEXT)], around).all.lost > 0


def test_a_folder_without_frames_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["noloss", "--frames", str(tmp_path)])
    with pytest.raises(SystemExit, match=r"has no NAME\.gold\.json"):
        main()


def test_a_missing_client_is_named_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["noloss", "--dir", str(tmp_path / "texts")])
    with pytest.raises(SystemExit) as ended:
        main()
    said = str(ended.value.code)
    assert said.count("\n") == 0
    assert "no apt-get, npm, dpkg-deb here to fetch fortunes-zh" in said
    assert list((tmp_path / "texts").iterdir()) == []


def archived(path: Path) -> Path:
    with tarfile.open(path, "w:gz") as file:
        entry = tarfile.TarInfo("package/a.txt")
        entry.size = 3
        file.addfile(entry, io.BytesIO(b"abc"))
    return path


def test_packages_are_fetched_once_and_whole(tmp_path: Path) -> None:
    archive = archived(tmp_path / "a.tgz")
    copy = f"import shutil; shutil.copy({str(archive)!r}, '.')"
    package = Package("ours", "our", (sys.executable, "-c", copy))
    fetch(tmp_path / "texts", [package])
    archive.unlink()
    fetch(tmp_path / "texts", [package])
    assert (tmp_path / "texts/our/package/a.txt").read_bytes() == b"abc"
    assert [path.name for path in (tmp_path / "texts").iterdir()] == ["our"]


@pytest.mark.parametrize("program", ["import sys; sys.exit('no such package')", "pass"])
def test_a_client_that_brings_nothing_leaves_nothing(tmp_path: Path, program: str) -> None:
    with pytest.raises(FetchError, match=r"^ours"):
        fetch(tmp_path, [Package("ours", "our", (sys.executable, "-c", program))])
    assert list(tmp_path.iterdir()) == []

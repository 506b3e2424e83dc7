"""`scrapy export --txt`: the ledger as text files, all of them or none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from scrapy.cmdline import execute

from crawler.commands.export import export
from pipelines.ledger import exports
from pipelines.ledger.documents import Ledger
from pipelines.ledger.exports import as_text
from pipelines.ledger.schema import LedgerError
from tests.documents import ADDED, document

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder with three documents of two sources, and one that is superseded."""
    data = tmp_path / "data"
    ledger = Ledger(data / "ledger.sqlite")
    for text, url, source in [
        ("旧文。", "https://a.example/1", "taowenge"),
        ("第一段。\n第二段。", "https://b.example/2", "wm114"),
        ("新文。", "https://a.example/1", "taowenge"),
        ("又一篇。", "https://a.example/3", "taowenge"),
    ]:
        ledger.add(document(text, url, source=source, title=f"标题{url[-1]}"), site=source, added=ADDED)
        ledger.commit()
    ledger.close()
    return data


@pytest.fixture
def run(data: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `scrapy export` over the data folder; return exit code, output and errors."""
    monkeypatch.chdir(Path(__file__).parent.parent)

    def run(*arguments: object, data: Path = data) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", "export", *map(str, arguments), "-s", f"DATA_DIR={data}"])
        written = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return ended.value.code, written.out, written.err

    return run


def files(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def test_documents_are_named_by_number_and_key(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "txt"
    assert run("--txt", folder) == (0, f"3 documents, 16 characters, 0 masked in {folder}\n", "")
    assert files(folder) == {
        f"000_{document('第一段。' + chr(10) + '第二段。').key}.txt": "标题2\n\n第一段。\n第二段。\n",
        f"001_{document('新文。').key}.txt": "标题1\n\n新文。\n",
        f"002_{document('又一篇。').key}.txt": "标题3\n\n又一篇。\n",
    }
    assert [path.name for path in folder.parent.iterdir()] == ["txt"]


def test_one_source(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "txt"
    assert run("--txt", folder, "--source", "wm114") == (0, f"1 document, 9 characters, 0 masked in {folder}\n", "")
    assert list(files(folder)) == [f"000_{document('第一段。' + chr(10) + '第二段。').key}.txt"]


def test_an_unknown_source_is_told_with_the_known_ones(run: Run, tmp_path: Path) -> None:
    code, out, err = run("--txt", tmp_path / "txt", "--source", "wm11")
    assert (code, out) == (2, "")
    assert err == "scrapy export: no documents of 'wm11'; there are taowenge, wm114\n"
    assert not (tmp_path / "txt").exists()


def test_an_empty_folder_is_taken(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "txt"
    folder.mkdir()
    assert run("--txt", folder)[0] == 0
    assert len(files(folder)) == 3


@pytest.mark.parametrize("taken", ["folder", "file"])
def test_what_is_there_is_not_overwritten(run: Run, tmp_path: Path, taken: str) -> None:
    target = tmp_path / "txt"
    mine = target / "mine.txt" if taken == "folder" else target
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine")
    code, out, err = run("--txt", target)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith(f"scrapy export: {target}: exists")
    assert mine.read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "txt"]


@pytest.mark.parametrize("arguments", [[], ["stray", "--txt", "x"], ["--txt", "x", "--nonsense"]])
def test_wrong_usage(run: Run, arguments: list[str]) -> None:
    code, out, err = run(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert err.startswith("scrapy export: ")


def test_a_missing_ledger_is_told_and_not_made(run: Run, tmp_path: Path) -> None:
    code, out, err = run("--txt", tmp_path / "txt", data=tmp_path / "other")
    assert (code, out, err.count("\n")) == (74, "", 1)
    assert "ledger.sqlite: no ledger here" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_a_damaged_ledger_is_told(run: Run, data: Path, tmp_path: Path) -> None:
    (data / "ledger.sqlite").write_bytes(b"not a database" * 100)
    code, out, err = run("--txt", tmp_path / "txt")
    assert (code, out, err.count("\n")) == (74, "", 1)


@pytest.mark.parametrize("error", [LedgerError("ledger: damaged"), OSError(28, "No space left on device")])
def test_an_export_that_fails_leaves_nothing(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    written = []

    def fail_at_the_second(record: dict[str, Any]) -> str:
        written.append(record)
        if len(written) == 2:
            raise error
        return "text"

    monkeypatch.setattr(exports, "as_text", fail_at_the_second)
    code, out, err = run("--txt", tmp_path / "txt")
    assert (code, out, err.count("\n")) == (74, "", 1)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_numbers_grow_wider_together(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    for number in range(1001):
        ledger.add(document(f"第{number}号", f"https://a.example/{number}"), site="a", added=ADDED)
    ledger.commit()
    ledger.close()
    assert export(tmp_path / "ledger.sqlite", tmp_path / "txt").documents == 1001
    names = list(files(tmp_path / "txt"))
    assert [name[:5] for name in (names[0], names[9], names[-1])] == ["0000_", "0009_", "1000_"]


@pytest.mark.parametrize(
    ("title", "line"),
    [(None, "无题"), ("", "无题"), (" \n", "无题"), ("通知\u2028之二\n", "通知 之二"), ("通知", "通知")],
)
def test_the_title_is_one_line(title: str | None, line: str) -> None:
    assert as_text({"title": title, "text": "正文。"}) == f"{line}\n\n正文。\n"

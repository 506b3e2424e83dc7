"""Texts of programs: strings of catalogs and of an editor, guides with their marks and without, code."""

from __future__ import annotations

import json
import struct
from pathlib import Path

import pytest

from benchmarks import program_texts

SAID = {"": "Content-Type: text/plain; charset=UTF-8", "Close": "关闭窗口", "Open": "打开文件", "Quit": "Quit"}
SENTENCE = "先写提纲，再写正文，写完以后请同伴读一遍。"


def catalog(said: dict[str, str]) -> bytes:
    """Return a catalog of messages as programs read it (.mo): two tables of lengths and places, and the strings."""
    strings = [text.encode() for text in (*said, *said.values())]
    start, entries, held = 28 + 8 * len(strings), b"", b""
    for text in strings:
        entries += struct.pack("<II", len(text), start + len(held))
        held += text + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(said), 28, 28 + 8 * len(said), 0, 0) + entries + held


def written(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def packages(folder: Path) -> Path:
    written(folder / "x_nautilus-data/usr/share/locale/zh_CN/LC_MESSAGES/a.mo", catalog(SAID))
    written(folder / "x_nautilus-data/usr/share/locale/fr/LC_MESSAGES/a.mo", catalog({**SAID, "Open": "不是法文"}))
    strings = {"contents": {"menu": {"cut": "剪切", "copy": ["复制", "copy"]}}}
    written(folder / "codingame-monaco-vscode-language-pack-zh-hans/a.json", json.dumps(strings).encode())
    guide = f"# 怎样写\n\n**{SENTENCE}**\n看[例子](a.md)。\n" + SENTENCE * 6
    written(folder / "novel-writer-cn/package/a.md", guide.encode())
    written(folder / "novel-writer-cn/package/again.md", guide.encode())
    written(folder / "novel-writer-cn/package/english.md", b"# How to write\n")
    written(folder / "cn2an/cn2an/a.py", f"# {SENTENCE * 6}\nx = 1\n".encode())
    return folder


@pytest.mark.parametrize(
    ("kind", "texts"),
    [
        ("strings of programs", ["关闭窗口\n打开文件"]),
        ("strings of an editor", ["剪切\n复制"]),
        ("guides", [f"# 怎样写\n\n**{SENTENCE}**\n看[例子](a.md)。\n{SENTENCE * 6}"]),
        ("guides, unmarked", [f"怎样写\n\n{SENTENCE}\n看例子。\n{SENTENCE * 6}"]),
        ("code", [f"# {SENTENCE * 6}\nx = 1\n"]),
    ],
)
def test_a_kind_is_read(tmp_path: Path, kind: str, texts: list[str]) -> None:
    assert [text for of, text in program_texts.texts(packages(tmp_path)) if of == kind] == texts


def test_each_package_has_a_folder_of_its_own() -> None:
    folders = [package.folder for package in program_texts.PACKAGES]
    assert len(set(folders)) == len(folders)
    assert "codingame-monaco-vscode-language-pack-zh-hans" in folders

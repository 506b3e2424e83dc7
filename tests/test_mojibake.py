"""Text that was read in the wrong encoding is read again; what lost bytes stays, with a flag."""

from __future__ import annotations

import pytest

from cleaners.clean import clean
from cleaners.model import Page
from cleaners.repairs.mojibake import repair
from cleaners.text.edits import apply

NOTICE = (
    "关于召开春耕工作会议的通知\n各村民委员会：\n定于三月五日（星期三）召开会议，请“准时”参加。abc 123\n一、会议内容…\n"
)
TRADITIONAL = "關於召開春耕工作會議的通知\n各村民委員會：\n定於三月五日（星期三）召開會議，請「準時」參加。學習貫徹。\n"
DAMAGED = [
    "各村要锟斤拷锟斤拷备耕，不误农时。",
    "屯屯屯屯屯屯，各村要认真备耕。",
    NOTICE.split("\n")[0].encode().decode("gbk", "replace"),
    NOTICE.encode().decode("gbk", "replace"),
]
WELL_READ = [
    "café, naïve, Zoë, São Paulo, Åse, œuvre, smörgåsbord, Français “déjà vu”",
    "ÄÖÜäöüß ÀÁÂÃÄÅÆÇÈÉÊË ¹²³ ½¼¾ ×÷ °C",
    "Привет, мир! Это русский текст, который остаётся как есть.",
    "Ελληνικά: αυτό το κείμενο μένει ως έχει.",
    "안녕하세요, 이 문장은 그대로 둡니다.",
    "莆蚆袂聿莂蚅羄蒆薇袆膅薅，鍏鍙鏄曞伐",
    "鱻麤龘靐齉，饕餮魑魅魍魉。",
    "氕氘氚氦氖氩氪氙氡，钪钛钒铬锰",
    "汉语拼音：zhōng guó rén mín，lǜ、nüè、lüè",
    "Đây là tiếng Việt: ưu điểm, ở đây, được",
    "于是他说：“好……”——你看·这里",
    "ÂNGELA、SÃO、Âm thanh、château、â、Â",
    "温度±2℃，§12，¥300，£5，©2020，®",
]


@pytest.mark.parametrize("text", [NOTICE, TRADITIONAL])
@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("utf-8", "latin-1"),
        ("utf-8", "cp1252"),
        ("utf-8", "mac_roman"),
        ("utf-8", "cp437"),
        ("gb18030", "latin-1"),
        ("gb18030", "cp1252"),
        ("gb18030", "mac_roman"),
        ("gb18030", "cp1251"),
        ("gb18030", "cp437"),
    ],
)
def test_misread_text_is_read_again(text: str, right: str, wrong: str) -> None:
    octets = (bytes([octet]) for octet in text.encode(right))
    misread = "".join(octet.decode(wrong, "ignore") or chr(octet[0]) for octet in octets)
    found = repair(misread)
    assert (apply(misread, found.edits), found.is_damaged) == (text, False)


def test_utf8_read_as_gbk_is_read_again_where_no_byte_was_lost() -> None:
    line = "关于召开会议的通知，请各村准时参加"
    for size in range(4, len(line) + 1, 2):
        misread = line[:size].encode().replace(b"\x80", b"\x80").decode("gb18030", "replace")
        if "\ufffd" not in misread:
            assert apply(misread, repair(misread).edits) == line[:size]


@pytest.mark.parametrize("layers", [2, 3])
def test_text_misread_more_than_once(layers: int) -> None:
    misread = NOTICE
    for _ in range(layers):
        misread = misread.encode().decode("latin-1")
    assert apply(misread, repair(misread).edits) == NOTICE


@pytest.mark.parametrize(
    ("mixed", "whole"),
    [
        ("他说：â€œ好â€\x9d。abc", "他说：“好”。abc"),
        ("标题正确\nå…³äºŽæ˜¥è€•\n正文正确。", "标题正确\n关于春耕\n正文正确。"),
        ("本文见ä¸­å›½一节", "本文见中国一节"),
        ("气温25Â°C，长3Ã—4米，水温20â„ƒ，面积10ã\x8e¡，Â·李明", "气温25°C，长3×4米，水温20℃，面积10㎡，·李明"),
    ],
)
def test_only_what_was_misread_changes(mixed: str, whole: str) -> None:
    assert apply(mixed, repair(mixed).edits) == whole


@pytest.mark.parametrize("text", WELL_READ)
def test_what_only_looks_odd_stays(text: str) -> None:
    assert repair(text) == ([], False)


@pytest.mark.parametrize("text", DAMAGED)
def test_what_lost_bytes_stays_and_is_told(text: str) -> None:
    document = clean(Page(body=f"通知\n\n各村要认真备耕。\n{text}", kind="text"))
    assert "undecodable" in document.flags


@pytest.mark.parametrize("wrong", ["latin-1", "cp1252"])
def test_a_page_and_its_title_are_read_again(wrong: str) -> None:
    body = NOTICE.replace("\n", "</p><p>")
    page = f"<html><head><title>春耕会议通知</title></head><body><h1>春耕会议通知</h1><p>{body}</p></body></html>"
    misread = "".join(bytes([octet]).decode(wrong, "ignore") or chr(octet) for octet in page.encode())
    document = clean(Page(body=misread, kind="html"))
    assert document.title == "春耕会议通知"
    assert "定于三月五日（星期三）召开会议，请“准时”参加。" in document.text
    assert document.flags == ()
    assert apply(document.page_text, document.edits) == document.text

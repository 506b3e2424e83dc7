"""`decode`: any bytes of a Chinese page to text, with nothing lost unseen."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.reading.decode import BOMS, Decoded, decode
from tests.deadlines import cpu_deadline

SIMPLIFIED = "同志们：今天我们召开全市教育工作会议，主要任务是总结去年工作，部署今年任务。下面，我讲三点意见。"
TRADITIONAL = "各位同學：今天我們舉行開學典禮，首先歡迎新老師和新同學。希望大家努力學習，愛護環境，團結互助。"
PAGE = "<html><head><meta charset={}><title>讲话稿</title></head><body><p>" + SIMPLIFIED + "</p></body></html>"

bounded = settings(derandomize=True, max_examples=300, deadline=None)
han = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5) | st.sampled_from("，。：“”（）\u3000abc <>\n"))


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "utf-16-le", "utf-16-be"])
def test_simplified_text_without_declaration(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding)).text == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "big5", "big5hkscs", "utf-16-le", "utf-16-be"])
def test_traditional_text_without_declaration(encoding: str) -> None:
    assert decode(TRADITIONAL.encode(encoding)).text == TRADITIONAL


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("zeros", [16, 100, 513, 4096])
def test_zeros_that_a_crash_left_behind_tell_nothing(encoding: str, zeros: int) -> None:
    """Behind the text, and between two parts of one whose characters have no set width."""
    body, padding = SIMPLIFIED.encode(encoding), b"\0" * zeros
    assert decode(body + padding).text.strip("\0\ufffd") == SIMPLIFIED
    if not encoding.startswith("utf-16"):
        assert decode(body + padding + body).text.replace("\0", "") == SIMPLIFIED * 2


def test_zeros_behind_a_page_of_two_encodings_leave_both_readable() -> None:
    page = f"<p>{SIMPLIFIED}</p><p>{SIMPLIFIED}</p><div>"
    body = page.encode() + "版权所有 青禾街道办事处</div>".encode("gbk") + bytes(16)
    assert decode(body).text.strip("\0") == f"{page}版权所有 青禾街道办事处</div>"


@pytest.mark.parametrize(("mark", "encoding"), BOMS)
def test_byte_order_mark_wins_over_the_header(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + SIMPLIFIED.encode(encoding), "text/html; charset=big5")
    assert (decoded.text, decoded.encoding, decoded.bad, decoded.bom) == (SIMPLIFIED, encoding, 0, True)


def test_mark_of_utf8_before_gbk_is_not_believed() -> None:
    decoded = decode(b"\xef\xbb\xbf" + SIMPLIFIED.encode("gbk"))
    assert (decoded.text, decoded.encoding, decoded.bom) == (SIMPLIFIED, "gb18030", True)


@pytest.mark.parametrize("header", [None, "utf-8", "gbk", "big5", "iso-8859-1", "utf-16", "euc-kr"])
@pytest.mark.parametrize("meta", ["utf-8", "gb2312", "big5", "unicode", "nonsense"])
@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_header_and_meta_may_lie(encoding: str, meta: str, header: str | None) -> None:
    page = PAGE.format(meta)
    decoded = decode(page.encode(encoding), f"text/html; charset={header}" if header else None)
    assert (decoded.text, decoded.bad) == (page, 0)


def test_gb2312_stands_for_gb18030() -> None:
    page = PAGE.format("gb2312") + "镕㐀\U00020000€"
    decoded = decode(page.encode("gb18030"), "text/html; charset=GB2312")
    assert (decoded.text, decoded.encoding) == (page, "gb18030")


def test_big5_takes_the_hong_kong_characters() -> None:
    text = TRADITIONAL + "喺嘅啲"
    assert decode(text.encode("big5hkscs"), "text/html; charset=big5").text == text


@pytest.mark.parametrize(
    "text",
    ["范文", "中国", "你好", "讲话稿", "工作总结", "心得体会", "国旗下讲话", "入党申请书范文", "民主生活会发言材料"],
)
def test_short_gbk_is_not_big5(text: str) -> None:
    assert decode(text.encode("gbk")).text == text


@pytest.mark.parametrize("text", ["講話稿", "工作總結", "心得體會範文"])
def test_short_big5_is_told_by_its_declaration(text: str) -> None:
    assert decode(text.encode("big5"), "text/plain; charset=big5").text == text


@pytest.mark.parametrize(
    "label",
    ["base64_codec", "undefined", "idna", "unicode_escape", "hex", "utf-7", "x-user-defined", "\0", "no such", ""],
)
def test_labels_that_are_no_text_encoding_do_no_harm(label: str) -> None:
    page = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">{SIMPLIFIED}'
    assert decode(page.encode("gbk"), f"text/html; charset={label}").text == page


def test_korean_stays_korean_when_it_says_so() -> None:
    text = "오늘 우리는 새로운 학교에서 함께 공부를 시작합니다. 모두 환영합니다. " * 5
    assert decode(text.encode("euc-kr"), "text/html; charset=euc-kr").text == text


def test_what_cannot_be_decoded_is_replaced_and_counted() -> None:
    cut = SIMPLIFIED.encode()[:-1]
    assert decode(cut).text == SIMPLIFIED[:-1] + "\ufffd"
    assert decode(cut).bad == 1
    hurt = SIMPLIFIED.encode("gbk") + b"\xff\xff" + SIMPLIFIED.encode("gbk")
    assert decode(hurt).text == f"{SIMPLIFIED}\ufffd\ufffd{SIMPLIFIED}"
    assert decode(hurt).bad == 2


def test_replacement_characters_of_the_page_itself_are_not_bad() -> None:
    assert decode("乱码\ufffd在此".encode()).bad == 0
    assert decode(SIMPLIFIED.encode() + "\ufffd".encode() + b"\xff").bad == 1


def test_bytes_that_would_not_come_back_are_counted() -> None:
    decoded = decode(TRADITIONAL.encode("big5") + b"\xa2\xcc" + TRADITIONAL.encode("big5"))  # a second code for 十
    assert decoded.text == f"{TRADITIONAL}十{TRADITIONAL}"
    assert decoded.bad == 1


def test_half_utf8_half_gbk_is_not_lost_in_silence() -> None:
    decoded = decode(SIMPLIFIED.encode() + SIMPLIFIED.encode("gbk"))
    assert decoded.bad > 0


@pytest.mark.parametrize(
    ("footer", "encoding"), [("版权所有 青禾街道办事处", "gbk"), ("版權所有 青禾街辦事處", "big5")]
)
def test_lines_in_another_encoding_on_a_page_in_utf8_are_read(footer: str, encoding: str) -> None:
    page = f"<p>{SIMPLIFIED}</p><p>{SIMPLIFIED}</p><div>"
    body = page.encode() + footer.encode(encoding) + b"</div>\n"
    assert decode(body) == Decoded(f"{page}{footer}</div>\n", "utf-8")
    assert decode(body + b"\xff").bad, "what is neither is counted"


def test_text_is_taken_as_it_is_but_for_half_surrogate_pairs() -> None:
    assert decode("通知\ufeff\0").text == "通知\ufeff\0"
    decoded = decode("通\ud83d知")
    assert (decoded.text, decoded.bad) == ("通\ufffd知", 1)


@bounded
@given(han, st.sampled_from(["utf-8", "gb18030", "big5hkscs"]), st.sampled_from([None, "gbk", "utf-8", "big5"]))
def test_decoding_comes_back_as_the_same_bytes(text: str, encoding: str, declared: str | None) -> None:
    _comes_back(text.encode(encoding, "ignore"), declared)


@bounded
@given(st.binary() | st.sampled_from([mark for mark, _ in BOMS]).flatmap(lambda mark: st.binary().map(mark.__add__)))
def test_any_bytes_give_text_that_can_be_written(body: bytes) -> None:
    _comes_back(body, None)


def _comes_back(body: bytes, declared: str | None) -> None:
    decoded = decode(body, f"text/html; charset={declared}" if declared else None)
    decoded.text.encode()
    after_mark = body[len(next(mark for mark, _ in BOMS if body.startswith(mark))) :] if decoded.bom else body
    assert decoded.bad or decoded.text.encode(decoded.encoding) == after_mark


def test_two_megabytes_of_anything_take_a_second() -> None:
    with cpu_deadline(15):
        for piece in (
            b"\xb7\xb6\xff",
            b"<meta charset",
            bytes(range(256)),
            b"\0a",
            SIMPLIFIED.encode("big5", "ignore"),
        ):
            decode(piece * (2 * 1024 * 1024 // len(piece)))


@pytest.mark.parametrize(
    "text",
    [
        "价格€5",
        "进口种子每袋€100，折合人民币约780元。",
        "€",
        "€€€100",
        SIMPLIFIED + "€" + SIMPLIFIED,
        TRADITIONAL + "€",
        "预算：€1,200.50（含税）",
        "<p>欧元符号€与人民币¥</p>",
        "單價€3",
        "镕€㐀",
    ],
)
@pytest.mark.parametrize("header", [None, "text/html; charset=gbk", "text/html; charset=gb2312"])
def test_the_euro_sign_of_windows_gbk(text: str, header: str | None) -> None:
    octets = b"\x80".join(piece.encode("gb18030") for piece in text.split("€"))
    decoded = decode(octets, header)
    assert (decoded.text, decoded.bad) == (text, 0)
    assert decoded.text.encode(decoded.encoding) == octets


def test_0x80_among_other_damage_is_counted() -> None:
    octets = SIMPLIFIED.encode("gbk") + b"\x80\xff" + SIMPLIFIED.encode("gbk")
    decoded = decode(octets)
    assert decoded.text == f"{SIMPLIFIED}€\ufffd{SIMPLIFIED}"
    assert decoded.bad == 1


def cesu8(text: str) -> bytes:
    """Return UTF-8 in which characters beyond U+FFFF are two surrogates, as MySQL, Oracle and Java write them."""
    units = text.encode("utf-16-le")
    return b"".join(
        units[at : at + 2].decode("utf-16-le", "surrogatepass").encode("utf-8", "surrogatepass")
        for at in range(0, len(units), 2)
    )


@pytest.mark.parametrize(
    "text",
    [
        "会议😀定于三月五日召开。",
        "😀",
        "各村要认真备耕😀😀，不误农时👍🏻。",
        "古字𠀀𪚥与𠮷野",
        "ABC😀",
        SIMPLIFIED + "🎉",
        TRADITIONAL + "🀄",
        "<p>音符𝄞</p>",
        "👨‍👩‍👧一家",
        "第1条🈶",
    ],
)
def test_utf8_made_of_surrogates(text: str) -> None:
    decoded = decode(cesu8(text))
    assert (decoded.text, decoded.encoding, decoded.bad) == (text, "cesu-8", 0)
    assert decoded.text.encode(decoded.encoding) == cesu8(text)


def test_half_a_pair_of_surrogates_is_counted() -> None:
    decoded = decode(f"{SIMPLIFIED}😀".encode().replace("😀".encode(), cesu8("😀")[:3]))
    assert decoded.bad > 0


@pytest.mark.parametrize(
    "text",
    [
        "会议通知",
        SIMPLIFIED.replace("：", ","),
        "各村民委员会：\n定于三月五日召开春耕生产工作会议，请准时参加。",
        "From: a@b\nSubject: 关于备耕的通知\n\n各村要认真备耕。",
        "English and 中文 mixed",
        "己所不欲，勿施于人。",
        "<html><body><p>今年春天，全县新修水渠。</p></body></html>",
        "一、总则\n二、分则",
        "电话：3456",
        "你好，世界",
    ],
)
def test_hz(text: str) -> None:
    decoded = decode(text.encode("hz"))
    assert (decoded.text, decoded.encoding, decoded.bad) == (text, "hz", 0)
    assert decoded.text.encode("hz") == text.encode("hz")


@pytest.mark.parametrize(
    "text",
    [
        "price ~{1~} and ~{2~}",
        "x~{\\em abc~}y",
        "~{ab~}",
        "a ~{ b",
        "~}",
        "regex ~{abcd~} end",
        "perl: $x =~ s~{foo~}{bar}~",
        "~{~}",
        "no braces ~~",
        "~{hello world~}",
    ],
)
def test_ascii_that_only_looks_like_hz(text: str) -> None:
    assert decode(text.encode()).text == text

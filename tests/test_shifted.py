"""Shifted runs: sentences damaged as a mirror damages them come out right, or stay exactly as they are."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.repairs import pinyin, shifted
from cleaners.repairs.syllables import brackets
from cleaners.text.edits import apply
from tests.deadlines import cpu_deadline

READINGS = (
    "會huì 業yè 發fā 內nèi 領lǐng 導dǎo 實shí 經jīng 績jī 細xì 驗yàn 數shù 優yōu 學xué 現xiàn 產chǎn 處chù 務wù 進jìn 過guò "
    "時shí 對duì 開kāi 問wèn 題tí 動dòng 設shè 質zhì 結jié 總zǒng 統tǒng 規guī 範fàn 農nóng 鄉xiāng 鎮zhèn 縣xiàn 區qū 場chǎng"
)
PAGE = """全鄉上半年經濟運行情況總結
今年以來，全鄉上下對標對表，項目建設有進度，農業生產有起色，各項任務完成過半。
各部門要對照問題清單，逐項銷號，時間過半任務也要過半。
"""
RIGHT = [
    "我們取得的進步離不開大家的努力。",
    "因為細節決定成敗，工作要做到位。",
    "向當地群眾了解情況。",
    "大家的意見都記下了。現在由各組報告。",
    "這是重點。基層黨支部要帶頭。",
    "我們要牢記使命，為當地發展出力。",
    "我們如何落實好這些措施，需要認真研究。",
    "請同志們為優秀選手鼓掌。",
    "因為時間有限，我就講到這里。",
    "今天的會議很重要。縣里要求馬上部署。",
]


def damaged(text: str) -> str:
    """Do to a text what a mirror does: replace GBK bytes without seeing where characters begin."""
    data = text.encode("gbk")
    for entry in READINGS.split():
        char, reading = entry[0], entry[1:]
        data = data.replace(char.encode("gbk"), f"{char}({reading})".encode("gbk"))
    for mark in "，；：！？。":
        data = data.replace(mark.encode("gbk"), b"\x01" + mark.encode("gbk"))
    decoded, at = "", 0
    while at < len(data):
        if data[at] < 0x80:
            decoded += chr(data[at])
            at += 1
        else:
            is_pair = data[at + 1 : at + 2] >= b"@"
            decoded += data[at : at + 2].decode("gbk", "ignore") if is_pair else "?"
            at += 2
    return decoded.replace("\x01", "")


def cleaned(text: str) -> str:
    return apply(text, pinyin.edits(text))


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_damaged_sentence_comes_out_right(sentence: str) -> None:
    page = damaged(PAGE + sentence + "\n")
    assert "?" in page
    assert cleaned(page) == PAGE + sentence + "\n"


@pytest.mark.parametrize(
    "run",
    [
        "我們把任務(wù)分解到人?；厝ヒ葬嵋獋鬟_。",  # 。 or 常 before it, and a pair vanished
        "領(lǐng)導(dǎo)們?yōu)槔贤緶蕚淞俗?。",  # the last byte is lost
        "附件大?。?16KB",
        "什么?!你說得很好嗎?,我們",
    ],
)
def test_what_is_not_proved_stays(run: str) -> None:
    page = damaged(PAGE) + run + "\n"
    found = [edit for edit in pinyin.edits(page) if edit.rule == "shifted.run"]
    assert found == []
    kept = run
    for reading in ("(wù)", "(lǐng)", "(dǎo)"):
        kept = kept.replace(reading, "")
    assert cleaned(page).splitlines()[-1] == kept


def test_the_mark_may_be_folded() -> None:
    folded = damaged(PAGE + "這是重點。基層黨支部要帶頭。").replace("，", ",").replace("；", ";")
    assert "?;" in folded
    assert cleaned(folded).endswith("這是重點。基層黨支部要帶頭。")


@pytest.mark.parametrize("tag", ["</p>", "<br />", '<span class="a">'])
def test_the_rest_of_a_tag_that_lost_its_bracket_goes(tag: str) -> None:
    sentence = "會上有人說：“各村都要講清楚，工作要做到人民滿意為止。”"
    page = damaged(PAGE + sentence + tag + "\n")
    assert "?" + tag[1:] in page
    assert cleaned(page) == PAGE + sentence + "\n"


def test_a_run_is_one_edit_with_the_brackets_inside() -> None:
    page = damaged(PAGE + "我們如何落實好這些措施，需要認真研究。")
    runs = [edit for edit in pinyin.edits(page) if edit.rule == "shifted.run"]
    assert len(runs) == 1
    assert page[runs[0].start] == "?"
    assert "(" not in runs[0].new


def test_other_pages_are_left_alone() -> None:
    assert pinyin.edits("他問:真的嗎?，大家都笑了。我們?nèi)〉玫某煽?jī)") == []


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(st.sampled_from("?？，。；（)(們會發內斓慕ぷ鳌〉玫某煽xíjīdǎoW F\n<p>"), max_size=60))
def test_edits_fit_any_text(text: str) -> None:
    page = damaged(PAGE) + text
    changes = pinyin.edits(page)
    assert apply(page, changes) is not None
    assert all(a.end <= b.start for a, b in pairwise(changes))
    assert all(0 <= change.start < change.end <= len(page) for change in changes)


def test_no_hang() -> None:
    """A page that is nothing but damage ends."""
    page = damaged(PAGE) + "我們?nèi)〉玫某煽?jī)會(huì)?，F(xiàn)在" * 2000
    with cpu_deadline(30):
        shifted.edits(page, brackets(page).readings)

"""Readings glued by mirrors go; pinyin that a person wrote stays."""

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.repairs.pinyin import edits
from cleaners.repairs.syllables import FIRST_OF_SYLLABLE, SYLLABLES, brackets, plain, readings
from cleaners.text.edits import apply
from tests.deadlines import cpu_deadline

DENSE = (
    "全縣(xiàn)各鄉(xiāng)鎮(zhèn)要緊扣發(fā)展這(zhè)個(gè)主題(tí),加強(qiáng)調(diào)度,抓好項(xiàng)目。"
    "會(huì)上還(hái)講(jiǎng)了三點(diǎn)要求。"
)
DENSE_READ = "全縣各鄉鎮要緊扣發展這個主題,加強調度,抓好項目。會上還講了三點要求。"
SPARSE = "全縣(xiàn)上半年經濟運行總體平穩,主要指標高于去年同期,重點項目開工率達到九成,群眾收入持續(xù)增加。"
TONELESS = "村(cun)里修(xiu)好了(le)水(shui)渠,大(da)家都(dou)很高(gao)兴,今(jin)年的(de)收(shou)成(cheng)一定(ding)错不(bu)了。"


def cleaned(text: str) -> str:
    return apply(text, edits(text))


def rules(text: str) -> set[str]:
    return {edit.rule for edit in edits(text)}


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (DENSE, DENSE_READ),
        (DENSE.replace("(", "（").replace(")", "）"), DENSE_READ),
        (DENSE.replace(")", " )"), DENSE_READ),
        ("開會(huì)時(shí)間:上午九時(shí)", "開會時間:上午九時"),
        (SPARSE * 9, "全縣上半年經濟運行總體平穩,主要指標高于去年同期,重點項目開工率達到九成,群眾收入持續增加。" * 9),
        (DENSE + "他們(men)於(yú)會後(hòu)再議,那麼(me)多。", DENSE_READ + "他們於會後再議,那麼多。"),
        (TONELESS, "村里修好了水渠,大家都很高兴,今年的收成一定错不了。"),
    ],
)
def test_readings_go(page: str, text: str) -> None:
    assert cleaned(page) == text
    assert edits(text) == []


def test_rule_names() -> None:
    assert rules(DENSE) == {"pinyin.bracket"}
    assert rules(TONELESS) == {"pinyin.toneless"}


def test_a_mirror_that_marks_common_characters_too() -> None:
    page = DENSE + "老百姓的(de)日子一天(tiān)比一天(tiān)好,水(shuǐ)电路都通了。"
    assert cleaned(page).endswith("老百姓的日子一天比一天好,水电路都通了。")
    assert rules(page) == {"pinyin.bracket", "pinyin.toneless"}


def test_symbols_thrown_in() -> None:
    page = DENSE + "请(∞α→qǐng)用(y♠£ òng)戶(hù)♠≠↓注册£←←成为(¶∏&wéi)会員。合格率×××,产量±5%。"
    assert cleaned(page).endswith("请用戶注册成为会員。合格率×××,产量±5%。")
    assert "pinyin.symbols" in rules(page)
    assert edits("价格£←←成为,用(y♠£ òng)戶") == []


@pytest.mark.parametrize(
    "kept",
    [
        "二十八宿中的昴(mǎo)、毕、觜(zī)、参(shēn),以及井、鬼、柳。",
        "“蛮”读 mán,“骗”读“piàn”。①ài ②gē",
        "沏(qī)茶 宽恕(shù) 塑(sù)料 挫(cuò)折 粗糙(cāo) 玷(diàn)污 酗(xù)酒 联袂(mèi) 酵(jiào)母 澎(péng)湃 熨(yùn)斗 "
        "嫉(jí)妒 症(zhēng)结 载(zǎi)体 称(chèn)心 处(chǔ)理",
        "着(zháo)急 着(zhe)凉 着(zhuó)手 行(xíng)走 行(háng)业 重(zhòng)要 重(chóng)复 还(hái)有 还(huán)书 长(cháng)短 "
        "长(zhǎng)大 都(dōu)是 都(dū)市 得(dé)到 得(děi)去",
        "國內生產總值(GDP)增長,人均(a)與總量(i)都有提高,甲(jia)方與乙(yi)方各執一份。",
        "嶇(qū)、嶸(róng)、巒(luán)、岫、崑崙諸字,皆從山。",
        "附件一(yi)、附件二(er)、附件三(san)",
    ],
)
def test_pinyin_of_a_writer_stays(kept: str) -> None:
    assert edits(kept) == []


def test_on_a_mirror_too() -> None:
    kept = "注:昴(mǎo)為二十八宿之一,讀 mǎo。同比增長(GDP)、(a)項、(i)款。"
    page = DENSE + kept
    assert cleaned(page).endswith(kept)


def test_three_marks_on_a_long_page_prove_nothing() -> None:
    page = "這一段文字很長,說的是同一件事,並沒有別的讀音。" * 60 + "會(huì)業(yè)發(fā)"
    assert edits(page) == []


@settings(derandomize=True, max_examples=300, deadline=None)
@given(st.text(st.sampled_from("會发用的(（)） huìyònfā£←♠&aGDP,。\n"), max_size=80))
def test_edits_fit_any_text(text: str) -> None:
    for page in (text, DENSE + text):
        changes = edits(page)
        assert all(a.end <= b.start for a, b in pairwise(changes))
        assert all(0 <= change.start < change.end <= len(page) for change in changes)


def test_no_hang() -> None:
    text = "各乡镇要认真抓好落实(详见附件),确保按期完成。" * 22_000
    with cpu_deadline(5):
        edits(text)


def test_readings_follow_the_order_of_gb_2312() -> None:
    firsts = [entry[-1] for entry in FIRST_OF_SYLLABLE.split()]
    assert firsts == sorted(firsts, key=lambda char: char.encode("gb2312"))
    assert readings("啊") == {"a"}
    assert readings("座") == {"zuo"}
    assert readings("業") == {"ye"}
    assert readings("緑") == readings("绿") == {"lu"}
    assert readings("昴") == frozenset()


def test_plain_drops_tones() -> None:
    for syllable in ("lǜ", "zhuāng", "ér", "nǚ", "gǒu", "ɑ̀"[:1]):
        letters = unicodedata.normalize("NFD", syllable.replace("ɑ", "a")).encode("ascii", "ignore").decode()
        assert plain(syllable) == letters
        assert letters in SYLLABLES


def test_brackets_need_a_syllable_and_a_character() -> None:
    assert [reading.syllable for reading in brackets("會(huì)議(abc)A(hǎo)室( shì )(GDP)").readings] == ["hui", "shi"]


def test_a_reading_behind_a_misread_character_goes_with_the_others() -> None:
    """Read one byte late, a character leaves a letter before its reading; no letter has one elsewhere."""
    assert cleaned(f"{DENSE}下一步?茖W(xué)發(fā)展") == f"{cleaned(DENSE)}下一步?茖W發展"
    assert "W(xué)" in cleaned("他把校名縮寫成W(xué),大家都不懂。")
    assert "(GDP)" in cleaned(f"{DENSE}全縣生產總值A(GDP)與表格B(an)見附件。")


def test_a_few_readings_of_words_of_every_day_prove_a_mirror() -> None:
    page = "在此基礎(chǔ)上,優化營商環(huán)境,全體幹部職(zhí)工服務農(nóng)村,獎勵勞(láo)動,實踐證(zhèng)明有效。"
    assert "(" not in cleaned(page)

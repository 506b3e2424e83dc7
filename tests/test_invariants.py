"""The invariants of docs/design.md section 4, on generated pages."""

import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.clean import clean
from cleaners.judging.rulebook import REASONS, RULEBOOK
from cleaners.model import Document, Page
from cleaners.text.edits import apply
from pipelines.ledger.formats import as_text, exported_page

NOISE = [line for rule in RULEBOOK.rules for line in rule.match]
SENTENCES = [
    "今年春天，全县新修水渠十二公里，灌溉面积扩大到三万亩。",
    "各乡镇要把粮食生产摆在首位，做到任务到田、责任到人；",
    "一、把握春耕节奏",
    "（二）压实管护责任",
    "同志们：",
    "從實際出發，穩步推進農村改革。",
    "會(huì)議要求各鄉(xiāng)鎮(zhèn)認(rèn)真學(xué)習(xí)，業(yè)務(wù)部門負(fù)責(zé)實(shí)施。",
    "1、第一条 本办法自发布之日起施行",
    "X县××镇新增产值*亿元，增长__%",
    "（a）English words, 2023-05-01 and 1.5%",
    "……",
    "特此通知",
    "2023年5月1日",
    "<p>段落</p>",
    "安置房😀建设",
    "他接著說，沒什麼好著急的，乾安縣的乾隆舊志也在看著。",
    "东——東　书——書，简化字“后”对应“後”和“后”。",
    "「後」和「后」、國（国）是兩種寫法，應當認識。",
    "⽔⾯⼴阔，⻥⻋⻓⻄⻅",
    "\uf06c 上午九时，全体会议；",
    "å\x85³äº\x8eå\x8f¬å¼\x80æ\x98¥è\x80\x95å·¥ä½\x9c",
    "¹ØÓÚÕÙ¿ª´º¸û¹¤×÷»áÒéµÄÍ¨Öª",
    "请锟斤拷准时参加\ufffd，烫烫烫烫",
]
LINES = st.one_of(
    st.sampled_from(NOISE),
    st.sampled_from(SENTENCES),
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=30),
    st.just(""),
)
PAGES = st.lists(LINES, max_size=14).map("\n".join)


def check(document: Document) -> None:
    edits = document.edits
    assert apply(document.page_text, edits) == document.text
    assert all(a.end <= b.start for a, b in pairwise(edits))
    assert all(0 <= e.start <= e.end <= len(document.page_text) for e in edits)
    assert {e.rule for e in edits} <= REASONS.keys()
    assert (document.sha256 is None) == (document.text == "") == ("no_text" in document.flags)
    assert (document.truncated is None) == (
        document.text == "" or "cannot be told" in (document.truncation.evidence or "")
    )
    assert not any(line != line.strip() or not line for line in document.text.split("\n") if document.text)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(PAGES)
def test_every_change_is_accounted_for_and_cleaning_again_changes_nothing(text: str) -> None:
    once = clean(Page(body=text, kind="text"))
    check(once)
    again = clean(Page(body=once.text, title=once.title, source=once.source, script=once.script, kind="text"))
    assert (again.text, again.title) == (once.text, once.title)
    assert again.sha256 == once.sha256


@settings(max_examples=100, deadline=None, derandomize=True)
@given(PAGES)
def test_an_exported_file_has_the_same_key(text: str) -> None:
    once = clean(Page(body=text, kind="text"))
    if not once.text:
        return  # never stored, never exported
    file = as_text({"title": once.title, "text": once.text}).encode("utf-8", "surrogatepass")
    exported = exported_page(f"000_{once.key}.txt", file)
    assert exported
    again = clean(exported)
    assert (again.sha256, again.title, again.text) == (once.sha256, once.title, once.text)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_document(body: bytes) -> None:
    check(clean(Page(body=body)))


@pytest.mark.parametrize("seed", range(6))
def test_long_mixed_pages(seed: int) -> None:
    chance = random.Random(seed)
    lines = [chance.choice(NOISE + SENTENCES * 8) for _ in range(400)]
    document = clean(Page(body="\n".join(lines), kind="text"))
    check(document)
    assert clean(Page(body="\n".join(lines), kind="text")) == document

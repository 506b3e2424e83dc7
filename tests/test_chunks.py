"""Chunk marks of the wenku CMS: found by length or by cuts in mid sentence; real lists keep their numbers."""

import pytest

from cleaners.repairs import chunks
from cleaners.text.edits import apply

PROSE = "今年以来全县水利战线围绕防汛抗旱这条主线统筹推进水库除险加固和灌区改造群众用水更有保障" * 20


def cut(text: str, size: int = chunks.PIECE, between: str = "\n") -> str:
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    return between.join(f"{number}、{piece}" for number, piece in enumerate(pieces, 1))


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n \r\n"])
@pytest.mark.parametrize("likely", [True, False])
def test_pieces_of_300_are_joined_with_nothing(between: str, likely: bool) -> None:
    marked = cut(PROSE, between=between)
    assert apply(marked, chunks.find(marked, likely=likely).edits) == PROSE


def test_two_shorter_pieces_need_the_page_to_be_of_the_engine() -> None:
    marked = cut(PROSE, size=210)
    assert apply(marked, chunks.find(marked, likely=True).edits) == PROSE
    assert apply(marked, chunks.find(marked, likely=False).edits) == PROSE, "four pieces alike, all cut in mid sentence"
    assert not chunks.find(cut(PROSE[:400], size=210), likely=False).edits


def test_a_number_that_the_text_has_itself_stays() -> None:
    text = "1.编译程序的任务" + PROSE
    assert apply(cut(text), chunks.find(cut(text), likely=True).edits) == text


def test_all_pieces_full_means_cut_off() -> None:
    assert chunks.find(cut(PROSE[:600]), likely=True).full_pieces == 2
    assert chunks.find(cut(PROSE[:599]), likely=True).full_pieces == 0


def test_pieces_with_line_ends_are_full_too() -> None:
    text = "\n".join(PROSE[at : at + 47] for at in range(0, 940, 47))
    assert chunks.find(cut(text[:600]), likely=False).full_pieces == 2
    assert chunks.find(cut(text[:570]), likely=False).full_pieces == 0
    blank = PROSE[:599] + " " + PROSE[:300]
    assert chunks.find(cut(blank), likely=False).full_pieces == 3, "a blank is one of the characters"


@pytest.mark.parametrize(
    "text",
    [
        "1、压实责任。各村要明确专人。\n2、加强巡查。每天不少于两次。\n3、及时上报。",
        "1、甲方：\n2、乙方：\n",
        "一、总则\n1、适用范围；\n2、术语；\n二、要求",
        "2、第二条从这里开始\n3、第三条",
        "没有编号的一段话",
    ],
)
@pytest.mark.parametrize("likely", [True, False])
def test_a_real_list_keeps_its_numbers(text: str, likely: bool) -> None:
    assert not chunks.find(text, likely=likely).edits


def test_one_piece_alone_is_marked_on_pages_of_the_engine_only() -> None:
    assert chunks.find("1、" + PROSE[:200], likely=True).edits
    assert not chunks.find("1、" + PROSE[:200], likely=False).edits

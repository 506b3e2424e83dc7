"""Closings, signatures and numbers of papers beside a text are its own, not the frame's."""

from __future__ import annotations

import pytest

from cleaners.clean import clean
from cleaners.judging.letter_parts import parts_of_letter
from cleaners.judging.page_lines import PageLines
from cleaners.judging.title_form import may_be_title
from cleaners.model import Page

SENTENCE = "渠修好了，上下两个村的水就够用了，各家按时放水，轮到谁谁去守。"


def found(text: str, *removed: int) -> list[str]:
    lines = PageLines.of(text).lines
    is_sentence = [line.normalized.endswith("。") and len(line.normalized) > 20 for line in lines]
    return [lines[at].normalized for at in parts_of_letter(lines, removed, is_sentence)]


@pytest.mark.parametrize("closing", ["特此通知", "特此报告。", "此致", "敬礼！", "谢谢大家！", "散会！", "（完）"])
def test_closings_next_below_a_text(closing: str) -> None:
    assert len(found(f"{SENTENCE}\n{closing}")) == 1
    assert len(found(f"{SENTENCE}\n此页无正文\n{closing}")) == 1


@pytest.mark.parametrize(
    "signed",
    [
        "检讨人：王小福",
        "申请人（签名）：",
        "抄送：各村民委员会",
        "附件1：放水次序表",
        "三年级：王小福",
        "（青禾镇中心小学五年级（2）班 王小福 指导老师：李小满）",
        "参考答案：1.A 2.C 3.B",
    ],
)
def test_who_signs_and_what_belongs_to_a_paper(signed: str) -> None:
    assert len(found(f"{SENTENCE}\n{signed}")) == 1
    assert not found(f"{signed}\n{SENTENCE}")


@pytest.mark.parametrize(
    "other",
    [
        "发布人：王小福",
        "上传人：青禾 时间：2024-03-01",
        "三年级作文：水渠边的春天",
        "五年级日记大全",
        "参考答案：点击下载",
        "六年级上册",
        "三年级：作文大全",
        "高一：语文试卷",
        "水口小学日记精选 五年级：赵谷雨",
        "推荐人：水口网编辑部",
        "介绍人：小编谷雨",
        "附件：点击下载全文",
        "附件：资料下载处",
        "联系人：王小福 电话：12345",
    ],
)
def test_what_a_page_says_below_a_text_is_no_signature(other: str) -> None:
    assert not found(f"{SENTENCE}\n{other}")


@pytest.mark.parametrize("day", ["2024年11月20日", "二〇二四年十一月二十日", "****年**月**日"])
def test_a_day_below_a_signature(day: str) -> None:
    assert len(found(f"{SENTENCE}\n青禾村民委员会\n{day}")) == 2
    assert len(found(f"{SENTENCE}\n青禾村民委员会 青禾村水利管理工作站 青禾村农民合作联合社\n{day}")) == 2
    assert len(found(f"{SENTENCE}\n相关推荐\n{day}")) == 1, "who signs is no head of a list"
    assert not found(f"{SENTENCE}\n{day}"), "it may be the page's"
    assert not found(f"青禾网\n{day}\n{SENTENCE}"), "nothing stands above it"


@pytest.mark.parametrize("heading", ["1 引言", "一、修渠的经过", "1.修渠的经过", "第一章 修渠"])
def test_the_first_heading_right_above_a_text(heading: str) -> None:
    assert len(found(f"青禾网\n{heading}\n{SENTENCE}")) == 1
    assert not found(f"{heading}\n青禾网\n{SENTENCE}"), "another line stands between"
    assert not found(f"2{heading}\n{SENTENCE}")


def test_the_number_of_a_paper_above_its_text() -> None:
    assert found(f"青政发〔2024〕12号\n各村民委员会：\n{SENTENCE}") == ["青政发[2024]12号"]
    (line,) = PageLines.of("青政发〔2024〕12号").lines
    assert not may_be_title(line)


def test_what_stands_far_from_a_text_or_behind_its_frame_is_none() -> None:
    assert not found(f"{SENTENCE}\n栏目\n更多\n评论\n推荐\n谢谢大家！")
    assert not found(f"{SENTENCE}\n上一篇：闸门\n谢谢大家！", 1)


def test_a_page_keeps_them() -> None:
    text = "\n".join(
        [*[SENTENCE] * 1, "闸门也换了新的，两台抽水机修好了，今年的秧田都能按时整平，大家放心。", "特此报告"]
    )
    signed = f"{text}\n青禾村民委员会\n2024年11月20日"
    frame = "设为首页 收藏本站", "上一篇：闸门\n下一篇：秧田\n版权所有 青禾网 京ICP备13000000号"
    assert clean(Page(body=f"{frame[0]}\n{signed}\n{frame[1]}")).text == signed

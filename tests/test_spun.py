"""Spun text is flagged with the words that betray it; ordinary text is not."""

import re
from pathlib import Path

import numpy as np
import pytest

from benchmarks.spun_counts import count, write
from cleaners.clean import clean
from cleaners.model import Page
from cleaners.text.codes import codes
from cleaners.verdicts import spun, spun_contexts, spun_words
from crawler.terminal.explain_copies import explain
from pipelines.near.selection import ORDER

SPEECH = (
    "今年以来，全县坚持把产业发展作为第一要务，项目建设取得一定成绩，基础设施不断完善，经济发展环境持续优化。"
    "我们要进一步提高思想认识，增强服务意识，认真研究解决企业反映的问题，为高质量发展提供有力保障。"
    "要加快推进重点项目建设，建立健全激励机制，完善管理制度，严格按照规定办事，切实提高管理水平。"
    "要积极探索新的办法，充分调动基层干部的积极性，凝聚发展合力，营造浓厚氛围。"
    "各部门必须坚决贯彻县委的安排，具体措施要落实到人，情况要及时报告，原因要认真分析，不足要尽快改进。"
    "要降低企业成本，减少办事环节，帮助企业掌握政策，采取有效办法解决用地、用工、资金等困难，保护企业合法权益。"
    "要加强人才培养，引进研究机构，提高企业的创新能力，延伸产业链条，牢固树立质量意识，为企业提供优质服务。"
    "同志们，发展是硬道理，让我们坚定信心，以更加优异的成绩为全县经济社会发展作出新的贡献，努力满足群众对美好生活的希望。"
    "在基本建设方面，大部分项目已经结束前期工作，一部分项目进行得比较顺利，未来三年要储备一批重大项目。"
    "要按照“谁主管、谁负责”的原则，把责任落实到每一个岗位。"
    "对工作成绩突出的单位要奖励，对工作不力的单位要问责，善于总结经验，经常交流情况，互相学习，避免走弯路。"
)


def spin(text: str, engine: str) -> str:
    swaps = dict(spun_words.pairs(engine))
    return re.sub("|".join(swaps), lambda place: swaps[place.group()], text)


def test_a_spun_speech() -> None:
    document = clean(Page(body=spin(SPEECH, "advance"), kind="text"))
    assert "spun" in document.flags
    assert document.metadata.spun
    assert document.metadata.spun.score >= spun.MIN_SCORE
    assert {"进展(发展)", "效劳(服务)"} <= set(document.metadata.spun.words)
    assert "进展" in document.text


def test_the_author_s_own_words() -> None:
    document = clean(Page(body=SPEECH, kind="text"))
    assert "spun" not in document.flags
    assert document.record(added=None)["metadata"]["spun"] == {"score": 0.0, "words": []}


@pytest.mark.parametrize(
    "text",
    [
        "平安中国建设取得新进展，社会治理体系不断完善，效劳一词今已少用。" * 20,
        "根据地的军民在艰苦的岁月里开展大生产运动，治理黄河，推动工程。" * 20,
        "x = 1\n" * 200,
        "",
    ],
)
def test_ordinary_text(text: str) -> None:
    assert spun.judge(text) is None


def test_an_engine_leaves_none_of_its_author_s_words() -> None:
    part = spin(SPEECH[:230], "advance")
    assert spun.judge(part + "村里的水渠从东头修到西头，石料从后山取，人工各户轮着出。" * 20)
    assert spun.judge(part + SPEECH) is None


def test_a_kind_that_the_counts_do_not_know_needs_an_engine() -> None:
    telling = [(4.0, "进展", "发展")] * 8
    shown = spun.Evidence(40.0, telling, known=0.6, share=0.7, engine_score=0.0, engine_words=0)
    assert shown.proves(3000)
    assert not shown._replace(known=0.35).proves(3000)
    assert not shown._replace(share=0.5).proves(3000)
    assert shown._replace(known=0.35, engine_score=12.0, engine_words=4).proves(3000)


def test_what_the_counts_know() -> None:
    text = spin(SPEECH, "advance")
    assert spun.weigh(text, spun_contexts.load()).known > spun.MIN_KNOWN
    assert spun.weigh(text, count(["村里的水渠从东头修到西头，工程建立在后山。" * 3])).known < spun.MIN_KNOWN


def test_words_are_found_in_whatever_writing() -> None:
    simplified, traditional = (spun_contexts.words_in(text) for text in ("项目进展、建设", "項目進展、建設"))
    assert simplified[0].tolist() == traditional[0].tolist() == [0, 2, 5]
    assert simplified[1].tolist() == traditional[1].tolist()


def test_characters_beside_a_word_are_those_of_the_text_alone() -> None:
    near, far = spun_contexts.beside(codes("修项目"), np.array([1]))
    assert near.tolist() == [[ord("修")], [0]]
    assert far.tolist() == [[0], [0]]


def test_a_short_text_gets_no_verdict() -> None:
    assert spun.judge(spin(SPEECH, "advance")[: spun.MIN_CHARS - 1]) is None


def test_counts_are_kept_as_they_were_made(tmp_path: Path) -> None:
    counts = count([SPEECH, SPEECH, "项目建设" * 3])
    write(counts, tmp_path / "counts.npz")
    kept = spun_contexts.load(tmp_path / "counts.npz")
    assert (kept.totals == counts.totals).all()
    assert (kept.keys == counts.keys).all()
    assert (kept.counts == counts.counts).all()
    assert (
        counts.totals[spun_contexts.table().names.index("项目")]
        > counts.totals[spun_contexts.table().names.index("工程")]
    )


def test_the_words_that_were_swapped_are_shown_side_by_side() -> None:
    shown = explain({"id": "a", "text": SPEECH}, {"id": "b", "text": spin(SPEECH, "advance")})
    assert re.search(r"发展 +进展 +5", shown)
    assert re.search(r"words of A +in B +times", shown)


def test_the_author_s_words_are_the_better_version() -> None:
    spun_copy = {"id": "b", "text": SPEECH * 2, "truncated": False, "flags": ["spun"]}
    original = {"id": "a", "text": SPEECH, "truncated": True, "flags": []}
    best = min([spun_copy, original], key=lambda record: [better(record) for better in ORDER.values()])
    assert best["id"] == "a"

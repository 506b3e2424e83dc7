"""A site's frame from its own pages: what is learned, what never is, and what a profile takes of a page."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from benchmarks import repeated
from cleaners.clean import clean
from cleaners.learning.candidates import min_documents
from cleaners.learning.leaks import measure, sample_of
from cleaners.learning.patterns import patterns
from cleaners.learning.profile import LearnedLine, Profile, ProfileError
from cleaners.model import Page
from cleaners.text.edits import apply
from pipelines.profiles import sample_store
from tests.site_pages import HEAD, NOTICE, SURE, page, profile_of, prose, title


def lines(profile: Profile | None) -> list[str]:
    return [line.pattern for line in profile.lines] if profile else []


def test_a_line_of_the_frame_is_learned_and_taken_and_the_title_below_it_is_found() -> None:
    profile = profile_of(*map(page, range(5)))
    assert profile
    assert [(line.where, line.pages, line.place) for line in profile.lines] == [("head", 5, 0)]
    found = clean(page(7), profile)
    assert (found.title, found.text.split("\n")) == (title(7), prose(7))
    assert next(edit.rule for edit in found.edits) == "learned.head"
    assert apply(found.page_text, found.edits) == found.text
    (said,) = [line for line in found.judged if line.start == 0]
    assert said.told[0] == "on 5 of 5 pages"
    assert HEAD in clean(page(7)).text, "no rule knows the line"


def test_numbers_are_masked() -> None:
    pages = [page(number, head=[NOTICE.replace("2019", str(2001 + number))]) for number in range(4)]
    assert lines(profile_of(*pages)) == [NOTICE.replace("2019", "#")]


def test_fields_of_a_record_in_brackets_are_no_title() -> None:
    def recorded(number: int) -> Page:
        fields = [
            f"【作者】 老秋{number}",
            f"【作者单位】 青禾村第{number}生产队",
            "【分类】 村史",
            f"【年份】 19{60 + number}年",
        ]
        lines = [HEAD, "【期刊】 《青禾学刊》", title(number), *fields, *prose(number)]
        return Page(body="\n".join(lines), kind="text")

    profile = profile_of(*map(recorded, range(5)))
    assert [clean(recorded(number), profile).title for number in range(5)] == [title(n) for n in range(5)]


def test_a_record_of_the_texts_own_stays_above_them() -> None:
    def stated(number: int) -> Page:
        record = f"证券代码:{603_000 + 7 * number} 证券简称:{title(number)[1:3]} 公告编号:2024-{10 + number}"
        return Page(body="\n".join([record, title(number), *prose(number), "特此公告。"]), kind="text")

    assert lines(profile_of(*map(stated, range(6)))) == []


def test_what_a_profile_takes_is_not_the_title() -> None:
    byline = LearnedLine("head", "# # 青禾网友#", 5, 1, 4.0)
    body = ["回应一览", f"{3} # 青禾网友8812", *prose(3)]
    assert clean(Page(body="\n".join(body), kind="text"), Profile("x", 5, (byline,))).title != body[1]


def test_the_record_names_the_profile_and_the_same_page_gives_the_same_bytes() -> None:
    one, other = profile_of(*map(page, range(4))), profile_of(*map(page, range(6)))
    assert one
    assert other
    first, again = (clean(page(8), one).record(added="x") for _ in range(2))
    assert first == again
    assert first["version"] == f"{clean(page(8)).record(added='x')['version']}+{one.digest}"
    assert first["version"] != clean(page(8), other).record(added="x")["version"]


def test_the_order_of_the_pages_makes_no_difference() -> None:
    pages = [page(number) for number in range(9)]
    shuffled = random.Random(1).sample(pages, len(pages))
    one, other = profile_of(*pages), profile_of(*shuffled)
    assert one
    assert other
    assert one.dumped() == other.dumped()


def test_copies_of_a_document_are_one() -> None:
    assert profile_of(page(1), page(1), page(1), page(2)) is None
    reprint = Page(body=str(page(1).body) + "\n（转载）", kind="text")
    assert profile_of(page(1), reprint, page(2)) is None
    assert profile_of(page(1), page(2), page(3)) is not None


def test_few_documents_suffice_and_many_hosts_have_several_kinds_of_pages() -> None:
    assert [min_documents(count) for count in (3, 4, 7, 9, 20, 100, 200)] == [3, 3, 3, 4, 8, 10, 20]


@pytest.mark.parametrize("kind", repeated.KINDS)
def test_what_repeats_in_texts_stays(kind: str) -> None:
    paragraphs = [line for number in range(60) for line in prose(number)]
    pages = [Page(body=text, kind="text") for text in repeated.texts(kind, paragraphs, 6)]
    profile = profile_of(*pages)
    assert lines(profile) == []


def test_what_texts_end_with_stays_where_a_frame_is_around_it() -> None:
    paragraphs = [line for number in range(60) for line in prose(number)]
    texts = repeated.texts("speeches", paragraphs, 6)
    frame = "首页 > 资料 > 正文\n{}\n分享到：微博 微信\n版权所有 青禾文库"
    profile = profile_of(*(Page(body=frame.format(text), kind="text") for text in texts))
    assert not {"谢谢大家!", "同志们:"}.intersection(lines(profile))


def test_a_heading_of_texts_is_kept_though_the_frame_around_it_is_learned() -> None:
    body = ["背景技术", "{0}", "发明内容", "{1}", "具体实施方式", "{2}"]
    pages = [Page(body="\n".join([HEAD, title(n), *body]).format(*prose(n)), kind="text") for n in range(5)]
    profile = profile_of(*pages)
    assert lines(profile) == [HEAD]
    assert "发明内容" in clean(pages[0], profile).text.split("\n")


def test_a_line_inside_the_text_is_learned_if_it_has_the_frames_words_and_a_number_of_its_own() -> None:
    def with_code(number: int) -> Page:
        first, *rest = prose(number)
        code = f"本文由青禾之窗提供, 编号QH.A.{731_204 + 17 * number}"
        return Page(body="\n".join([HEAD, title(number), first, code, *rest]), kind="text")

    profile = profile_of(*map(with_code, range(6)))
    assert "本文由青禾之窗提供, 编号QH.A.#" in lines(profile)
    assert clean(with_code(9), profile).text.split("\n") == prose(9)


def test_what_a_profile_takes_between_empty_lines_is_told_as_its_own() -> None:
    first, second, *_ = prose(3)
    line = LearnedLine("inside", NOTICE.replace("2019", "#"), 5, 1, 4.0)
    body = f"{first}\n\n\n{NOTICE}    \n  {second}"
    found = clean(Page(body=body, kind="text"), Profile("qinghe.example", 5, (line,)))
    assert found.text.split("\n") == [first, second]
    place = body.index(NOTICE)
    assert [edit.rule for edit in found.edits if edit.start <= place < edit.end] == ["learned.line"]
    assert apply(found.page_text, found.edits) == found.text


def test_below_the_line_under_which_texts_begin_no_line_is_the_title() -> None:
    opening = "青禾文档网会员上传文档在线预览区（免费阅读全文请登录）"

    def untitled(number: int, *head: str) -> Page:
        return Page(body="\n".join([HEAD, opening, *head, *prose(number)]), kind="text")

    profile = profile_of(*map(untitled, range(6)))
    assert profile
    assert profile.opening
    short = untitled(8, "渔港旁边的一年")
    assert clean(short, profile).text.startswith("渔港旁边的一年\n")


def test_few_pages_tell_that_no_title_stands_below_a_line() -> None:
    def untitled(number: int, *first: str) -> Page:
        return Page(body="\n".join([HEAD, *first, *prose(number)]), kind="text")

    pages = [untitled(1), untitled(2), untitled(3, "渔港旁边的一年"), untitled(4, "盐田旁边的一年")]
    profile = profile_of(*pages)
    assert profile
    assert profile.opening
    assert clean(pages[3], profile).text.split("\n") == ["盐田旁边的一年", *prose(4)]
    titled = [untitled(1), *(untitled(number, title(number)) for number in range(2, 5))]
    assert not (profile_of(*titled) or Profile("x", 0)).opening


def test_a_line_inside_the_text_proves_no_frame_below_it() -> None:
    inside = LearnedLine("inside", NOTICE.replace("2019", "#"), 5, 3, 4.0)
    body = [*prose(3), NOTICE, "渔港旁边", "茶山旁边"]
    found = clean(Page(body="\n".join(body), kind="text"), Profile("qinghe.example", 5, (inside,)))
    assert found.text.split("\n") == [line for line in body if line != NOTICE]


def test_a_line_around_the_title_is_known_whatever_title_it_holds() -> None:
    line = LearnedLine("tail", "《{title}》是青禾的会员写的", 5, 0, 4.0)
    said = "《记渔港 一年（上篇）》是青禾的会员写的"
    assert said in clean(page(7, tail=[said])).text
    assert said not in clean(page(7, tail=[said]), Profile("qinghe.example", 5, (line,))).text
    short = LearnedLine("tail", "《{title}》是青禾", 5, 0, 4.0)
    other = "《记渔港 一年（上篇）》是青禾"
    assert other in clean(page(7, tail=[other]), Profile("qinghe.example", 5, (short,))).text


def test_a_line_that_stands_above_some_texts_and_inside_others_is_learned() -> None:
    def page_with(number: int) -> Page:
        above = ["渔港的人都说"] if number < 2 else []
        return Page(body="\n".join([title(number), *above, SURE, *prose(number)]), kind="text")

    profile = profile_of(*map(page_with, range(6)))
    assert lines(profile) == [SURE]


def test_a_learned_line_is_taken_at_its_place_only() -> None:
    profile = profile_of(*map(page, range(5)))
    inside = Page(body="\n".join([*prose(7) * 3, HEAD, *prose(8)]), kind="text")
    assert HEAD in clean(inside, profile).text


def test_a_page_of_which_nothing_would_be_left_loses_nothing() -> None:
    profile = profile_of(*map(page, range(5)))
    assert clean(Page(body=HEAD, kind="text"), profile).text == HEAD


def test_a_container_of_which_nothing_would_be_left_is_not_the_text() -> None:
    lead = "下面是小编为大家整理的记磨坊，欢迎大家阅读参考，希望对大家有所帮助！"
    text = "".join(f"<p>{line}</p>" for line in prose(3))
    html = f"<html><body><div class=lead><p>{lead}</p><p>{lead}</p></div><div class=nr>{text}</div></body></html>"
    profile = Profile("qinghe.example", 5, container="div.lead", container_pages=5)
    assert clean(Page(body=html, kind="html"), profile).text.split("\n")[-4:] == prose(3)


def test_a_piece_that_breaks_sentences_is_learned_and_a_phrase_is_not() -> None:
    piece = "更多请到www.qinghe-doc.com下载"

    def broken(number: int) -> Page:
        text = [*prose(number)]
        at = 7 + 3 * number
        text[2] = text[2][:at] + piece + text[2][at:]
        return Page(body="\n".join([title(number), *text]), kind="text")

    profile = profile_of(*map(broken, range(6)))
    assert profile
    assert [(each.text, each.pages) for each in profile.pieces] == [(piece, 6)]
    found = clean(broken(7), profile)
    assert piece not in found.text
    assert "learned.piece" in {edit.rule for edit in found.edits}
    cited = [
        Page(body="\n".join([title(n), *prose(n), f"资料见 www.qinghe-doc.com 第{n}页。"]), kind="text")
        for n in range(6)
    ]
    assert not (profile_of(*cited) or Profile("x", 0)).pieces


def test_the_container_of_the_text_is_learned_from_saved_pages() -> None:
    def saved(number: int, comments: int) -> Page:
        said = "".join(f"<p>{line}</p>" for n in range(comments) for line in prose(20 + n))
        text = "".join(f"<p>{line}</p>" for line in prose(number))
        html = f"<html><body><div class='wz-{number}'><h1>{title(number)}</h1><div class='nr'>{text}</div></div>"
        return Page(body=f"{html}<div class='lt'>{said}</div></body></html>", kind="html")

    profile = profile_of(*[saved(number, 0) for number in range(4)])
    assert profile
    assert (profile.container, profile.container_pages) == ("div.wz-#/div.nr", 4)
    other = Page(body=str(saved(5, 0).body).replace("class='nr'", "class='zw'"), kind="html")
    mixed = profile_of(*[saved(number, 0) for number in range(4)], other)
    assert mixed
    assert mixed.container is None, "the texts of a site with two templates stand in either"
    noisy = saved(7, 2)
    assert clean(noisy, profile).text.split("\n") == prose(7)
    assert len(clean(noisy).text) > len("\n".join(prose(7)))


def test_a_profile_holds_no_text_no_long_line_and_no_personal_data() -> None:
    contact = "青禾文档网客服热线 13912345678 邮箱 service@qinghe.example 版权所有 侵权必究 网站地图"
    pages = [page(number, tail=[contact, "长" * 300]) for number in range(5)]
    profile = profile_of(*pages)
    assert profile
    dumped = profile.dumped().decode()
    assert "版权所有" in dumped
    assert "13912345678" not in dumped
    assert "service@" not in dumped
    assert "长长" not in dumped
    assert not [line for number in range(5) for line in prose(number) if line in dumped]


def test_a_profile_is_read_again_as_it_was_written() -> None:
    profile = profile_of(*map(page, range(5)))
    assert profile
    again = Profile.loaded(profile.dumped())
    assert again == profile
    assert again.digest == profile.digest


@pytest.mark.parametrize(
    ("data", "wrong"),
    [(b"{", "no profile"), (b'{"format": 9}', "of format 9"), (b"[]", "no profile"), (b'{"format": 1}', "no profile")],
)
def test_what_is_no_profile_is_told(data: bytes, wrong: str) -> None:
    with pytest.raises(ProfileError, match=wrong):
        Profile.loaded(data)


def test_patterns_mask_what_differs() -> None:
    assert patterns("《记水渠》由会员分享, 共12页", "记水渠") == (
        "《记水渠》由会员分享, 共#页",
        "《记水渠》由会员分享, {…}",
    )
    assert patterns("《记水渠一年》由会员分享,共12页", "记水渠一年") == ("《{title}》由会员分享,共#页",)
    assert patterns("记水渠一年", "记水渠一年") == ()
    assert patterns("字" * 201, None) == ()


def test_leaks_are_counted_and_what_repeats_in_texts_is_none() -> None:
    texts = ["\n".join([*([HEAD] if number < 6 else []), "背景技术", *prose(number)]) for number in range(8)]
    found = measure("qinghe", filter(None, (sample_of(text, None) for text in texts)))
    assert found
    assert (found.documents, found.touched) == (8, 0.75)
    assert [(leak.line, leak.documents) for leak in found.lines] == [(HEAD, 6)]
    assert found.chars == round(6 * len(HEAD) / 8, 1)
    clean_texts = ["\n".join(["背景技术", *prose(number)]) for number in range(8)]
    none = measure("qinghe", filter(None, (sample_of(text, None) for text in clean_texts)))
    assert none
    assert (none.touched, none.chars, none.lines) == (0, 0, ())
    assert measure("qinghe", []) is None


def test_a_leak_that_stands_in_one_text_is_doubted_and_a_heading_is_not() -> None:
    texts = ["\n".join([title(number), *prose(number)]) for number in range(4)]
    found = measure("qinghe", filter(None, (sample_of(text, None) for text in texts)))
    assert found
    assert found.doubted == 0
    leaking = [f"{SURE}\n{texts[0]}", *texts[1:]]
    found = measure("qinghe", filter(None, (sample_of(text, None) for text in leaking)))
    assert found
    assert found.chars == 0
    assert found.doubted == pytest.approx(len(SURE) / 4, rel=0.03)


def test_a_line_may_be_known_at_both_ends() -> None:
    both = tuple(LearnedLine(where, NOTICE.replace("2019", "#"), 5, 0, 4.0) for where in ("head", "tail"))
    found = clean(page(3, head=[NOTICE], tail=[NOTICE]), Profile("qinghe.example", 5, both))
    assert found.text.split("\n") == prose(3)


SITES = Path(__file__).parents[2] / "shared" / "sites"


@pytest.mark.long
@pytest.mark.skipif(not SITES.is_dir(), reason="the pages with gold are not here")
@pytest.mark.parametrize("view", ["txt", "html"])
def test_sites_with_gold_learned_from_their_own_pages(view: str) -> None:
    from benchmarks.learn import sites

    found = sites(view)  # type: ignore[arg-type]
    assert found["all"]["perfect"] >= 0.9
    assert found["all"]["recall"] >= 0.999
    assert found["6"]["perfect"] >= 0.9


def test_a_full_disk_is_told_with_the_file() -> None:
    with pytest.raises(OSError, match=r"disk I/O error.*samples\.sqlite"), sample_store():
        raise sqlite3.OperationalError("disk I/O error")

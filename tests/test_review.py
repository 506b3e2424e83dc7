"""`scrapy review`: the page for a browser, what a person saves on it, and what becomes of that."""

from __future__ import annotations

import json
import random
import re
from contextlib import closing
from html.parser import HTMLParser
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Any

import pytest

from benchmarks import judge_pages
from cleaners.clean import clean
from cleaners.model import Page
from cleaners.personal.masking import HIDDEN
from cleaners.text.normalized import normalize, normalize_line
from crawler.errors import ArgumentError
from crawler.fixtures import corrections, expectations
from crawler.fixtures.corrections import Correction
from crawler.reports.review_page import leaked, with_page
from pipelines.ledger.documents import Ledger
from tests.documents import ADDED, document
from tests.offline import ROOT, RunCommand

HOSTILE = "</script><img src=x onerror=alert(1)>\u202e𠮷"
BODY = (
    "各村要把春耕备耕的事一件一件落到实处，种子、化肥、水利设施都要在惊蛰以前查完。\n"
    "驻村干部每周下田两次，看到问题当场登记，谁登记谁负责到底。\n"
)
PAGES = {
    "a.txt": f"您的位置：首页>>范文\n春耕备耕工作安排\n发布时间：2026-11-01\n\n{BODY}{HOSTILE}是写在田埂上的一句话。\n上一篇：学习笔记\n",
    "b.txt": f"您的位置：首页>>范文\n山塘水库巡查记录\n\n{BODY}联系人老周，手机：138 0013 8000，白天都在坝上。\n",
    "c.txt": f"山塘水库管护办法\n\n{BODY * 2}水位每天早晚各记一次。\n",
}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for name, text in PAGES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


class Parsed(HTMLParser):
    """The data of a page by the ids of its elements, and the tags that are not the page's own."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.data: dict[str, Any] = {}
        self.tags: list[str] = []
        self._id: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self._id = given.get("id") if given.get("type") == "application/json" else None

    def handle_data(self, data: str) -> None:
        if self._id:
            self.data[self._id] = json.loads(data)
            self._id = None


def written(run_command: RunCommand, tmp_path: Path, *words: object) -> Parsed:
    out = tmp_path / "review.html"
    code, _, err = run_command("review", *words, "-o", out, "-s", f"DATA_DIR={tmp_path / 'data'}")
    assert code == 0, err
    return Parsed(out.read_text("utf-8"))


def names(page: Parsed) -> list[str]:
    return [Path(one["name"]).name for one in page.data["index"]["documents"]]


def page_text(one: dict[str, Any]) -> str:
    return "".join(piece if isinstance(piece, str) else piece[0] for piece in one["pieces"])


def test_the_page_holds_each_document_with_its_edits_as_data_alone(
    run_command: RunCommand, tmp_path: Path, pages: Path
) -> None:
    page = written(run_command, tmp_path, pages)
    assert names(page) == sorted(PAGES)
    assert page.tags.count("script") == len(PAGES) + 2
    assert "img" not in page.tags
    shown = page.data["d0"]
    made = clean(Page(body=PAGES["a.txt"]))
    assert page_text(shown) == made.page_text
    assert "".join(piece if isinstance(piece, str) else piece[1] for piece in shown["pieces"]) == made.text
    assert {piece[2] for piece in shown["pieces"] if not isinstance(piece, str)} <= page.data["index"]["rules"].keys()
    assert all(page.data["index"]["rules"].values())


def test_personal_data_is_hidden_unless_the_setting_says_no(
    run_command: RunCommand, tmp_path: Path, pages: Path
) -> None:
    hidden = written(run_command, tmp_path, pages / "b.txt")
    text = (tmp_path / "review.html").read_text("utf-8")
    assert not re.search(r"138 ?0013 ?8000", text)
    assert HIDDEN * 3 in page_text(hidden.data["d0"])
    shown = written(run_command, tmp_path, pages / "b.txt", "-s", "MASK_PERSONAL_DATA=0")
    assert "138 0013 8000" in page_text(shown.data["d0"])
    assert len(page_text(shown.data["d0"])) == len(page_text(hidden.data["d0"]))


def test_what_an_edit_writes_of_personal_data_is_hidden_too() -> None:
    made = clean(Page(body=f"山塘巡查\n\n{BODY}老周的手机是１３８００１３８０００，白天都在。\n", kind="text"))
    shown = with_page("x", made.record(added=None), made, digest="", mask=True)
    pieces = "".join(piece if isinstance(piece, str) else "".join(piece[:2]) for piece in shown.pieces)
    assert "老周的手机是" in pieces
    assert not set("１３８138") & set(pieces)


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (("--rule", "nav"), ["a.txt", "b.txt"]),
        (("--source", "nowhere"), []),
        (("--flag", "no_text"), []),
        (("--leak",), []),
    ],
)
def test_filters(run_command: RunCommand, tmp_path: Path, pages: Path, words: tuple[str, ...], left: list[str]) -> None:
    if left:
        assert names(written(run_command, tmp_path, pages, *words)) == left
        return
    out = tmp_path / "review.html"
    out.write_text("kept")
    code, _, err = run_command("review", pages, *words, "-o", out)
    assert (code, out.read_text()) == (2, "kept")
    assert "none of 3 documents is so" in err


def test_a_sample_is_always_the_same(run_command: RunCommand, tmp_path: Path, pages: Path) -> None:
    few = names(written(run_command, tmp_path, pages, "--sample", "2"))
    assert len(few) == 2
    assert names(written(run_command, tmp_path, *sorted(pages.iterdir(), reverse=True), "--sample", "2")) == few[::-1]
    assert set(names(written(run_command, tmp_path, pages, "--sample", "1"))) < set(few)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--rule", "navv"), "did you mean nav?"),
        (("--replay", "fixtures", "fixtures"), "leave out PATH, or --replay"),
        (("nowhere.txt",), "no such file"),
        ((), "ledger.sqlite"),
    ],
)
def test_a_wrong_call_is_told_in_a_line(
    run_command: RunCommand, tmp_path: Path, words: tuple[str, ...], told: str
) -> None:
    code, _, err = run_command("review", *words, "-s", f"DATA_DIR={tmp_path / 'data'}")
    assert code == 2
    assert told in err
    assert err.count("\n") == 1


def test_documents_of_the_ledger_stand_beside_the_saved_pages(run_command: RunCommand, tmp_path: Path) -> None:
    cases = [case for case in expectations.cases(ROOT / "fixtures") if case.parent.name == "wm114"]
    with closing(Ledger(tmp_path / "data/ledger.sqlite")) as ledger:
        made = [clean(expectations.page(case)) for case in cases if not expectations.is_listing(case)]
        for one in made:
            ledger.add(one, site="wm114", added=ADDED)
        ledger.commit()
    stored = {one.sha256 for one in made}
    page = written(run_command, tmp_path, "--replay", "fixtures")
    documents = [page.data[f"d{number}"] for number in range(len(page.data["index"]["documents"]))]
    assert len(documents) == len(stored) > 3
    assert all(one["digest"] and not one["note"] for one in documents)
    alone = written(run_command, tmp_path)
    assert all("was not archived" in alone.data[f"d{number}"]["note"] for number in range(len(documents)))
    assert [one["chars"] for one in alone.data["index"]["documents"]] == [
        one["chars"] for one in page.data["index"]["documents"]
    ]


def test_a_ledger_that_has_another_text_says_so(run_command: RunCommand, tmp_path: Path) -> None:
    with closing(Ledger(tmp_path / "data/ledger.sqlite")) as ledger:
        ledger.add(document(BODY, "https://www.taowenge.com/p-60418907.html"), site="taowenge", added=ADDED)
        ledger.commit()
    page = written(run_command, tmp_path, "--replay", "fixtures")
    assert "The ledger has another text of this page" in page.data["d0"]["note"]


def test_leaks_are_marked_line_by_line() -> None:
    chance = random.Random(1)
    leak = "本站微信客服：点击右侧按钮加好友下载全文"
    shown = []
    for number in range(12):
        sentences = ["".join(chance.choices(BODY.replace("\n", ""), k=30)) + "。" for _ in range(5)]
        made = document("\n".join([*sentences, leak][:: 1 if number else -1]), title=f"记事{number}")
        shown.append(with_page("x", made.record(added=None), made, digest="", mask=False))
    assert leaked(shown) == [[0], *([5] for _ in range(11))]


# What is saved


def correction(text: str, marks: dict[int, str], title: str | None = None) -> Correction:
    made = clean(Page(body=text, kind="text"))
    shown = with_page("x.txt", made.record(added=None), made, digest="", mask=False)
    pieces = [(piece, piece) if isinstance(piece, str) else (piece[0], piece[1]) for piece in shown.pieces]
    return Correction(
        name="x.txt",
        url=None,
        source="unknown",
        digest="",
        pieces=pieces,
        marks=marks,
        title=title or made.title,
        wrong_title=made.title if title else None,
    )


def test_nothing_marked_is_the_document_itself() -> None:
    for text in PAGES.values():
        assert correction(text, {}).text() == clean(Page(body=text, kind="text")).text


def test_marks_give_the_text_that_should_have_been() -> None:
    one = correction(PAGES["a.txt"], {0: "text", 5: "noise"})
    first, *others = one.text().split("\n")
    assert first == "您的位置：首页>>范文"
    assert not [line for line in others if "驻村干部" in line]
    assert "春耕备耕的事" in one.text()


def test_a_line_taken_in_the_middle_of_others_stands_alone_again() -> None:
    pieces = [("甲。", "甲。"), ("\n乙一\n乙二\n", "\n"), ("丙。", "丙。")]
    one = Correction(
        name="", url=None, source="", digest="", pieces=pieces, marks={2: "text"}, title=None, wrong_title=None
    )
    assert one.text() == "甲。\n乙二\n丙。"


def test_pieces_are_labelled_for_training() -> None:
    one = correction(PAGES["a.txt"], {4: "noise", 7: "text"}, title="春耕安排")
    assert "".join(text for _, text in one.segments()) == one.page_text
    labels = {text.strip(): label for label, text in one.segments() if text.strip()}
    assert labels["您的位置：首页>>范文"] == "drop"
    assert labels["春耕备耕工作安排"] == "either"
    assert labels[BODY.split("\n")[0]] == "drop"
    assert labels["上一篇：学习笔记"] == "keep"


def test_a_case_holds_what_the_review_hid(run_command: RunCommand, tmp_path: Path, pages: Path) -> None:
    file = saved(pages / "b.txt", tmp_path, run_command, {})
    assert "138" not in file.read_text()
    assert run_command("fixture", "--from-review", file, "--dir", tmp_path / "cases")[0] == 0
    (case,) = (tmp_path / "cases/unknown").iterdir()
    assert json.loads((case / "expected.json").read_bytes())["text"] == clean(Page(body=PAGES["b.txt"])).text


def saved(pages: Path, tmp_path: Path, run_command: RunCommand, marks: dict[str, str]) -> Path:
    """Write what the page would save for its first document."""
    page = written(run_command, tmp_path, pages)
    index, shown = page.data["index"], page.data["d0"]
    one = {
        **{name: index["documents"][0][name] for name in ("name", "title", "source")},
        **{name: shown[name] for name in ("url", "digest", "pieces")},
        "marks": marks,
        "title_is_wrong": False,
        "right_title": None,
    }
    file = tmp_path / "corrections.json"
    origin = {name: index[name] for name in ("folder", "paths", "saved")}
    file.write_text(json.dumps({"review": 1, **origin, "documents": [one]}))
    return file


def test_corrections_become_cases_of_the_pages_themselves(run_command: RunCommand, tmp_path: Path, pages: Path) -> None:
    file = saved(pages, tmp_path, run_command, {"5": "noise"})
    code, out, err = run_command("fixture", "--from-review", file, "--dir", tmp_path / "cases")
    assert (code, "saved, with a draft" in out) == (0, True), err
    (case,) = (tmp_path / "cases/unknown").iterdir()
    assert (case / "page.html").read_text("utf-8") == PAGES["a.txt"]
    expected = json.loads((case / "expected.json").read_bytes())
    assert "驻村干部" not in expected["text"]
    assert json.loads((case / "meta.json").read_bytes())["reviewed"] is False
    code, out, _ = run_command("fixture", "--check", "--dir", tmp_path / "cases")
    assert code == 3
    assert "驻村干部" in out
    assert "left as it is" in run_command("fixture", "--from-review", file, "--dir", tmp_path / "cases")[1]


def test_a_page_that_is_gone_gives_a_case_of_what_was_shown(
    run_command: RunCommand, tmp_path: Path, pages: Path
) -> None:
    file = saved(pages, tmp_path, run_command, {})
    (pages / "a.txt").write_text("换了")
    code, out, err = run_command("fixture", "--from-review", file, "--dir", tmp_path / "cases")
    assert (code, "not there any more" in out) == (0, True), err


def test_corrections_teach_the_judge(run_command: RunCommand, tmp_path: Path, pages: Path) -> None:
    saved(pages, tmp_path, run_command, {"5": "noise"})
    (page,) = judge_pages.reviewed(tmp_path)
    sample = judge_pages.seen(page)
    assert sample
    labels = {line.normalized: label for line, label in zip(sample.lines, sample.labels, strict=True)}
    first, second, _ = map(normalize_line, normalize(BODY).split("\n"))
    assert (labels[first], labels[second]) == ("keep", "drop")


@pytest.mark.parametrize("written", ["[]", "{}", '{"review": 2}', "x", '{"review": 1, "folder": 3}'])
def test_a_file_of_something_else_is_refused(tmp_path: Path, written: str) -> None:
    file = tmp_path / "x.json"
    file.write_text(written)
    with pytest.raises(ArgumentError, match="no corrections of a review"):
        corrections.read(file)


# In a browser

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
MISSING = "playwright (pip)" if not find_spec("playwright") else "" if CHROMIUM else "chromium"


@pytest.mark.skipif(bool(MISSING), reason=f"{MISSING} is not here")
def test_a_person_finds_marks_saves_and_gets_cases(run_command: RunCommand, tmp_path: Path, pages: Path) -> None:
    from playwright.sync_api import sync_playwright

    written(run_command, tmp_path, pages)
    file = tmp_path / "corrections.json"
    errors: list[str] = []
    with (
        sync_playwright() as driver,
        driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]) as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 900}, accept_downloads=True)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text))
        page.goto((tmp_path / "review.html").as_uri())
        assert page.locator("#title").inner_text() == "春耕备耕工作安排"
        assert r"\u202e" in page.locator("#page").inner_text()
        assert "𠮷是写在田埂上的一句话" in page.locator("#text").inner_text()
        sides = [page.locator(side).bounding_box() for side in ("#page", "#text")]
        assert sides[0]
        assert sides[1]
        assert sides[0]["x"] < sides[1]["x"]
        assert sides[0]["y"] == sides[1]["y"]

        page.keyboard.press("j")
        assert page.locator("#title").inner_text() == "山塘水库巡查记录"
        page.keyboard.press("ArrowRight")
        page.keyboard.press("k")
        assert page.locator("#place").inner_text() == "2 of 3"

        page.locator("#choose summary").click()
        page.locator("#least").fill("120")
        assert page.locator("#documents li").count() == 1
        page.locator("#least").fill("")
        page.locator("#rule").select_option(value="nav.crumbs")
        assert page.locator("#documents li").count() == 2
        page.locator("#clear").click()
        page.locator("#documents button").first.click()
        assert page.locator("#place").inner_text() == "1 of 3"

        page.locator("#page .row", has_text="驻村干部").click()
        assert "kept as it is" in page.locator("#chosen").inner_text()
        page.keyboard.press("n")
        page.locator("#page .row", has_text="上一篇").click()
        page.keyboard.press("t")
        assert page.locator("#text .row.added").inner_text().endswith("上一篇：学习笔记")
        page.keyboard.press("Escape")
        page.keyboard.press("w")
        page.locator("#right").fill("春耕备耕安排")
        page.locator("#right").blur()

        page.reload()
        assert page.locator("#save").inner_text().startswith("Save 1 correction")
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        above, below = (page.locator(side).bounding_box() for side in ("#page", "#text"))
        assert above
        assert below
        assert above["y"] + above["height"] <= below["y"]
        with page.expect_download() as download:
            page.locator("#save").click()
        download.value.save_as(file)
    assert errors == []

    (one,) = corrections.read(file).documents
    assert (one.title, one.wrong_title, set(one.marks.values())) == (
        "春耕备耕安排",
        "春耕备耕工作安排",
        {"text", "noise"},
    )
    assert run_command("fixture", "--from-review", file, "--dir", tmp_path / "cases")[0] == 0
    (case,) = (tmp_path / "cases/unknown").iterdir()
    expected = json.loads((case / "expected.json").read_bytes())
    assert expected["title"] == "春耕备耕安排"
    assert "驻村干部" not in expected["text"]
    assert expected["text"].endswith("上一篇：学习笔记")

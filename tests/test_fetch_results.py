"""What the ledger holds of an address after a visit, and when it is due again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.ledger.documents import Ledger
from pipelines.ledger.fetch_results import FetchResult, Outcome, UrlRecord, Validators, updated_record
from pipelines.ledger.schedule import DAY, Schedule
from pipelines.ledger.urls import PendingUrl

SCHEDULE = Schedule()
NOW = 1_800_000_000


def visited(
    before: UrlRecord | None,
    at: int = NOW,
    *,
    document: int | None = None,
    outcome: Outcome = "done",
    kind: str = "document",
    body: str = "a",
    final: bool = False,
    same: bool = False,
) -> UrlRecord:
    visit = FetchResult(
        url="u",
        site="s",
        fetched=at,
        outcome=outcome,
        kind=kind,
        reason="why" if outcome != "done" else None,
        validators=Validators(etag=f'"{body}"', body_sha256=None if same else body),
        final=final,
        not_modified=same,
    )
    return updated_record(before, visit, document, SCHEDULE)


def due(row: UrlRecord) -> int:
    assert row.next_due is not None
    return row.next_due


def test_a_page_that_does_not_change_is_asked_for_ever_later() -> None:
    row, days = visited(None, document=1), list[float]()
    for _ in range(9):
        row = visited(row, due(row))
        days.append(round((row.interval or 0) / DAY))
    assert days == [39, 51, 66, 86, 111, 145, 180, 180, 180]
    assert (row.document, row.state) == (1, "done")


def test_a_page_that_changes_is_asked_for_ever_sooner() -> None:
    row, days = visited(None, document=1), list[float]()
    for number in range(2, 14):
        row = visited(row, due(row), document=number, body=str(number))
        days.append(round((row.interval or 0) / DAY, 1))
    assert days == [21, 14.7, 10.3, 7.2, 5.0, 3.5, 2.5, 1.7, 1.2, 1, 1, 1]


@pytest.mark.parametrize(
    ("after", "days"),
    [
        ({"body": "b"}, 39),  # other bytes, the same text
        ({"document": 2}, 39),  # the same bytes, another text: the rules have changed
        ({"document": 2, "body": "b"}, 21),
        ({"same": True}, 39),
        ({"kind": "no_text", "body": "b"}, 39),
    ],
)
def test_the_text_decides_whether_a_page_has_changed(after: dict[str, object], days: int) -> None:
    row = visited(None, document=1)
    assert visited(row, due(row), **after).interval == days * DAY  # type: ignore[arg-type]


def test_that_a_page_has_not_changed_before_it_was_due_says_nothing() -> None:
    row = visited(None, document=1)
    assert visited(row, NOW + DAY).interval == 30 * DAY
    assert visited(row, NOW + DAY, document=2, body="b").interval == 21 * DAY


def test_listings_are_asked_for_sooner() -> None:
    row, days = visited(None, kind="listing"), list[float]()
    for number in range(16):
        row = visited(row, due(row), kind="listing", body="same" if number else "a")
        days.append(round((row.interval or 0) / DAY, 1))
    assert days[:4] == [1.3, 1.0, 1.3, 1.7]
    assert days[-1] == 30


def test_a_304_keeps_what_it_does_not_tell_anew() -> None:
    row = visited(visited(None, document=1), due(visited(None)), same=True, body="b")
    assert (row.kind, row.document, row.etag, row.body_sha256) == ("document", 1, '"b"', "a")


def test_404_is_gone_the_second_time_and_410_at_once() -> None:
    known = visited(None, document=1)
    once = visited(known, outcome="gone")
    assert (once.state, once.misses, due(once)) == ("done", 1, NOW + DAY)
    twice = visited(once, outcome="gone")
    assert (twice.state, twice.document, due(twice)) == ("gone", 1, NOW + 180 * DAY)
    assert visited(known, outcome="gone", final=True).state == "gone"
    assert visited(UrlRecord("leased"), outcome="gone").state == "gone"
    back = visited(visited(once), outcome="gone")
    assert (back.state, back.misses) == ("done", 1)


def test_no_answer_changes_nothing_but_the_day_of_the_next_try() -> None:
    known = visited(None, document=1)
    assert visited(known, outcome="failed") == known._replace(reason="why", next_due=NOW + DAY)
    gone = visited(known, outcome="gone", final=True)
    assert visited(gone, outcome="failed").state == "gone"
    assert visited(known._replace(state="leased"), outcome="failed").state == "done"
    assert visited(None, outcome="failed").state == "blocked"


STEPS = st.tuples(
    st.sampled_from(["done", "gone", "blocked", "failed"]),
    st.sampled_from(["document", "listing", "no_text", "moved"]),
    st.sampled_from("abc"),
    st.integers(-DAY, 400 * DAY),
)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.lists(STEPS, max_size=8))
def test_every_page_stays_within_bounds(steps: list[tuple[Outcome, str, str, int]]) -> None:
    row, now, document = None, NOW, None
    for outcome, kind, body, later in steps:
        now += later
        given = ord(body) if outcome == "done" and kind == "document" else None
        row = visited(row, now, outcome=outcome, kind=kind, body=body, document=given)
        document = given or document
        assert row.document == document, "a document was forgotten"
        assert row.state in ("done", "gone", "blocked")
        assert row.next_due is None or now + DAY <= row.next_due <= now + 180 * DAY
        assert (row.next_due is None) == (row.kind == "moved" and outcome == "done") or outcome != "done"


@pytest.mark.matrix(48, "a due time that a clock set wrong has written is set right by the next refresh")
def test_a_clock_that_jumped_does_not_keep_a_page_for_ever(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    years = 10 * 365 * DAY
    ledger.record_fetch(FetchResult(url="u", site="s", fetched=NOW + years, kind="document"))
    ledger.commit()
    assert ledger.count_due(NOW + 181 * DAY) == []
    assert ledger.due("s", NOW) == []
    assert [row.url for row in ledger.due("s", NOW + 180 * DAY)] == ["u"]
    ledger.close()


def test_rounds(tmp_path: Path) -> None:
    """What two runs of a round, and a round of its own beside it, leave to each other."""
    ledger = Ledger(tmp_path / "ledger.sqlite")
    assert ledger.begin_job("s", "", 10) == (None, [])
    first = ledger.round
    ledger.schedule_urls([PendingUrl(url, "document", 1) for url in "abc"], site="s")
    ledger.record_fetch(FetchResult(url="a", site="s", fetched=NOW, kind="document"))
    ledger.commit()
    ledger.end_job("s", complete=False)
    assert ledger.begin_job("s", "urls 1", 20) == (None, [])
    ledger.schedule_urls([PendingUrl("c", "document", 1)], site="s")
    ledger.commit()
    ledger.end_job("s", complete=False)
    assert ledger.begin_job("s", "", 30) == (10, [PendingUrl("b", "document", 1), PendingUrl("c", "document", 1)])
    assert (ledger.round, ledger.fetched_urls("s")) == (first, ["a"])
    ledger.end_job("s", complete=True, keep=lambda url: url == "c")
    assert ledger.known_urls("s") == ["a", "c"], "b was found and not asked for"
    assert ledger.begin_job("s", "", 40) == (10, [PendingUrl("c", "document", 1)])
    ledger.end_job("s", complete=True)
    assert ledger.begin_job("s", "", 50) == (None, [])
    ledger.close()


def test_a_round_that_was_left_long_ago_is_begun_anew(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.begin_job("s", "urls 1", NOW)
    ledger.schedule_urls([PendingUrl(url, "document", 1) for url in "ab"], site="s")
    ledger.record_fetch(FetchResult(url="a", site="s", fetched=NOW, kind="document"))
    ledger.commit()
    ledger.end_job("s", complete=False)
    assert ledger.begin_job("s", "urls 1", NOW + 30 * DAY) == (NOW, [PendingUrl("b", "document", 1)])
    assert ledger.begin_job("s", "urls 1", NOW + 31 * DAY) == (None, [PendingUrl("b", "document", 1)])
    assert ledger.fetched_urls("s") == []
    ledger.close()


def test_what_was_read_in_this_round_or_is_in_quarantine_does_not_wait_again(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    for _ in range(2):
        ledger.count_crash("poison", site="s")
    ledger.begin_job("s", "", 10)
    ledger.record_fetch(FetchResult(url="a", site="s", fetched=NOW, kind="listing"))
    ledger.commit()
    ledger.schedule_urls([PendingUrl("a", "listing", 3), PendingUrl("poison", "document", 3)], site="s")
    ledger.commit()
    ledger.end_job("s", complete=False)
    assert ledger.begin_job("s", "", 20) == (10, [])
    ledger.close()

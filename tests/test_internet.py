"""The small internet: its addresses and frames are the registry's, its figures tell what went wrong, a crawl of it goes well."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.internet.__main__ import PACE, SITES, main, run
from benchmarks.internet.addresses import document_address, listing_address, listing_style
from benchmarks.internet.frames import Frame, frames
from benchmarks.internet.making import world
from benchmarks.internet.measure import broken, figures, shortest_pause
from benchmarks.internet.prose import edited, hidden, prose
from benchmarks.internet.server import Asked
from benchmarks.internet.world import Planted, World, crawled_sites
from cleaners.clean import clean
from cleaners.model import Page
from cleaners.sites import Site

CRAWLED = {site.name: site for site in crawled_sites()}


@pytest.fixture(scope="module")
def made() -> World:
    return world(5, 12, 20)


def record(one: Planted, **changes: Any) -> dict[str, Any]:
    url = one.addresses[0]
    facts = {"url": url, "urls": [url], "sha256": url, "cluster": str(one.origin), "title": one.title, "text": one.text}
    return {**facts, "truncated": one.cut, **changes}


def measured(made: World, records: list[dict[str, Any]]) -> Mapping[str, Any]:
    return figures(made, records, [], PACE)


def test_there_are_sites_enough() -> None:
    assert len(CRAWLED) >= SITES


@pytest.mark.parametrize("site", CRAWLED.values(), ids=CRAWLED)
def test_addresses_are_those_that_a_site_takes(site: Site) -> None:
    chance, root = random.Random(1), f"http://{site.domains[0]}"
    for form in range(len(site.documents)):
        assert site.kind(root + document_address(site, form, chance)) == "document"
    style = listing_style(site, chance)
    kinds = {site.kind(root + listing_address(style, 0, page)) for page in (1, 2)}
    assert kinds == ({"listing"} if site.listings else {None})


FRAMES = {f"{name}-{site}-{place}": frame for name in sorted({site.template for site in CRAWLED.values()})
          for site, family in enumerate(frames(name)) for place, frame in enumerate(family)}  # fmt: skip


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_a_frame_shows_the_text_that_it_is_given(frame: Frame) -> None:
    text = prose("frame")
    shown = frame.shown(text.title, text.paragraphs, 0.6)
    assert (len(shown.text) < 0.8 * len(text.text())) == frame.cuts
    page = frame.page(CRAWLED["taowenge"], text.title, shown.markup, "http://x/own", [], text.headings)
    found = clean(Page(body=page.encode(), url="http://nobody.example/"))
    assert text.title in page
    assert "".join(shown.text.split())[50:250] in "".join(found.text.split())


def test_a_world_is_made_again_from_its_seed(made: World) -> None:
    assert made == world(5, 12, 20) != world(6, 12, 20)
    assert len(made.planted) == 240
    assert {one.site for one in made.planted} == {place.site.name for place in made.places}
    assert made.walls
    assert len({one.origin for one in made.planted}) < 240
    addresses = [address for one in made.planted for address in one.addresses]
    assert len(addresses) == len(set(addresses))


def test_copies_differ_and_stay_copies() -> None:
    text = prose("a")
    masked, changed = (hidden(text.text(), text.names, random.Random(1)), edited(text.text(), random.Random(1)))
    assert text.text() not in (masked, changed)
    assert not any(name in masked for name in text.names)
    assert len(changed) > 0.7 * len(text.text())


def test_a_crawl_without_a_fault_keeps_all_promises(made: World) -> None:
    told = measured(made, [record(one) for one in made.planted])
    assert broken(told) == []
    assert (told["found"], told["f1"], told["perfect"], told["clusters"], told["titles"]) == (1, 1, 1, 1, 1)


def test_each_fault_is_told(made: World) -> None:
    first, *others = made.planted
    kept = [record(one) for one in others]
    assert measured(made, kept)["found"] == round(1 - 1 / 240, 4)
    assert measured(made, [*kept, record(first), record(first, sha256="2")])["twice"] == 1
    wall = record(replace(first, addresses=(min(made.walls),)))
    assert measured(made, [*kept, wall])["walls_stored"] == 1
    about = record(replace(first, addresses=("http://a.example/about.html",)))
    assert measured(made, [*kept, about])["wrong"] == 1
    noise = next(line for line in first.noise if len(line) > 8)
    leaking = measured(
        made, [*kept, record(first, text=f"{first.text}\n{noise}", title="别的", truncated=not first.cut)]
    )
    assert leaking["leaks"] == 1
    assert leaking["perfect"] == leaking["titles"] == leaking["truncated"] == round(1 - 1 / 240, 4)
    assert measured(made, [record(one, cluster=None) for one in made.planted])["clusters"] == 0
    assert broken({**measured(made, kept), "wrong": 1}) == ["wrong: 1, promised none"]


def test_the_shortest_pause_is_a_share_of_what_was_due(made: World) -> None:
    place = next(place for place in made.places if not place.crawl_delay and not place.site.delay)
    host = min(place.hosts())
    quick = [Asked(host, "/1", 0, 0.001), Asked(host, "/2", 0.001 + PACE.delay / 2, 1)]
    slow = [Asked(host, "/1", 0, 1.0), Asked(host, "/2", 1 + PACE.factor / 4, 9)]
    assert shortest_pause(made.places, quick, PACE) == pytest.approx(0.5)
    assert shortest_pause(made.places, slow, PACE) == pytest.approx(0.25)


def test_more_sites_than_there_are_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--sites", "9999"])
    assert "9999 sites" in capsys.readouterr().err


def test_a_crawl_of_the_small_internet() -> None:
    told = run(4, 4, 6)
    assert told["broken_promises"] == []
    assert (told["sites"], told["planted"], told["found"], told["leaks"]) == (4, 24, 1, 0)

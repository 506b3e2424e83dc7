"""Decides on all documents at once in rounds of SQL, on the disk or a cluster, as they would be decided on in order.

A verdict (decide.py) depends on the clusters and sizes of earlier documents alone: a print's owner is the first
document that has it, and it counts for a document when fewer than MAX_OUTSIDE documents between the two are of other
clusters than its owner. So the verdicts are the one solution of a system: by induction over the order of documents,
whatever reproduces itself is that solution. Each round gives all verdicts at once from those of the round before, the
first as if everybody were alone; when nothing changes, they are those of the stream and of the batch, exactly.

- The first MAX_OUTSIDE + 1 documents of a print always count, so their votes for owners are summed once (`sure`). Only
  what stands further behind in long lists is asked for again in each round (`lists`).
- Lists are cut to their first CUT + 1 documents, since nearly all are shut by then: MAX_OUTSIDE strangers among the
  first CUT. Those that are not when nothing changes any more are opened to their ends, and the rounds go on.
- A chain of copies of copies would take a round a link. So a round begins with each cluster replaced by the cluster of
  its name: which changes nothing in the solution, where the name of a cluster is in no other one.

Each table is Parquet in the folder, whole or not at all, so a run that was killed goes on with the table it was at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from pipelines.engine import MIN_MEMORY, Engine, LocalEngine, remove
from pipelines.near.decide import MAX_OUTSIDE, MIN_CONTAINMENT, MIN_VOTES, NO_DOC, Decision, Numbers
from pipelines.near.prints import FOLDER, WrittenPrints, counted, firsts

CUT = 16
"""Documents of a print after which its list is nearly always shut."""
_SURE = MAX_OUTSIDE + 1
_AT_ONCE = 1 << 16  # verdicts that are read at a time

_HEADS = """
SELECT hash, doc, place, min(doc) OVER (PARTITION BY hash) AS owner, max(place) OVER (PARTITION BY hash) AS shown
FROM (
    SELECT hash, doc, row_number() OVER (PARTITION BY hash ORDER BY doc) AS place
    FROM prints WHERE (hash & {mask}) = {part}
) AS ranked WHERE place <= {cut} + 1
"""
_FRESH = "SELECT doc, count(*) AS fresh FROM heads WHERE place = 1 GROUP BY doc"
_SUM_FRESH = "SELECT doc, CAST(sum(fresh) AS BIGINT) AS fresh FROM fresh_parts GROUP BY doc"
_SURE_VOTES = f"SELECT doc, owner, count(*) AS votes FROM heads WHERE place BETWEEN 2 AND {_SURE} GROUP BY doc, owner"
_LISTS = f"SELECT hash, doc, owner, place FROM heads WHERE shown > {_SURE} AND place > 1"
_NOBODY = """
SELECT CAST(0 AS BIGINT) AS doc, CAST(0 AS BIGINT) AS cluster, CAST(0 AS BIGINT) AS size, CAST(0 AS BIGINT) AS owner,
       CAST(0 AS DOUBLE) AS containment
WHERE 1 = 0
"""
_CLUSTERS = """
SELECT s.doc, coalesce(named.cluster, s.cluster) AS cluster, s.size
FROM state AS s LEFT JOIN state AS named ON named.doc = s.cluster
"""
_LIVE = """
SELECT hash, doc, owner, place,
       sum(stranger) OVER (PARTITION BY hash ORDER BY place ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
FROM (
    SELECT l.hash, l.doc, l.owner, l.place,
           CASE WHEN coalesce(c.cluster, l.doc) <> coalesce(o.cluster, l.owner) THEN 1 ELSE 0 END AS stranger
    FROM lists AS l LEFT JOIN clusters AS c ON c.doc = l.doc LEFT JOIN clusters AS o ON o.doc = l.owner
) AS placed
"""
_LATER_VOTES = f"""
SELECT doc, owner, count(*) AS votes FROM ({_LIVE}) AS live
WHERE place > {_SURE} AND before < {MAX_OUTSIDE} GROUP BY doc, owner
"""
_VERDICTS = f"""
WITH votes AS (
    SELECT v.doc, v.owner, coalesce(c.cluster, v.owner) AS cluster, CAST(sum(v.votes) AS BIGINT) AS votes
    FROM given AS v LEFT JOIN clusters AS c ON c.doc = v.owner WHERE (v.doc & {{mask}}) = {{part}}
    GROUP BY v.doc, v.owner, coalesce(c.cluster, v.owner)
), summed AS (
    SELECT doc, cluster, owner, votes, CAST(sum(votes) OVER (PARTITION BY doc, cluster) AS BIGINT) AS all_votes
    FROM votes
), best AS (
    SELECT doc, cluster, owner, votes, all_votes FROM (
        SELECT *, row_number() OVER (PARTITION BY doc ORDER BY all_votes DESC, cluster, votes DESC, owner) AS nth
        FROM summed
    ) AS ordered WHERE nth = 1 AND all_votes >= {MIN_VOTES}
), judged AS (
    SELECT b.doc, b.cluster, b.all_votes + coalesce(f.fresh, 0) AS size, b.owner,
           CAST(b.all_votes AS DOUBLE) / CAST(b.all_votes + coalesce(f.fresh, 0) AS DOUBLE) AS containment,
           CAST(b.votes AS DOUBLE) / CAST(coalesce(c.size, g.fresh) AS DOUBLE) AS other_way
    FROM best AS b JOIN fresh AS g ON g.doc = b.owner
         LEFT JOIN fresh AS f ON f.doc = b.doc LEFT JOIN clusters AS c ON c.doc = b.owner
)
SELECT doc, cluster, size, owner, containment FROM judged
WHERE greatest(containment, other_way) >= CAST('{MIN_CONTAINMENT}' AS DOUBLE)
"""
_CHANGED = """
SELECT count(*) FROM following AS a FULL JOIN state AS b ON a.doc = b.doc
WHERE a.cluster IS DISTINCT FROM b.cluster OR a.size IS DISTINCT FROM b.size
"""
_REST = f"""
SELECT hash, doc, owner, place FROM (
    SELECT hash, doc, min(doc) OVER (PARTITION BY hash) AS owner,
           row_number() OVER (PARTITION BY hash ORDER BY doc) AS place
    FROM prints WHERE hash IN (
        SELECT hash FROM ({_LIVE}) AS live GROUP BY hash
        HAVING max(place) = {{cut}} + 1 AND max(CASE WHEN place = {{cut}} + 1 THEN before ELSE 0 END) < {MAX_OUTSIDE}
    )
) AS whole WHERE place > {{cut}} + 1
"""
_ALL = f"""
SELECT coalesce(s.doc, f.doc) AS doc, coalesce(s.size, f.fresh) AS size, coalesce(s.cluster, f.doc) AS cluster,
       coalesce(s.owner, {NO_DOC}) AS owner, coalesce(s.containment, 0) AS containment
FROM fresh AS f FULL JOIN state AS s ON s.doc = f.doc ORDER BY 1
"""


def verdicts(pieces: Sequence[WrittenPrints], folder: Path, engine: Engine, *, cut: int = CUT) -> Iterator[Decision]:
    """Yield the verdict on each document of `pieces` in their order; documents count from 0.

    `folder`, where their prints are, takes the tables, and is the caller's to remove; the driver and whoever works for
    `engine` must see it under one path. `cut` changes the work, never a verdict. Raises OSError when the disk fails.
    """
    if any(piece.prints for piece in pieces):
        final = _Rounds(folder, engine, sum(piece.prints for piece in pieces), cut).settled()
        yield from _filled(_read(folder, final, firsts(pieces)), sum(piece.documents for piece in pieces))
    else:
        yield from _filled(iter(()), sum(piece.documents for piece in pieces))


class _Rounds:
    """The tables, and what is made of them; what is there already is not made again."""

    def __init__(self, folder: Path, engine: Engine, prints: int, cut: int) -> None:
        self._folder, self._engine, self._cut = folder, engine, cut
        self._parts = 1 << max(0, -(-prints // engine.rows_at_once()) - 1).bit_length()

    def settled(self) -> list[Path]:
        """Return the tables of verdicts on copies that reproduce themselves."""
        self._engine.read("prints", [self._folder / FOLDER])
        for part in range(self._parts):
            self._divide(part)
        self._engine.read("fresh_parts", self._each("fresh"))
        self._engine.read("fresh", [self._made("all-fresh", _SUM_FRESH)])
        state, opened, number = [self._made("state-0", _NOBODY)], 0, 0
        while True:
            number += 1
            self._engine.read("state", state)
            state = self._round(number, opened)
            self._engine.read("following", state)
            if not self._engine.value(_CHANGED):
                opened += 1
                if not self._open(opened, state):
                    return state

    def _divide(self, part: int) -> None:
        """Make the tables that stay of the prints whose hashes are of one part of all."""
        if self._place(f"lists-{part}").exists():
            return
        query = _HEADS.format(mask=self._parts - 1, part=part, cut=self._cut)
        self._engine.read("heads", [self._made(f"heads-{part}", query)])
        for name, what in (("fresh", _FRESH), ("sure", _SURE_VOTES), ("lists", _LISTS)):
            self._made(f"{name}-{part}", what)
        remove(self._place(f"heads-{part}"))

    def _round(self, number: int, opened: int) -> list[Path]:
        """Return the verdicts that follow from `state`, cut by documents as prints are by hashes."""
        following = self._each(f"state-{number}")
        later = self._each(f"later-{number}")
        if not following[-1].exists():
            self._engine.read("clusters", [self._made(f"clusters-{number}", _CLUSTERS)])
            for part, place in enumerate(later):
                self._read_lists(part, opened)
                self._made(place.name, _LATER_VOTES)
            self._engine.read("given", [*self._each("sure"), *later])
            for part, place in enumerate(following):
                self._made(place.name, _VERDICTS.format(mask=self._parts - 1, part=part))
        for place in (self._place(f"clusters-{number}"), *later):
            remove(place)
        return following

    def _open(self, time: int, state: list[Path]) -> int:
        """Add the rest of the lists that are not shut by verdicts which reproduce themselves; return its rows."""
        self._engine.read("clusters", state)
        rows = 0
        for part in range(self._parts):
            self._read_lists(part, time - 1)
            self._engine.read("rest", [self._made(f"rest-{time}-{part}", _REST.format(cut=self._cut))])
            rows += self._engine.value("SELECT count(*) FROM rest")
        return rows

    def _read_lists(self, part: int, opened: int) -> None:
        names = [f"lists-{part}", *(f"rest-{time}-{part}" for time in range(1, opened + 1))]
        self._engine.read("lists", list(map(self._place, names)))

    def _each(self, name: str) -> list[Path]:
        return [self._place(f"{name}-{part}") for part in range(self._parts)]

    def _place(self, name: str) -> Path:
        return self._folder / name

    def _made(self, name: str, query: str) -> Path:
        place = self._place(name)
        if not place.exists():
            self._engine.write(query, place)
        return place


def _read(folder: Path, state: Sequence[Path], starts: Numbers) -> Iterator[tuple[int, Decision]]:
    """Yield the verdicts on documents that have prints of their own or are copies, each with its number."""
    with closing(LocalEngine(1, MIN_MEMORY, folder)) as engine:
        engine.read("state", state)
        engine.read("fresh", [folder / "all-fresh"])
        for batch in engine.batches(_ALL, _AT_ONCE):
            packed, size, cluster, owner, containment = (batch.column(name).to_numpy() for name in batch.schema.names)
            owner = np.where(owner == NO_DOC, NO_DOC, counted(np.maximum(owner, 0), starts))
            columns = (size, counted(cluster, starts), owner, containment)
            decided = map(Decision, *(column.tolist() for column in columns))
            yield from zip(counted(packed, starts).tolist(), decided, strict=True)


def _filled(found: Iterator[tuple[int, Decision]], count: int) -> Iterator[Decision]:
    """Yield a verdict on each of `count` documents; those that are not `found` have no prints."""
    at = 0
    for number, verdict in found:
        yield from (Decision(0, missing) for missing in range(at, number))
        yield verdict
        at = number + 1
    yield from (Decision(0, missing) for missing in range(at, count))

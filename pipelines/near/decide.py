"""The verdict on each document, in order: which earlier document holds its text, and which cluster it belongs to.

Each print points to the first document that had it, its owner. A document votes, print by print, for owners; the
cluster with most votes wins, and the owner in it with most. Prints that many unrelated documents have say nothing and
stop to count: they are learned on the way, so that no list of stock phrases is needed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STOP = 4
"""Documents of other clusters after which a print says nothing any more."""
FEWEST_VOTES = 4
ENOUGH = 0.33
"""Share of the prints of one of two texts, as they count in `Verdict`, that the other must have too."""
NOBODY = -1

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a document is: a copy of `owner`, whose cluster holds the share `containment` of its prints, or of nobody.

    `size` is the number of its prints that count: those that nobody had before or its own cluster had. What another
    cluster had first could not vote for this one, so it speaks neither for nor against it. `cluster` is the first
    document of its cluster, itself if need be.
    """

    size: int
    cluster: int
    owner: int = NOBODY
    containment: float = 0.0


@dataclass(slots=True)
class Prints:
    """What is known of prints, by place: the owner (NOBODY: not seen yet), and documents of other clusters seen."""

    owners: Numbers
    foreign: NDArray[np.uint8]

    @classmethod
    def unseen(cls, number: int) -> Prints:
        """Return so many prints that nobody has had."""
        return cls(np.full(number, NOBODY, np.int64), np.zeros(number, np.uint8))


@dataclass(slots=True)
class Documents:
    """What is known of documents, by number: their size and cluster, as in `Verdict`."""

    sizes: Numbers
    clusters: Numbers


def decide(number: int, places: Numbers, single: int, prints: Prints, documents: Documents) -> Verdict:
    """Return the verdict on the document `number`, and note it in `prints` and `documents`.

    Its prints are those at `places`, and `single` more that no other document has.
    """
    owners = prints.owners[places]
    live = prints.foreign[places] < STOP
    seen, unseen = live & (owners != NOBODY), live & (owners == NOBODY)
    verdict = _verdict(number, owners[seen], single + int(np.count_nonzero(unseen)), documents)
    documents.sizes[number], documents.clusters[number] = verdict.size, verdict.cluster
    prints.foreign[places[seen][documents.clusters[owners[seen]] != verdict.cluster]] += 1
    prints.owners[places[unseen]] = number
    return verdict


def _verdict(number: int, voted: Numbers, new: int, documents: Documents) -> Verdict:
    """Return the verdict on a document whose prints have the owners `voted`, and `new` ones none."""
    by_owner = Counter(voted.tolist())
    by_cluster: Counter[int] = Counter()
    for owner, votes in by_owner.items():
        by_cluster[int(documents.clusters[owner])] += votes
    cluster = max(by_cluster, key=lambda each: (by_cluster[each], -each), default=number)
    votes = by_cluster[cluster]
    if votes < FEWEST_VOTES:
        return Verdict(new, number)
    members = (each for each in by_owner if documents.clusters[each] == cluster)
    owner = max(members, key=lambda each: (by_owner[each], -each))
    containment, other_way = votes / (votes + new), by_owner[owner] / int(documents.sizes[owner])
    if max(containment, other_way) < ENOUGH:
        return Verdict(new, number)
    return Verdict(votes + new, cluster, owner, containment)

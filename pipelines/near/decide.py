"""Decides on each document, in order, which earlier document holds its text and which cluster it belongs to.

Each fingerprint points to the first document that had it. A document votes, fingerprint by fingerprint, for these first
documents; the cluster with most votes wins, and the first document in it with most. A fingerprint that many unrelated
documents have is ignored from then on: stock phrases are learned on the way, and no list of them is needed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MAX_OUTSIDE = 4
"""Documents of other clusters after which a print says nothing any more."""
MIN_VOTES = 4
MIN_CONTAINMENT = 0.33
"""Share of the prints of one of two texts, as they count in `Decision`, that the other must have too."""
NO_DOC = -1

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Decision:
    """What a document is: a copy of `first_doc`, whose cluster holds the share `containment` of its prints, or of none.

    `size` is the number of its prints that count: those that nobody had before or its own cluster had; those first seen
    in another cluster are not counted. `cluster` is the first document of its cluster, itself if need be.
    """

    size: int
    cluster: int
    first_doc: int = NO_DOC
    containment: float = 0.0


@dataclass(slots=True)
class Fingerprints:
    """The state of fingerprints, by row: who had each first (NO_DOC: nobody), and how many others have it."""

    first_docs: Numbers
    outside_counts: NDArray[np.uint8]

    @classmethod
    def unseen(cls, number: int) -> Fingerprints:
        """Return so many prints that nobody has had."""
        return cls(np.full(number, NO_DOC, np.int64), np.zeros(number, np.uint8))


@dataclass(slots=True)
class DocumentStates:
    """What is known of documents, by number: their size and cluster, as in `Decision`."""

    sizes: Numbers
    clusters: Numbers


def decide(number: int, places: Numbers, single: int, prints: Fingerprints, documents: DocumentStates) -> Decision:
    """Return the verdict on the document `number`, and note it in `prints` and `documents`.

    Its prints are those at `places`, and `single` more that no other document has.
    """
    owners = prints.first_docs[places]
    live = prints.outside_counts[places] < MAX_OUTSIDE
    seen, unseen = live & (owners != NO_DOC), live & (owners == NO_DOC)
    verdict = _verdict(number, owners[seen], single + int(np.count_nonzero(unseen)), documents)
    documents.sizes[number], documents.clusters[number] = verdict.size, verdict.cluster
    prints.outside_counts[places[seen][documents.clusters[owners[seen]] != verdict.cluster]] += 1
    prints.first_docs[places[unseen]] = number
    return verdict


def _verdict(number: int, voted: Numbers, new: int, documents: DocumentStates) -> Decision:
    """Return the verdict on a document whose prints have the owners `voted`, and `new` ones none."""
    by_owner = Counter(voted.tolist())
    by_cluster: Counter[int] = Counter()
    for owner, votes in by_owner.items():
        by_cluster[int(documents.clusters[owner])] += votes
    cluster = max(by_cluster, key=lambda each: (by_cluster[each], -each), default=number)
    votes = by_cluster[cluster]
    if votes < MIN_VOTES:
        return Decision(new, number)
    members = (each for each in by_owner if documents.clusters[each] == cluster)
    owner = max(members, key=lambda each: (by_owner[each], -each))
    containment, other_way = votes / (votes + new), by_owner[owner] / int(documents.sizes[owner])
    if max(containment, other_way) < MIN_CONTAINMENT:
        return Decision(new, number)
    return Decision(votes + new, cluster, owner, containment)

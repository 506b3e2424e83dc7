"""How pages of the registered sites come out: `make sites`. The last line is JSON.

The pages are those of folders of gold (NAME.gold.json beside NAME.txt and NAME.html) whose address is a registered
site's, cleaned with their address: the share with their site's name as source, with their site's template (of sites
that have one), and cleaned perfectly.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean

from benchmarks.cases import GOLD, VIEWS, View, gold
from benchmarks.quality import score
from cleaners.clean import clean
from cleaners.sites import site_of
from crawler.terminal import table

PROMISED = {"source": 1.0, "template": 0.95, "perfect": 0.92}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One page of a registered site; `template` is None where its site has none."""

    site: str
    page: str
    source: bool
    template: bool | None
    perfect: bool


def measure(folder: Path, view: View) -> Iterator[Seen]:
    """Clean the pages of a folder that belong to registered sites."""
    for case in gold(folder, view):
        url = json.loads((folder / f"{case.name}.gold.json").read_bytes()).get("url")
        if site := site_of(url):
            document = clean(replace(case.page, url=url))
            yield Seen(
                site=site.name,
                page=case.name,
                source=document.source == site.name,
                template=document.template == site.template if site.template else None,
                perfect=score(case, document.text).perfect,
            )


def figures(pages: Iterable[Seen]) -> dict[str, float | int]:
    """Return the shares of some pages, and how many there are; a share of none is 1."""
    seen = list(pages)
    told: Mapping[str, Sequence[bool]] = {
        "source": [one.source for one in seen],
        "template": [one.template for one in seen if one.template is not None],
        "perfect": [one.perfect for one in seen],
    }
    return {"pages": len(seen), **{name: round(mean(values), 4) if values else 1.0 for name, values in told.items()}}


def main() -> None:
    """Print what is not perfect, and the three shares of each view."""
    options = argparse.ArgumentParser(prog="make sites ARGS=…", description=main.__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=GOLD[0], help="a folder of gold")
    folder = options.parse_args().folder
    result = {}
    for view in VIEWS:
        pages = list(measure(folder, view))
        missed: dict[str, list[str]] = defaultdict(list)
        for one in pages:
            if not (one.source and one.template is not False and one.perfect):
                missed[one.site].append(one.page)
        print(*table.render([("site", view), *((site, ", ".join(names)) for site, names in missed.items())]), sep="\n")
        result[view] = {"sites": len({one.site for one in pages}), **figures(pages)}
    print(json.dumps({**result, "promised": PROMISED}))


if __name__ == "__main__":
    main()

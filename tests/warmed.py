"""What the processes of `forked.py` need not do again: importing what commands and crawls use, and compiling the rules."""

import gc
import sys
from importlib import import_module
from pathlib import Path

from scrapy.utils.misc import load_object, walk_modules_iter

from cleaners.clean import clean
from cleaners.model import Page
from tests.offline import project_settings

_MODULES = (
    *("scrapy.core.downloader.handlers.http11", "scrapy.core.engine", "scrapy.extensions.remote_control"),
    *(
        "scrapy.logformatter",
        "scrapy.squeues",
        "scrapy.statscollectors",
        "pytest",
        "tqdm",
        "uvloop",
        "warcio.warcwriter",
    ),
    *(
        "crawler.downloader.download_handler",
        "crawler.reports.leaks",
        "crawler.spiders.refresh",
        "pipelines.near.labels",
    ),
)
"""What crawls import when they need it."""
_settings = project_settings()
for _room in ("scrapy.commands", "crawler.commands"):
    list(walk_modules_iter(_room))
for _parts in ("DOWNLOADER_MIDDLEWARES", "SPIDER_MIDDLEWARES", "EXTENSIONS", "ITEM_PIPELINES"):
    for _part in _settings.getwithbase(_parts):
        load_object(_part)
for _module in _MODULES:
    import_module(_module)
for _page in sorted((Path(__file__).parent.parent / "fixtures").glob("*/*_whole/page.html"))[:5]:
    clean(Page(body=_page.read_bytes()))
assert "twisted.internet.reactor" not in sys.modules  # a crawl chooses its own
gc.collect()
gc.freeze()

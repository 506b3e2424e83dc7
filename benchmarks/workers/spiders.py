"""The spider module of the workers: a site for each host that `HOSTS` in the environment names, between commas."""

from __future__ import annotations

import os

from cleaners.sites import Site
from crawler.spiders.preview import PreviewSpider
from crawler.spiders.sites import spider_for


def _spider(host: str) -> type[PreviewSpider]:
    site = Site(
        name="at" + host.replace(".", "_"), title="基准", template="bench", domains=(host,), start=(f"http://{host}/",),
        documents=(r"^/d/\d+\.html$",), listings=(r"^/$", r"^/list/\d+\.html$"),
    )  # fmt: skip
    spider = spider_for(site)
    spider.__module__ = __name__  # Scrapy takes spiders from the module they say they are of
    return spider


globals().update({spider.name: spider for spider in map(_spider, os.environ["HOSTS"].split(","))})

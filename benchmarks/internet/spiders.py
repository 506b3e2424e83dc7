"""The spider module and the resolver of a crawl of the small internet.

`INTERNET` in the environment is a JSON object: `sites`, the names of the registered sites that it has, and `port`, at
which all their hosts are served.
"""

from __future__ import annotations

import json
import os
from typing import Any, cast

from scrapy.resolver import HostResolution
from twisted.internet.address import IPv4Address
from twisted.internet.interfaces import IHostResolution, IResolutionReceiver

from benchmarks.internet.world import crawled_sites
from cleaners.sites import Site
from crawler.downloader.public_hosts import PublicResolver
from crawler.spiders.preview import PreviewSpider
from crawler.spiders.sites import spider_for

_told = json.loads(os.environ["INTERNET"])


class LoopbackResolver(PublicResolver):
    """Leads every name to the small internet; nothing is looked up."""

    def resolveHostName(  # noqa: N802
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        *_: Any,
        **__: Any,
    ) -> IHostResolution:
        """Give the receiver the port on the loopback."""
        receiver: Any = resolutionReceiver
        resolution = HostResolution(hostName)
        receiver.resolutionBegan(resolution)
        receiver.addressResolved(IPv4Address("TCP", "127.0.0.1", _told["port"]))
        receiver.resolutionComplete()
        return cast("IHostResolution", resolution)


def _spider(site: Site) -> type[PreviewSpider]:
    spider = spider_for(site)
    spider.__module__ = __name__  # Scrapy takes spiders from the module they say they are of
    return spider


globals().update({site.name: _spider(site) for site in crawled_sites() if site.name in _told["sites"]})

"""Makes one spider class for every site of the registry that is crawled; a new site needs no line here."""

import sys

from cleaners.sites import Site, SitesError, sites
from crawler.errors import USAGE, program
from crawler.spiders.preview import PreviewSpider


def spider_for(site: Site, base: type[PreviewSpider] = PreviewSpider) -> type[PreviewSpider]:
    """Return the spider class that crawls `site`, as `base` does, and bears its name."""
    attributes = {"name": site.name, "site": site, "__module__": __name__, "__doc__": f"Crawls {site.title}."}
    return type(f"{site.name.title()}Spider", (base,), attributes)


try:
    crawled = [site for site in sites().values() if site.is_crawled]
    globals().update({spider.__name__: spider for spider in map(spider_for, crawled)})
except SitesError as wrong:  # Scrapy imports this file before any command runs
    print(f"{program()}: {wrong}", file=sys.stderr)
    raise SystemExit(USAGE) from None

"""One spider class for every site of the registry; a new site needs no line here."""

from cleaners.sites import Site, sites
from crawler.spiders.preview import PreviewSpider


def spider_for(site: Site) -> type[PreviewSpider]:
    """Return the spider class that crawls `site` and bears its name."""
    attributes = {"name": site.name, "site": site, "__module__": __name__, "__doc__": f"Crawls {site.title}."}
    return type(f"{site.name.title()}Spider", (PreviewSpider,), attributes)


globals().update({spider.__name__: spider for spider in map(spider_for, sites().values())})

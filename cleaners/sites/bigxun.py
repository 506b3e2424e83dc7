"""A preview of ten pages, of the big wenku CMS."""

from cleaners.sites import Site

SITE = Site(
    name="bigxun",
    title="bigxun.com",
    template="wenku_cms",
    state="static text",
    seen="2026-11, stored pages",
    domains=("bigxun.com",),
    start=("https://www.bigxun.com/",),
    documents=(r"^/view/\d{12,20}$",),
    explore=True,
)

"""范文 in a library of documents."""

from cleaners.sites import Site

SITE = Site(
    name="zgxue",
    title="zgxue.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("zgxue.com",),
    start=("https://m.zgxue.com/",),
    documents=(r"^/wenku/[a-z]+/\w{10}$",),
    explore=True,
)

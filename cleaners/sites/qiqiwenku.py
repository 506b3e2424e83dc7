"""Texts of slides, their line breaks lost."""

from cleaners.sites import Site

SITE = Site(
    name="qiqiwenku",
    title="qiqiwenku.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("qiqiwenku.com",),
    start=("http://m.qiqiwenku.com/",),
    documents=(r"^/ppt/\d+\.html$",),
    explore=True,
)

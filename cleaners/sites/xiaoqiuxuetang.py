"""Exam papers behind a table of facts."""

from cleaners.sites import Site

SITE = Site(
    name="xiaoqiuxuetang",
    title="xiaoqiuxuetang.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("xiaoqiuxuetang.com",),
    start=("http://xiaoqiuxuetang.com/",),
    documents=(r"^/\d+_\d+\.html$",),
    explore=True,
)

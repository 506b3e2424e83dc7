"""七彩学科: a check of the browser stands before its pages."""

from cleaners.sites import Site

SITE = Site(
    name="qicaixueke",
    title="七彩学科",
    state="wall",
    seen="2026-10, survey",
    domains=("7cxk.com",),
)

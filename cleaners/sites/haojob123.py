"""Contracts."""

from cleaners.sites import Site

SITE = Site(
    name="haojob123",
    title="haojob123.com",
    state="static text",
    seen="2026-11, stored pages",
    domains=("haojob123.com",),
    start=("https://haojob123.com/",),
    documents=(r"^/[a-z]+/\d{8}/\d+\.html$",),
    explore=True,
)

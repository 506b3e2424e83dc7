"""公寻网: speeches with the uploader's outline before the text. Its address is known nowhere."""

from cleaners.sites import Site

SITE = Site(
    name="gongxun",
    title="公寻网",
    template="gongxun",
    state="static text",
    seen="2026-11, a saved page",
    note="address unknown: give it pages with -a urls=FILE, or replay saved ones",
)

"""淘豆网: previews; m.taodocs.com is a shell."""

from cleaners.sites import Site

SITE = Site(
    name="taodocs",
    title="淘豆网",
    state="alive",
    seen="2026-10, survey",
    domains=("taodocs.com",),
    note="m.taodocs.com is a shell; addresses of its documents unknown: give it pages with -a urls=FILE",
)

"""Papers of journals: the first part of a text, then its machine translation."""

from cleaners.sites import Site

SITES = tuple(
    Site(
        name=name,
        title=title,
        template="periodical",
        state="static text",
        seen="2026-11, stored pages",
        domains=(domain,),
        start=(start,),
        documents=(r"^/periodical/[0-9a-f]{32}\.html$",),
        explore=True,
    )
    for name, title, domain, start in (
        ("soolun", "搜论网", "soolun.net", "https://soolun.net/"),
        ("soulun", "搜论网 (soulun)", "soulun.net", "https://www.soulun.net/"),
        ("jxxfw", "jxxfw.com", "jxxfw.com", "https://jxxfw.com/"),
        ("ppdoc", "ppdoc.com", "ppdoc.com", "https://www.ppdoc.com/"),
    )
)

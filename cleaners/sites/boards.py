"""Boards on Discuz where office texts are shared; a thread has several addresses."""

from cleaners.sites import Site

THREADS = (
    r"^/thread-(?P<id>\d+)-1-\d+\.html$",
    r"^/forum\.php\?(?=.*\bmod=viewthread\b)(?:.*&)?tid=(?P<id>\d+)(?!.*\bpage=)",
    r"^/archiver/tid-(?P<id>\d+)\.html$",
)

SITES = tuple(
    Site(
        name=name,
        title=title,
        template="thread",
        state="static text",
        seen="2026-11, stored pages",
        domains=(domain,),
        start=(start,),
        documents=THREADS,
        explore=True,
    )
    for name, title, domain, start in (
        ("laomiw", "老秘网", "laomiw.com", "https://www.laomiw.com/"),
        ("caiyes", "老秘网 (caiyes)", "caiyes.cn", "http://caiyes.cn/"),
        ("cgcq", "草根家园", "cgcq.net", "http://cgcq.net/"),
    )
)

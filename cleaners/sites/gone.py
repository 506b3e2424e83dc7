"""Sites that were closed, parked, under maintenance or behind a wall, or did not answer."""

from cleaners.sites import Site

SITES = tuple(
    Site(
        name=name,
        title=title,
        state="gone",
        seen="2026-10, survey",
        domains=(domain,),
    )
    for name, title, domain in (
        ("chochina", "搜弘", "wenku.chochina.com"),
        ("deliwenku", "得力文库", "deliwenku.com"),
        ("doc360", "360doc", "360doc.com"),
        ("dugen", "读根", "dugen.com"),
        ("huiwenwang", "汇文网", "huiwenwang.cn"),
        ("kwenku", "快文库", "kwenku.com"),
        ("maidangwang", "麦档", "maidangwang.com"),
        ("sanyidaoke", "三一刀客", "3ydoc.com"),
        ("ttwenku", "天天文库", "ttwenku.com"),
        ("weizhuannet", "微传网", "weizhuannet.com"),
        ("wenku1", "第一文库", "wenku1.com"),
        ("wenkuba", "文库吧", "wenkuba.com"),
    )
)

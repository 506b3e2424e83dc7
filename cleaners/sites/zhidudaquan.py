"""物业经理人 and 制度大全: rules of firms, on one engine."""

from cleaners.sites import Site

SITES = tuple(
    Site(
        name=name,
        title=title,
        state="static text",
        seen="2026-11, stored pages",
        domains=(domain,),
        start=(start,),
        documents=(r"^/showinfo-\d+-\d+-0\.html$",),
        explore=True,
    )
    for name, title, domain, start in (
        ("pmceo", "物业经理人", "pmceo.com", "http://m.pmceo.com/"),
        ("qiquha", "制度大全", "qiquha.com", "http://m.qiquha.com/"),
    )
)

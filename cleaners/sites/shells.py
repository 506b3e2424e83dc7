"""Sites whose texts come by script or as pictures: their pages hold none."""

from cleaners.sites import Site

SITES = tuple(
    Site(
        name=name,
        title=title,
        state="shell",
        seen="2026-10, survey",
        domains=(domain,),
    )
    for name, title, domain in (
        ("baiduwenku", "百度文库", "wenku.baidu.com"),
        ("doc88", "道客巴巴", "doc88.com"),
        ("quarkdoc", "夸克文档", "doc.quark.cn"),
        ("sowenku", "360文库", "wenku.so.com"),
    )
)

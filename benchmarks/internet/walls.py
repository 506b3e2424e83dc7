"""Pages that stand in the place of a document, by kind, in words of our own."""

from __future__ import annotations

from cleaners.sites import Site

WALLS: dict[str, tuple[str, tuple[str, ...]]] = {
    "login": ("用户登录", ("请先登录后再查看本页内容", "用户名：", "密码：", "忘记密码？立即注册")),
    "captcha": ("安全验证", ("请输入验证码后继续访问", "看不清？换一张", "提交")),
    "maintenance": ("系统维护中", ("网站正在升级维护，请稍后访问。", "给您带来的不便，敬请谅解！")),
    "rate_limit": ("访问过于频繁", ("您的访问过于频繁，请稍后再试。",)),
    "server_error": ("数据库错误", ("数据库连接失败，请联系管理员。", "错误代码：2003")),
}


def wall(kind: str, site: Site) -> str:
    """Return a wall within the menu of a site."""
    title, lines = WALLS[kind]
    menu = '<div class="nav"><a href="/">首页</a> <a href="/user/login.html">登录</a> <a href="/user/reg.html">注册</a></div>'
    body = "".join(f"<p>{line}</p>\n" for line in lines)
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title} - {site.title}</title></head>\n<body>\n{menu}\n{body}</body></html>\n'

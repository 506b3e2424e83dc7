"""Pages of sites whose engine is not known."""

from __future__ import annotations

_HEAD = '<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>{title}'
OWN_PAGES = (
    _HEAD
    + """_{site}</title></head>
<body>
<div class="nav"><a href="/">首页</a> <a href="/about.html">关于我们</a> <a href="/user/login.html">登录</a> <a href="/user/reg.html">注册</a></div>
<div class="path">当前位置：<a href="/">首页</a> &gt; <a href="/">范文大全</a> &gt; 正文</div>
<h1>{title}</h1>
<p class="info">发布时间：2025-06-11 来源：{site} 阅读：1203次</p>
<div class="content">
{text}</div>
[[<p>（登录后阅读全文）</p>]]
<p class="copy">本文来自{site}，转载请注明出处。</p>
<div class="turn"><p>上一篇：<a href="{other}">上一篇</a></p><p>下一篇：<a href="{other}">下一篇</a></p></div>
<div class="hot"><h3>相关推荐</h3><ul><li><a href="{other}">相关</a></li><li><a href="{other}">相关</a></li><li><a href="{other}">相关</a></li></ul></div>
<div class="foot"><p>Copyright © 2015-2026 {host} 版权所有</p><p>声明：本站内容来自网友上传，如有侵权请联系我们删除。</p></div>
</body></html>
""",
    _HEAD
    + """.doc - {site}</title></head>
<body>
<div class="top"><a href="/">{site}</a><form action="/search"><input name="q"><button>搜索</button></form></div>
<div class="file"><h1>{title}</h1><p>格式：DOC 大小：35.5KB 页数：4页 上传时间：2024-09-02</p><p><a href="javascript:;">立即下载</a> <a href="javascript:;">收藏</a></p></div>
<div id="reader">
{text}</div>
[[<p>剩余内容请下载后查看</p>]]
<div class="related"><h4>您可能感兴趣的文档</h4><ul><li><a href="{other}">文档</a></li><li><a href="{other}">文档</a></li></ul></div>
<div class="bottom"><p>关于我们 | 联系我们 | 网站声明 | 意见反馈</p><p>© {host}</p></div>
</body></html>
""",
    _HEAD
    + """</title><meta name="viewport" content="width=device-width"></head>
<body>
<header><a href="/">{site}</a></header>
<article><h1>{title}</h1><div class="meta"><span>2023-11-20 14:08</span> <span>浏览 356 次</span></div>
{text}</article>
[[<p class="more">剩余内容请在APP中查看</p>]]
<p>分享到：微信 QQ空间 新浪微博</p>
<aside><h3>猜你喜欢</h3><p><a href="{other}">文章</a></p><p><a href="{other}">文章</a></p></aside>
<footer><p>返回顶部</p><p>电脑版 | 手机版</p></footer>
</body></html>
""",
)
"""Names in braces are filled in; what stands in double brackets is there where the text is cut."""

"""Pages to measure on, made from the repository's own fixtures: any number of them, the same for the same seed."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FIXTURES = Path(__file__).parent.parent / "fixtures"
WIDE = str.maketrans(",:;?!()", "，：；？！（）")


@cache
def sentences() -> tuple[str, ...]:
    """Return the sentences of all fixture documents, with their marks folded to half width."""
    found: list[str] = []
    for path in sorted(FIXTURES.glob("*/*/expected.json")):
        text = json.loads(path.read_text("utf-8")).get("text") or ""
        for paragraph in text.translate(str.maketrans("，：；？！（）", ",:;?!()")).split("\n"):
            found += [part + "。" for part in paragraph.split("。") if 8 <= len(part) <= 120]
    return tuple(found)


def paragraphs(chance: random.Random, characters: int) -> str:
    """Return a text of about `characters` characters, in paragraphs of three to six sentences."""
    lines: list[str] = []
    while sum(map(len, lines)) < characters:
        lines.append("".join(chance.choices(sentences(), k=chance.randint(3, 6))))
    return "\n".join(lines)[:characters]


def dump(chance: random.Random, characters: int = 5000) -> str:
    """Return a plain-text dump with the noise of one of four engines around a text."""
    title = f"在全县第{chance.randint(1, 999)}次工作会议上的讲话"
    text = paragraphs(chance, characters - 400)
    return chance.choice((_speech, _reader, _download, _board))(chance, title, text)


def wide(text: str) -> str:
    """Return a dump as the live page writes it, with full-width marks."""
    return text.translate(WIDE)


def html(text: str) -> str:
    """Return a saved page of a dump: head, menu, scripts, one element a line."""
    menu = "".join(f'<li><a href="/c-{n}.html">分类{n}</a></li>' for n in range(40))
    script = "<script>var page={};" + "for(var i=0;i<9;i++){page[i]=i};" * 60 + "</script>"
    title, *lines = (line for line in text.split("\n") if line.strip())
    body = "\n".join(f"<p>{line}</p>" for line in lines)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{script}</head><body><div class="header">'
        f"<ul>{menu}</ul></div><h1>{title}</h1><div class='content'>{body}</div>{script}</body></html>"
    )


def stream(seed: int, count: int) -> Iterator[str]:
    """Yield `count` dumps of 5,000 characters."""
    chance = random.Random(seed)
    for _ in range(count):
        yield dump(chance)


def _speech(chance: random.Random, title: str, text: str) -> str:
    shown = len(text)
    return (
        f"{title}\n\n时间:2025-{chance.randint(1, 12)}-{chance.randint(1, 28)} 10:20:30 来源:网络\n{text}\n"
        f"……(未完,全文共{shown * 2}字,当前仅显示{shown}字,请阅读下面提示信息。)\n相关文章\n上一篇:学习笔记\n注册 登陆\n"
    )


def _reader(chance: random.Random, title: str, text: str) -> str:
    flat = text.replace("\n", "")
    pieces = "\n".join(f"{n + 1}、{flat[n * 300 : n * 300 + 300]}" for n in range(len(flat) // 300 + 1))
    return (
        f"{title}.docx\n上传人:青山 文档编号:{chance.randint(10**5, 10**7)} 上传时间:2025-07-10 格式:DOCX 页数:11 大小:36KB\n"
        f"返回 下载 相关 举报\n{title}.docx_第1页\n第1页 / 共11页\n点击查看更多>>\n资源描述\n"
        f"《{title}.docx》由会员分享,可在线阅读,更多相关《{title}.docx(11页珍藏版)》请在青禾文库上搜索。\n{pieces}\n"
    )


def _download(chance: random.Random, title: str, text: str) -> str:
    return (
        f"欢迎来到青禾文库! | 帮助中心 好文档才是您的得力助手!\n全部分类\n  • 办公文档>\n  • 教育专区>\n{title}.docx\n"
        f"    • 资源ID:{chance.randint(10**5, 10**7)}       资源大小:17.40KB        全文页数:7页\n"
        f"    • 资源格式: DOCX        下载积分:15金币\n快捷下载 游客一键下载\n会员登录下载\n友情提示\n"
        f"5、试题试卷类文档,如果标题没有明确说明有答案则都视为没有答案,请知晓。\n{title}.docx\n{text}\n"
    )


def _board(chance: random.Random, title: str, text: str) -> str:
    return (
        f"{title}\n[复制链接]\n查看: {chance.randint(10, 9999)}|回复: 0\n"
        f"发表于 2018-7-20 10:32:51 | 显示全部楼层 |阅读模式\n{text}\n您需要登录后才可以回帖 登录 | 立即注册\n本版积分规则\n"
    )

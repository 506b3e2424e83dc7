"""Pages of an invented site for the tests of learning: a frame that no rule knows around texts that differ."""

from __future__ import annotations

from collections.abc import Sequence

from cleaners.clean import observe
from cleaners.learning.learn import learn
from cleaners.learning.profile import Profile
from cleaners.model import Page

HEAD = "转至第 显示青禾之窗 隐藏文章 下载下载 大字大字"
SURE = "检索: 转至第 显示青禾之窗 隐藏相关文章 下载下载 收藏收藏 打印打印 大字大字"
"""A line that the judge is sure of."""
NOTICE = "Copyright ©The Author(s) 2019. Printed by Qinghe Publishing Group Incorporated, Ltd. All rights reserved."

_SUBJECTS = ("水渠", "果园", "渡口", "磨坊", "粮仓", "桥梁", "茶山", "渔港", "林场", "盐田", "窑厂", "织坊")
_DONE = (
    "春天的时候，村里的老人带着孩子们去看了%s，回来以后写了一篇很长的日记，把沿路见到的事情一件一件都记了下来。",
    "关于%s的修缮，几位师傅商量了整整一个下午，最后决定先把旧的木料拆下来，再看看哪些还可以继续用。",
    "过了几天，%s旁边来了一位画画的先生，他说这里的光线很好，打算住上半个月，把早晨和傍晚都画下来。",
    "到了秋天，大家又一次说起%s，都觉得当初的办法虽然慢，可是稳当，后来的人也愿意照着这样去做。",
)


def prose(number: int, *, sentences: int = 4) -> list[str]:
    """Return the paragraphs of document `number`, of which no two documents share one."""
    subject = _SUBJECTS[number % len(_SUBJECTS)] + ("" if number < len(_SUBJECTS) else f"之{number}")
    return [line % subject for line in _DONE[:sentences]]


def title(number: int) -> str:
    """Return the title of document `number`."""
    return f"记{_SUBJECTS[number % len(_SUBJECTS)]}旁边的一年"


def page(number: int, *, head: Sequence[str] = (HEAD,), tail: Sequence[str] = ()) -> Page:
    """Return a dump of a page of the site."""
    lines = [*head, title(number), *prose(number), *tail]
    return Page(body="\n".join(lines), kind="text", url=f"https://www.qinghe.example/p-{number}.html")


def profile_of(*pages: Page) -> Profile | None:
    """Learn pages of one host."""
    return learn("qinghe.example", (sample for _, sample in map(observe, pages) if sample))

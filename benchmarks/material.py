"""Pages to measure on, made from the repository's own fixtures: any number of them, the same for the same seed."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from functools import cache
from html import escape
from importlib import resources
from pathlib import Path

from cleaners.text.hans import simplify_characters

FIXTURES = Path(__file__).parent.parent / "fixtures"
FOLD = str.maketrans("，：；？！（）", ",:;?!()")
WIDE = str.maketrans(",:;?!()", "，：；？！（）")

PINYIN = """
業yè 會huì 進jìn 話huà 學xué 習xí 發fā 實shí 認rèn 時shí 堅jiān 務wù 產chǎn 數shù 態tài 勢shì 隊duì 質zhì 開kāi 項xiàng 過guò 個gè
這zhè 來lái 點diǎn 報bào 經jīng 結jié 構gòu 計jì 導dǎo 領lǐng 應yīng 該gāi 標biāo 優yōu 統tǒng 內nèi 關guān 衛wèi 網wǎng 創chuàng
轉zhuǎn 農nóng 鄉xiāng 區qū 說shuō 戶hù 請qǐng 簡jiǎn 對duì 動dòng 滿mǎn 調diào 級jí 書shū 問wèn 見jiàn 愛ài 國guó 職zhí 責zé 場chǎng
觀guān 專zhuān 寫xiě 無wú 畫huà 現xiàn 達dá 費fèi 強qiáng 協xié 長zhǎng 門mén 電diàn 車chē 兩liǎng 為wèi 還hái 從cóng 給gěi
讓ràng 將jiāng 並bìng 與yǔ 樣yàng 種zhǒng 類lèi 講jiǎng 設shè 評píng 記jì 許xǔ 議yì 訂dìng 證zhèng 試shì 讀dú 課kè 談tán 謝xiè
變biàn 貫guàn 財cái 貨huò 買mǎi 資zī 賽sài 紅hóng 約yuē 紀jì 紙zhǐ 組zǔ 細xì 終zhōng 練liàn 續xù 總zǒng 極jí 樹shù 橋qiáo 機jī
檢jiǎn 權quán 歡huān 歷lì 歸guī 氣qì 決jué 沒méi 潔jié 濟jì 環huán 確què 離lí 積jī 穩wěn 競jìng 節jié 築zhù 糧liáng 縣xiàn 聯lián
聲shēng 興xīng 舊jiù 處chù 號hào 補bǔ 裝zhuāng 復fù 規guī 覺jué 訓xùn 邊biān 運yùn 遠yuǎn 選xuǎn 遲chí 醫yī 鐵tiě 錢qián 鎮zhèn
險xiǎn 難nán 靜jìng 頁yè 順shùn 須xū 預yù 題tí 顧gù 風fēng 養yǎng 館guǎn 驗yàn 體tǐ 單dān 嚴yán 園yuán 團tuán 執zhí 壓yā 夠gòu
審shěn 層céng 幾jǐ 庫kù 廠chǎng 廣guǎng 張zhāng 當dāng 擇zé 換huàn 據jù 擔dān 擴kuò 斷duàn 條tiáo
"""
"""Traditional characters outside GB2312 behind which a mirror sets their reading; others it leaves bare (間 線 論)."""


@cache
def sentences() -> tuple[str, ...]:
    """Return the sentences of all fixture documents, with their marks folded to half width."""
    found: list[str] = []
    for path in sorted(FIXTURES.glob("*/*/expected.json")):
        text = json.loads(path.read_text("utf-8")).get("text") or ""
        for paragraph in text.translate(FOLD).split("\n"):
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
    text = paragraphs(chance, characters - 180)
    return chance.choice((_speech, _reader, _download, _board))(chance, title, text)


def wide(text: str) -> str:
    """Return a dump as the live page writes it, with full-width marks."""
    return text.translate(WIDE)


def mirror(text: str) -> str:
    """Return a dump as a pinyin mirror shows it, noise and all: `会议` is `會(huì)議(yì)`."""
    return text.translate(_mirrored())


def html(text: str) -> str:
    """Return a saved page of a dump, about as heavy as saved pages are.

    Of 65 real Chinese pages the median has 132,000 characters, 1,860 tags and 180 lines to be seen: scripts, styles,
    menus and lists of other documents weigh more than the text.
    """
    title, *lines = (escape(line) for line in text.split("\n") if line.strip())
    body = "\n".join(_PARAGRAPH.format(line) for line in lines)
    head, menu, foot = _frame()
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{menu}<h1>{title}</h1><div class='content'>{body}</div>{foot}"


def stream(seed: int, count: int) -> Iterator[str]:
    """Yield `count` dumps of about 5,000 characters."""
    chance = random.Random(seed)
    for _ in range(count):
        yield dump(chance)


def mixed(seed: int, count: int) -> Iterator[str]:
    """Yield `count` dumps: folded, full-width and of a pinyin mirror in turn."""
    for number, text in enumerate(stream(seed, count)):
        yield (str, wide, mirror)[number % 3](text)


_PARAGRAPH = (
    '<p class="MsoNormal" style="margin:0cm 0cm 0pt;text-indent:28.0pt;line-height:150%">'
    '<span style="font-size:16px;font-family:仿宋">{}</span></p>'
)
_MENU = '<li class="nav-item" data-id="{0}"><a class="nav-link" href="/c-{0}.html" title="分类{0}" target="_blank">分类{0}</a></li>\n'
_OTHER = (
    '<li class="doc-item"><a class="doc-link" href="/p-{0}.html" title="第{0}号工作总结.docx" target="_blank"><img class="ico" '
    'src="/images/s.gif" alt=""><em class="name">第{0}号工作总结.docx</em></a><span class="n">{0}页</span><i class="k">{0}KB</i></li>\n'
)


@cache
def _frame() -> tuple[str, str, str]:
    """Return what the pages of a site share: the head, what stands above the text, and what stands below it."""
    style = "<style>" + ".doc-item .name{display:block;line-height:24px;color:#333}\n" * 400 + "</style>"
    script = "<script>var page={};" + "page.show[0]=function(a,b){return a+b};\n" * 700 + "</script>"
    links = '<link rel="stylesheet" href="/css/base.css"><meta name="renderer" content="webkit">\n' * 20
    menu = "".join(_MENU.format(number) for number in range(90))
    others = "".join(_OTHER.format(number) for number in range(90))
    return (
        f'<meta charset="utf-8">{links}{style}{script}',
        f'<div class="header"><ul class="nav">{menu}</ul></div>',
        f'<h3>相关文档</h3><ul class="list">{others}</ul>{script}</body></html>',
    )


@cache
def _mirrored() -> dict[int, str]:
    """Return what a mirror makes of each Simplified character; those with two Traditional forms stay as they are."""
    lines = resources.files("opencc").joinpath("dictionary", "STCharacters.txt").read_text("utf-8").split("\n")
    forms = dict(line.split("\t") for line in lines if line)
    table = {ord(simple): old for simple, old in forms.items() if " " not in old}
    for old, reading in re.findall(r"(\S)(\S+)", PINYIN):
        table[ord(simplify_characters(old))] = f"{old}({reading})"
    return table


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

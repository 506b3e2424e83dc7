"""Small repairs: each with texts it mends and texts it must leave alone."""

import json
from collections.abc import Callable, Sequence
from itertools import cycle

import pytest

from cleaners.judging import repeats
from cleaners.model import Edit
from cleaners.repairs import escapes, filler, jammer, layout, lines, markup, symbols
from cleaners.text.edits import apply

WRAPPED = (
    "今年入汛以来我县降雨量比常年同期偏多四成防汛形势十分\n"
    "严峻各级各部门要把防汛作为当前头等大事来抓坚决克服麻\n"
    "痹思想和侥幸心理落实好二十四小时值班制度确保信息畅通\n"
    "一旦出现险情要第一时间报告第一时间处置第一时间转移群\n"
    "众做到不落一户不漏一人并且妥善安排好转移群众的吃住行\n"
    "医确保大灾之年群众情绪稳定社会大局平安\n"
)
PROSE = (
    "修渠的事村里议了三回。头一回只来了十几户，没有议成；第二回大家都来了，把账目一笔一笔念过，谁也没有话说。石料从后山取，水泥到镇上"
    "买，人工由各户轮着出，忙的人家同邻居换工。工期定在秋收以后，先修上游，再修下游。修好一段就放水试一段，漏了的当天补上。\n"
    "钱的来路有两个：一个是去年卖果子留下的公积金，一个是镇里的补助。账目每个月贴在祠堂门口，谁都可以查，看不懂的可以问会计，当场算给他听。"
)
NAMES = "、".join(
    f"{family}{name}（女）" for family in "王李张刘陈杨赵黄周吴" for name in ("玉梅", "春", "秋菊", "立夏")
)
RULED = f"{PROSE}\n{'-' * 75}\n{PROSE}\n{'-' * 75}"


def wrapped(text: str, *widths: int) -> str:
    """Return `text` with its lines cut after so many characters, one width after the other."""
    lines = []
    for paragraph in text.split("\n"):
        width = cycle(widths)
        while paragraph:
            cut = next(width)
            lines.append(paragraph[:cut])
            paragraph = paragraph[cut:]
    return "\n".join(lines)


def written(text: str) -> str:
    """Write a text as JSON does within JSON."""
    return json.dumps(text)[1:-1]


@pytest.mark.parametrize(
    ("repair", "broken", "mended"),
    [
        (markup.edits, '<p class="ql-block">春耕</p><p>夏锄</p>', "春耕\n夏锄\n"),
        (markup.edits, "他说&ldquo;好&rdquo;，&amp;nbsp;走&#8230;A&amp;B", "他说“好”， 走…A&B"),
        (markup.edits, "&lt;p&gt;春耕&amp;lt;/p&amp;gt;夏锄<br/&gt;", "春耕\n夏锄\n"),
        (
            markup.edits,
            "水量10<sup>8</sup>，&ge;50，&nbsp&ldquo好&rdquo，&plusmn;2，&zwnj;α",
            "水量10⁸，≥50， “好”，±2，α",
        ),
        (markup.edits, "&#20808&#20462渠，再备种&#12290", "先修渠，再备种。"),
        (markup.edits, "先修渠。</p>\n再备种,</p>\n后放水</p>\n收工", "先修渠。\n\n再备种,\n\n后放水\n\n收工"),
        (markup.edits, "今年是<span style='x'>丰收</span>年<o:p></o:p>", "今年是丰收年"),
        (
            markup.edits,
            "<p>春耕</p>\n~~~~~~~~\n<p>夏锄</p>\n~~~~~~~~\n<p>秋收</p>",
            "春耕\n\n~~~~~~~~\n夏锄\n\n~~~~~~~~\n秋收",
        ),
        (markup.edits, '<a href="/doc?id={id}">春耕</a>', "春耕"),
        (
            markup.edits,
            '<p>先看写法</p>\n```\n<p class="a">春耕</p>\n```\n<p>再看样式</p>',
            '先看写法\n\n```\n<p class="a">春耕</p>\n```\n再看样式',
        ),
        (markup.edits, '<th id="8ees2"></th>春耕<strike id="8ees2"><s id="8ees2"></s></strike>', "春耕"),
        (escapes.edits, "先修渠。x0dx0ax0dx0a再备种。 x0dx0a后插秧。", "先修渠。\n再备种。\n后插秧。"),
        (escapes.edits, "先修渠，_x000D_再备种。_x000D_后插秧。", "先修渠，\n再备种。\n后插秧。"),
        (escapes.edits, r"先修渠。\r\n再备种。\r\n后插秧。", "先修渠。\n再备种。\n后插秧。"),
        (escapes.edits, r'水利手册TOC\o"1-3"\h\z\u第一章 修渠 PAGEREF _Toc12345678 \h3', "水利手册第一章 修渠 3"),
        (
            escapes.edits,
            written("春耕安排\n先修渠，再备种。\n后插秧，秋天收稻。"),
            "春耕安排\n先修渠，再备种。\n后插秧，秋天收稻。",
        ),
        (
            escapes.edits,
            written("先修渠，再备种。后插秧，秋天收稻。").replace("\\", "%"),
            "先修渠，再备种。后插秧，秋天收稻。",
        ),
        (jammer.edits, "汇报材料是! H4 ?$ V, N' }% d\n下一段", "汇报材料是\n下一段"),
        (jammer.edits, "/ G- k; W% a% |( ^# n% J3 n I/ @ 9\n正文", "\n正文"),
        (symbols.edits, "您⚤📗老丈人绞尽😎脑汁，这🛩个🏘字，没🖁时间", "您老丈人绞尽脑汁，这个字，没时间"),
        (
            symbols.edits,
            "先修渠🀄，再备种。后插🂡秧🅰，秋天收稻。修好🞄闸门，各户🙐轮流放水。",
            "先修渠，再备种。后插秧，秋天收稻。修好闸门，各户轮流放水。",
        ),
        (
            symbols.edits,
            "水🛩渠修🏘好，开⚤了闸📗门，各户放水。\n" + "先修渠，再备种，后插秧，秋天收稻。\n" * 6,
            "水渠修好，开了闸门，各户放水。\n" + "先修渠，再备种，后插秧，秋天收稻。\n" * 6,
        ),
        (filler.edits, "先修渠。\n" + "鸈鶶鸑鷇鵮鸊鶢鵱鷖鶋𪉈𫛶𫛪" * 9 + "\n再备种。", "先修渠。\n\n再备种。"),
        (lines.edits, WRAPPED, WRAPPED.replace("\n", "")),
        (lines.edits, "\t" + WRAPPED.replace("\n", "\n\t"), "\t" + WRAPPED.replace("\n", "") + "\n\t"),
        (lines.edits, wrapped(PROSE, 28, 25, 27, 26), PROSE),
        (lines.edits, wrapped(NAMES, 26), NAMES),
        (lines.edits, wrapped(PROSE.replace("\n", "") * 3, 68), PROSE.replace("\n", "") * 3),
        (lines.edits, wrapped(RULED, 30), RULED),
        (lines.edits, "水泥砂浆1:\n2水泥，砂7:\n30", "水泥砂浆1:2水泥，砂7:30"),
        (layout.edits, "渠\u200d水\u200c分三股", "渠水分三股"),
        (layout.edits, "回首页↕\u200c↕看全文→\u200d→", "回首页↕↕看全文→→"),
        (
            layout.edits,
            "波斯语 \u0645\u06cc\u200c\u062e，全家\U0001f468\u200d\U0001f469",
            "波斯语 \u0645\u06cc\u200c\u062e，全家\U0001f468\u200d\U0001f469",
        ),
        (layout.edits, "\u3000\u3000同志们：\r\n\r\n \u200b今天\ufeff", "同志们：\n今天"),
    ],
)
def test_mended(repair: Callable[[str], Sequence[Edit]], broken: str, mended: str) -> None:
    found = apply(broken, repair(broken))
    assert found.rstrip("\n") == mended.rstrip("\n")


@pytest.mark.parametrize(
    ("repair", "text"),
    [
        (escapes.edits, r"转义字符 \r\n 表示换行。\r\n 也能写成 \x0d\x0a。"),
        (escapes.edits, r'print("春耕\r\n")，再打印一行'),
        (escapes.edits, r"行以 \r、\n 或 \r\n 结束，没有 \r\n 时读到末尾。"),
        (markup.edits, "按钮写成 <span onClick={save}>{label}</span> 就行"),
        (escapes.edits, "地址 0x0dx0a 与 0x0dx0a 不是中文"),
        (
            escapes.edits,
            "程序里写成" + written("先修渠，再备种。后插秧，秋天收稻。") + "，运行以后屏幕上显示的就是中文的句子",
        ),
        (escapes.edits, r"角\o 与弧\h，设 $\overline{x}$ 为均值"),
        (markup.edits, "程序在页里找 <a href=...>，再看闸名"),
        (markup.edits, "先写 </p>\n再写 </p>"),
        (markup.edits, "</p>\n</p>\n</p>"),
        (markup.edits, "网页设计课上讲了 <p> 和 <div> 两个标签的区别"),
        (markup.edits, "实体 &ldquo; 表示左引号"),
        (markup.edits, "查图用 <img src='a' alt=b\n下一行讲怎样保存，很要紧。\n再写到文件里 > 就行"),
        (markup.edits, "AT&T 公司的 R&D 部门，见 ?a=1&b=2;"),
        (markup.edits, "&#60;p&#62;"),
        (markup.edits, "当 a<b 且 b>c 时"),
        (markup.edits, "若m<p q>r，则向量<a>与<b>垂直；vector<b> v; if a<b and c>d: x"),
        (markup.edits, "链接 ?id=1&copy=2&section=3，函数 f(&times)"),
        (markup.edits, "打印 '<br>' 换行，用 '</span>' 结束"),
        (
            jammer.edits,
            "解得 x1 + x2 = 4 且 2 H2 + O2 = 2 H2O\n1. e4 e5 2. Nf3 Nc6\nls -l | wc -l\nA1 B2 C3 D4 E5 F6 G7",
        ),
        (
            jammer.edits,
            "[a, b; c, d; e, f]\nJ. R. R. T. K. L.\nfor (int i = 1; i <= n; i++)\n[-]A --catenate | [-]c --create",
        ),
        (symbols.edits, "对勾✓，叉号✗，电话☎，剪刀✂，雪花❄，太阳☀。"),
        (symbols.edits, "爬山⛰遇见松鼠🐿，风大帽子🧢差点刮跑！吃粉🍜，辣哭🥵，舒坦👍🏽"),
        (symbols.edits, "跳着舞💃🏻💃🏻去看渠，拉着手🤝🤝🤙🏼走过桥，日头☀️☀️晒着闸，心里❤️❤️暖和，水💧浇着田"),
        (symbols.edits, "助词は表示主题，が表示主语，を表示宾语，に表示方向，で表示地点，と表示并列"),
        (
            lines.edits,
            "购置教学楼东侧卫生间照明灯具\n修补教学楼西侧走廊消防栓玻璃\n检修实验楼化学准备室的通风橱\n清洗图书馆阅览室的空调滤网层\n改造体育馆更衣室的热水管道段\n更换食堂后厨房排烟管道及风机\n",
        ),
        (lines.edits, "例1:\n2个苹果\n步骤2：\n3人一组"),
        (filler.edits, "背诵元素氢氦锂铍硼碳氮氧氟氖钠镁铝硅磷硫氯氩钾钙钪钛钒铬锰铁钴镍"),
        (filler.edits, "南无喝啰怛那哆啰夜耶南无阿唎耶婆卢羯帝烁钵啰耶菩提萨埵婆耶摩诃萨埵婆耶"),
        (filler.edits, "卫星 G01G02G03G04G05G06G07G08G09G10G11G12G13G14G15G16G17G18G19G20G21G22G23"),
        (jammer.edits, "A. B. C. D.\n1 2 3 4 5 6 7\na + b = c + d"),
        (jammer.edits, "I am a boy, he is ok"),
        (jammer.edits, "function sow<K extends keyof O>(o: O, k: K) {\n}"),
        (jammer.edits, "let 渠 = { a: { r: 3 }, g: { p: 4 }, b: { q: 5 } }"),
        (jammer.edits, "function sow(a, b, c, d) {\nlet f = (u, v, w, x, y, z) { }"),
        (symbols.edits, "恭喜😀大家，新年快乐！★★★"),
        (symbols.edits, "温度≥5℃，★为重点，①②③"),
        (lines.edits, "春眠不觉晓\n处处闻啼鸟\n夜来风雨声\n花落知多少\n白日依山尽\n黄河入海流"),
        (lines.edits, "一段话说完了。\n另一段也说完了。\n第三段同样说完了。\n第四段。\n第五段。"),
        (layout.edits, "一段\n两段 有空格"),
        (layout.edits, "全家👨\u200d👩\u200d👧出游，点头🙂\u200d↕\ufe0f，黑猫🐈\u200d⬛"),
    ],
)
def test_left_alone(repair: Callable[[str], Sequence[Edit]], text: str) -> None:
    assert not repair(text)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("年度工作讲话稿\n年度工作讲话稿同志们：开会", "年度工作讲话稿同志们：开会"),
        ("在全县大会上的讲话在全县大会上的讲话同志们：开会", "同志们：开会"),
        ("年度 工作讲话稿\n正文", "正文"),
        ("《年度工作讲话稿》属于讲话中的一篇", "《年度工作讲话稿》属于讲话中的一篇"),
        ("【#年度工作讲话稿#】\n今天开会", "今天开会"),
        ("在 全 县 大 会 上 的 讲 话\n2024年在全县大会上的讲话\n今天开会", "今天开会"),
        ("在全县大会上的讲话（精选3篇）\n今天开会", "今天开会"),
        ("在全县大会上的讲话——写给乡亲\n今天开会", "——写给乡亲\n今天开会"),
        ("在全县大会上的讲话-柠檬文苑\n今天开会", "今天开会"),
        ("在全县大会上的讲话（精选3篇）\n篇一\n今天开会", "在全县大会上的讲话（精选3篇）\n篇一\n今天开会"),
        ("【年度工作讲话稿 今天开会】", "【年度工作讲话稿 今天开会】"),
        ("年度工作讲话稿的由来", "年度工作讲话稿的由来"),
        ("在全县大会上的讲话写于那年秋天。", "在全县大会上的讲话写于那年秋天。"),
        ("在全县大会上的讲话（共三讲）已编成册。", "在全县大会上的讲话（共三讲）已编成册。"),
        ("在全县大会上的讲话 （又名：秋讲），共三讲。", "在全县大会上的讲话 （又名：秋讲），共三讲。"),
        ("别的话", "别的话"),
    ],
)
def test_repeats(text: str, left: str) -> None:
    title = "年度工作讲话稿"
    if "大会" in text or "大 会" in text:
        title = "在全县大会上的讲话（三篇）" if "精选" in text else "在全县大会上的讲话"
    assert apply(text, repeats.edits(text, title)) == left


@pytest.mark.parametrize(
    ("title", "text", "left"),
    [
        (
            "2023年在渔港建设会议上的讲话",
            "2023在渔港建设会议上的讲话-港湾文苑在渔港建设会议上的讲话 同志们: 今天",
            "同志们: 今天",
        ),
        ("关于柚子收购的通知书", "2024年关于柚子收购的通知书-柚子文库 各合作社：", "各合作社："),
        ("乡村图书室管理办法(试行)", "乡村图书室管理办法 第一条 为了管好图书", "第一条 为了管好图书"),
        ("【柚子】关于柚子收购的若干意见", "关于柚子收购的若干意见同志们：今天", "同志们：今天"),
        (
            "2023年在渔港建设会议上的讲话",
            "在渔港建设会议上的讲话中，我提出三点。",
            "在渔港建设会议上的讲话中，我提出三点。",
        ),
        (
            "关于加强渔港安全的通知",
            "关于加强渔港安全的通知精神，各单位要落实。",
            "关于加强渔港安全的通知精神，各单位要落实。",
        ),
        ("某县2024年渔港建设工作报告", "某县2023年渔港建设工作报告各位代表：", "某县2023年渔港建设工作报告各位代表："),
        ("渔港建设工作总结范文(三)", "渔港建设工作总结范文 篇一 今年以来", "渔港建设工作总结范文 篇一 今年以来"),
        (
            "渔港建设工作总结范文(渔港总结)",
            "渔港建设工作总结范文【一】\n今年以来",
            "渔港建设工作总结范文【一】\n今年以来",
        ),
        ("渔港建设工作总结范文(渔港总结)", "渔港建设工作总结范文(三篇)\n今年以来", "今年以来"),
        ("渔港建设工作总结范文（一）", "渔港建设工作总结范文（一）\n今年以来", "今年以来"),
    ],
)
def test_the_title_in_another_form(title: str, text: str, left: str) -> None:
    assert apply(text, repeats.edits(text, title)) == left


def test_a_title_goes_at_once_however_often_it_stands() -> None:
    text = "春耕工作讲话\n" * 900 + "各村要先修渠。"
    assert apply(text, repeats.edits(text, "春耕工作讲话")) == "各村要先修渠。"


@pytest.mark.parametrize("part", ["1", "（篇1）", "(一)", " 篇一", "第1篇"])
def test_the_title_with_a_part_s_number_heads_a_part(part: str) -> None:
    title, text = "春耕工作讲话稿", f"春耕工作讲话稿{part}\n各村要先修渠。"
    assert repeats.edits(text, title) == []
    both = f"{title}\n{text}"
    assert apply(both, repeats.edits(both, title)) == text

"""Documents in our own words: speeches, reports, rules and stories, any number, the same for the same name.

Each has its own places, people and things, and takes its sentences from patterns whose fixed parts are short, so that
two documents share no passage.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

MIN_LENGTH, MAX_LENGTH = 550, 2600
"""Characters of a text, about."""


@dataclass(frozen=True, slots=True)
class Prose:
    """One text: title, paragraphs, those of them that are headings, and the names that a copy may hide."""

    title: str
    paragraphs: tuple[str, ...]
    headings: tuple[str, ...]
    names: tuple[str, ...]

    def text(self) -> str:
        """Return the paragraphs in lines."""
        return "\n".join(self.paragraphs)


def prose(name: str) -> Prose:
    """Return the document that `name` stands for."""
    chance = random.Random(name)
    kind = chance.choice(list(_TITLES))
    words = _Words(chance)
    title = words.filled(chance.choice(_TITLES[kind]))
    length = min(max(chance.lognormvariate(7.0, 0.5), MIN_LENGTH), MAX_LENGTH)
    paragraphs, headings = _ARRANGED[kind](words, round(length))
    return Prose(title, tuple(paragraphs), tuple(headings), tuple(words.people + words.places))


def hidden(text: str, names: tuple[str, ...], chance: random.Random) -> str:
    """Put placeholders in the place of names, as those who hand on a text do."""
    mark = chance.choice(("某", "某某", "XX", "××"))
    for name in names:
        text = text.replace(name, mark + name[-1] if name[-1] in _UNITS else mark)
    return text


def edited(text: str, chance: random.Random) -> str:
    """Leave out one sentence of twelve, and change some numbers."""
    sentences = re.split(r"(?<=[。？])(?!\n|$)", text)
    kept = [each for each in sentences if "\n" in each or chance.random() > 1 / 12]
    return re.sub(r"\d+", lambda found: str(int(found[0]) + chance.choice((0, 0, 1))), "".join(kept))


class _Words:
    """The people, places and things of one document."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.places = [f"{chance.choice(_FIRST)}{chance.choice(_SECOND)}{chance.choice(_UNITS)}" for _ in range(4)]
        self.people = [f"{chance.choice(_SURNAMES)}{chance.choice(_GIVEN)}{chance.choice(_GIVEN)}" for _ in range(3)]
        self.things = [self._of("when", "object", "action") for _ in range(40)]
        self._last = ""

    def filled(self, pattern: str) -> str:
        """Fill a pattern: W is a thing to do, O an object, P a place, N a person, D a number, S what somebody did once."""
        slots: dict[str, Callable[[], str]] = {
            "W": lambda: self.chance.choice(self.things),
            "O": lambda: self._of("object"),
            "P": lambda: self.chance.choice(self.places),
            "N": lambda: self.chance.choice(self.people),
            "D": lambda: str(self.chance.randint(2, 980)),
            "S": lambda: self._of("time", "who", "doing", "thing"),
        }
        return re.sub("[WOPNDS]", lambda found: slots[found[0]](), pattern)

    def _of(self, *lists: str) -> str:
        """Return a word of each list, one behind the other."""
        return "".join(self.chance.choice(_LISTS[name]) for name in lists)

    def sentence(self, kind: str) -> str:
        """Return a sentence, of another pattern than the last one."""
        pattern = self.chance.choice([each for each in _SENTENCES[kind] if each != self._last])
        self._last = pattern
        return self.filled(pattern)

    def paragraph(self, kind: str) -> str:
        """Return two to five sentences."""
        return "".join(self.sentence(kind) for _ in range(self.chance.randint(2, 5)))


Arranged = tuple[list[str], list[str]]


def _headed(words: _Words, kind: str, length: int, head: str, *foot: str) -> Arranged:
    """Return an opening, numbered headings with paragraphs, an end."""
    count = words.chance.randint(2, 4)
    lines, headings = [words.filled(line) for line in head.split("\n")], list[str]()
    for number in range(count):
        heading = f"{_NUMBERS[number]}、{words.filled(words.chance.choice(_HEADINGS))}"
        headings.append(heading)
        lines.append(heading)
        begun = sum(map(len, lines))
        while sum(map(len, lines)) - begun < length / count:
            lines.append(words.paragraph(kind))
    return [*lines, *map(words.filled, foot)], headings


def _speech(words: _Words, length: int) -> Arranged:
    return _headed(words, "speech", length, words.chance.choice(_OPENINGS), words.chance.choice(_ENDINGS))


def _report(words: _Words, length: int) -> Arranged:
    return _headed(words, "report", length, words.chance.choice(_REPORTED))


def _rules(words: _Words, length: int) -> Arranged:
    lines: list[str] = []
    while sum(map(len, lines)) < length:
        number = len(lines) + 1
        tens, ones = divmod(number, 10)
        told = ("" if tens < 2 else _NUMBERS[tens - 1]) + ("十" if tens else "") + (_NUMBERS[ones - 1] if ones else "")
        said = words.sentence("rules") + (words.sentence("rules") if words.chance.random() < 0.5 else "")
        lines.append(f"第{told}条 {said}")
    return lines, []


def _story(words: _Words, length: int) -> Arranged:
    lines: list[str] = []
    while sum(map(len, lines)) < length:
        lines.append(words.paragraph("story"))
    return lines, []


_ARRANGED = {"speech": _speech, "report": _report, "rules": _rules, "story": _story}

_NUMBERS = "一二三四五六七八九"
_FIRST = "青白东西南北上下长新石沙柳枫桃松竹金银龙凤云月江河湖双三大小"
_SECOND = "石沙溪川桥林山湾塘坪岭坡泉井渡口田园台楼峰谷洲港浦堰墩坝"
_UNITS = "镇乡村区县街"
_SURNAMES = "赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹"
_GIVEN = "守田明远怀谷春林知秋立德文澜景和书平安国有成思源水生玉山大川开云"

_TITLES = {
    "speech": ("在PW动员会上的讲话", "在PW座谈会上的发言", "PNW现场会致辞", "在PW总结会上的讲话"),
    "report": ("PW工作总结", "关于PW情况的报告", "PW实施方案", "PW调研报告"),
    "rules": ("PW管理办法", "PW操作规程", "PW值班制度"),
    "story": ("P的O", "我和P的O", "N守O的日子", "P的N师傅"),
}
_HEADINGS = (
    "把W摆到前头", "W要算清三笔账", "W与W一起抓", "让W见到实效", "W还差在哪里", "谁来管W", "W的几点做法", "下一步的W",
)  # fmt: skip
_OPENINGS = (
    "同志们：\n今天把P、P的同志请到一起，只谈一件事，就是W。刚才N同志介绍了W，我都赞成，下面讲几点意见。",
    "各位代表、同志们：\n上午大家看了P的W，又听了N的汇报，心里都有了数。借这个机会，我就W说几句话。",
    "各位乡亲：\n大家丢下手里的活来开会，我先道一声辛苦。W办了D天，今天要把话说透。",
)
_ENDINGS = (
    "同志们，W是一件一件干出来的。希望大家回去就动手，年底再到P来看。",
    "我就讲这些，请N同志把W的清单发给大家。谢谢大家！",
    "W关系到P的D户人家，拜托各位了。",
)
_REPORTED = (
    "按照P的安排，我们从三月起开展W，现将W的情况报告如下。",
    "今年以来，P把W作为一项要紧的事来办，由N牵头，先后走访D户，现总结如下。",
    "为了摸清W的底数，N带队到P、P住了D天，走访D户，形成本报告。",
)
_SENTENCES = {
    "speech": (
        "去年P的W拖了D天，群众有意见，N在会上作了检讨。",
        "W不是P一家的事，谁把W当成别人的事，谁就会在W上吃亏。",
        "我到P看过D次，W做得扎实，W却还是老样子。",
        "有的同志问，W做完以后谁来接手？我看就由N接手，P配合。",
        "先做W，再做W，次序不能颠倒。",
        "钱要花在W上，一分一厘都要让P的群众看得见。",
        "N跟我说，W最怕的是虎头蛇尾，这句话值得大家记住。",
        "P有D户人家，户户都盼着W早一天完工。",
        "会后由N列出W的清单，P在D日以前报上来。",
        "凡是W查出的毛病，P要当天改；改不了的，说明原因。",
        "不要怕麻烦，W多跑一趟，W就少返一次工。",
        "希望P带个好头，把W的路子走出来，再教给别人。",
        "这几年大家为W流了汗，P的账本上一笔一笔都记着。",
        "说到底，W靠的是人，N这样的人多了，W就好办。",
    ),
    "report": (
        "全年完成W共D处，其中P有D处，占了近三成。",
        "在W中，P采取先易后难的办法，D天内做完了W。",
        "N带着D名队员逐户登记，查出W的问题D个，已经改了大半。",
        "与上年相比，W多用了D个工日，W却少花了D万元。",
        "存在的不足是：W的人手偏紧，P的材料到得太晚。",
        "调查中有D人提到W，希望P能够固定时间。",
        "W所需的经费由P垫付，年底凭票据结清。",
        "针对W反复出现的问题，N提出每月核对一次，P已经照办。",
        "P的W起步较早，台账齐全，可以供别处参考。",
        "下半年打算把W分成D个小组，由N统一调配。",
        "抽查D份记录，W一项有D份没有签字，需要补齐。",
        "群众对W打了D分，对W的看法则不太一致。",
        "W完工以后，P的D户人家用上了干净的水。",
        "从P回来的路上，我们又看了W，进度比预想的快。",
    ),
    "rules": (
        "W由P统一安排，每D天进行一次，结果记入簿册。",
        "参加W的人员应当先接受W，未经N同意不得离岗。",
        "P负责W的器具，用完以后清点数目，放回原处。",
        "发现W有异常的，应当在D分钟内报告N，并守在现场。",
        "W的记录保存D年，保管人由P指定。",
        "遇到大风、大雨的天气，W可以推迟，但不得超过D天。",
        "W与W同时进行的，以先到的一方为主。",
        "任何人不得以W为由占用P的场地。",
        "对W有贡献的，由P给予D元奖励；弄虚作假的，取消资格。",
        "W所用的材料须有合格证，N验看以后方可入库。",
        "每年十月，P对W评议一次，评议结果贴在门口。",
        "本条所称W，包括W和W两项。",
        "需要动火的，W前清除周围D米以内的杂物。",
    ),
    "story": (
        "S，我跟在后面，一句话也不说。",
        "P的O离我家只有D步，S的时候，我总要去看一眼。",
        "有一年，S，S，一家人忙到天黑才吃饭。",
        "N是守O的人，S，他照样提着灯去转一圈。",
        "我问N为什么不走，N笑着说，S那阵子他就想好了。",
        "后来P通了车，S，看热闹的人站了一排。",
        "母亲常说起那件事：S，S，谁也没有埋怨谁。",
        "S，N从口袋里摸出D颗糖，分给大家。",
        "我把S的事写进了日记，写了整整D页。",
        "过了D年，我再到P去，又看见S。",
        "N教我认路，S，我才记住了往O去的近道。",
        "夜里醒来，听见S，心里忽然很踏实。",
        "那一天的事我记得清楚：S，S，后来就下雪了。",
        "P的老人爱讲故事，讲的是S，听的人都笑了。",
    ),
}
_LISTS = {
    name: words.split()
    for name, words in {
        "when": """
冬季 春季 汛期 夜间 节前 全年 首批 二期 东片 西片 南片 北片 沿河 山区 城南 城北 镇区 村级 老旧 新建
临时 联合 重点 日常 季度 月度 年度 基层 社区 秋收""",
        "object": """
渠道 水库 河堤 村道 桥梁 校舍 粮仓 果园 茶山 林场 菜棚 鱼塘 集市 食堂 病房 书屋 戏台 广场 路灯 管网
档案 账目 库房 车队 渡口 泵站 苗圃 牧场 厂房 工地 窗口 班车 宿舍 操场 锅炉 电梯 机房 展厅 水井 磨坊""",
        "action": """
检修 清理 改造 巡查 登记 培训 维护 扩建 普查 采购 值守 验收 移交 测量 加固 更新 调度 编号 评比 修缮
回访 布置 消毒 绿化 防火 防潮 管护 核对 整治 试点""",
        "time": """
清明前后 立夏那天 秋分过后 腊月里 头场雪后 麦收时节 开学前夕 中秋夜里 天还没亮 晌午时分 傍晚收工 雨停以后 起风的时候
赶集那天 放假头一天 停电的晚上 过了小寒 桃花开时 霜降早上 发大水那年 搬家那天 送灶之前 端午清早 河面结冰""",
        "who": """
二叔 大姨 外婆 祖父 堂兄 表姐 舅舅 邻居阿婆 老木匠 放牛娃 邮递员 剃头师傅 卖豆腐的 赶车人 小学老师 船老大
接生婆 磨刀匠 看瓜人 裁缝 大伯 三婶 铁匠 说书人""",
        "doing": """
扛着 背着 抱着 提着 修着 洗着 晒着 找着 数着 捆着 推着 拉着 看着 擦着 补着 画着 量着 埋着 挑着 拣着
编着 举着 守着 等着""",
        "thing": """
竹梯 旧伞 铜壶 棉被 箩筐 柳条 麻绳 瓦罐 木桶 草帽 铁锹 灯笼 账本 风筝 石磨 蜂箱 鱼篓 门板 纸船 收音机
缝纫机 自行车 萝卜 南瓜 红薯 稻种 桑叶 煤球 柴火 相框""",
    }.items()
}

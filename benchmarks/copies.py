"""Chinese documents with planted copies: any number, the same for the same seed, every sentence made up.

Speeches, reports and contracts are put together from sentences with words of the document's own subject, and from
stock sentences that unrelated documents of a kind share, as real ones do. A copy is what sites make of a document: the
same, with placeholders for names, edited, cut, with noise around, with words swapped, or all of that together.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from cleaners.text.hans import dictionary_words

KINDS = {"exact": 12, "placeholders": 20, "edited": 14, "cut": 20, "noise": 14, "spun": 6, "all": 14}
"""What copies are made, of a hundred."""
COPIES = 0.36
ORIGINALS = 0.09
"""Share of documents that are copies, and that have copies; the others stand alone."""
MIN_LENGTH, MAX_LENGTH = 500, 4000
STOCK = {"speech": 0.2, "report": 0.15, "contract": 0.35}
"""Share of a document's sentences that it has in common with others of its kind."""
STOCK_SIZE = 400
EDITED = 0.02


@dataclass(frozen=True, slots=True)
class PlantedCopy:
    """One document: its text, the number of the original it comes from, and what was done to it ("" for nothing)."""

    text: str
    original: int
    kind: str


def planted(seed: int, count: int) -> Iterator[PlantedCopy]:
    """Yield `count` documents in random order, copies before and after their originals."""
    chance = random.Random(seed)
    copies, originals = round(count * COPIES), round(count * ORIGINALS)
    whole = [(number, "") for number in range(count - copies)]
    made = chance.choices(list(KINDS), list(KINDS.values()), k=copies)
    order = whole + [(chance.randrange(max(originals, 1)), kind) for kind in made]
    chance.shuffle(order)
    for place, (original, kind) in enumerate(order):
        yield PlantedCopy(copy(f"{seed}/{original}", kind, random.Random(f"{seed}:{place}")), original, kind)


def copy(name: str, kind: str, chance: random.Random) -> str:
    """Return the document that `name` stands for, or what a copy of that kind makes of it."""
    text, names = document(random.Random(name))
    for step in _STEPS[kind]:
        text = step(text, names, chance)
    return text


def document(chance: random.Random) -> tuple[str, list[str]]:
    """Return a text and the names in it that a copy may hide."""
    kind = chance.choice(list(STOCK))
    names = [f"{chance.choice(_SURNAMES)}{chance.choice(_GIVEN)}{chance.choice(_GIVEN)}" for _ in range(3)]
    names += [f"{chance.choice(_PLACES)}{chance.choice(_PLACES)}{unit}" for unit in "县镇村市"]
    words = [*chance.sample(_vocabulary(), 80), *chance.sample(_COMMON, 30)]
    length = min(max(chance.lognormvariate(7.3, 0.6), MIN_LENGTH), MAX_LENGTH)
    stock, weights = _stock(kind)
    lines, size = [_filled(chance.choice(_OPENINGS[kind]), chance, words, names)], 0
    while size < length:
        own = [
            stock[chance.choices(range(STOCK_SIZE), cum_weights=weights)[0]]
            if chance.random() < STOCK[kind]
            else _filled(chance.choice(_SENTENCES[kind]), chance, words, names)
            for _ in range(chance.randint(2, 6))
        ]
        lines.append("".join(own))
        size += len(lines[-1])
    return "\n".join(lines), names


@cache
def _vocabulary() -> list[str]:
    """Return words for subjects: those of OpenCC's dictionary of two to four characters."""
    return sorted(word for word in dictionary_words("STPhrases.txt") if 2 <= len(word) <= 4)


@cache
def _stock(kind: str) -> tuple[list[str], list[float]]:
    """Return the stock sentences of a kind, the first ones far more often used than the last."""
    chance = random.Random(kind)
    words = [*chance.sample(_vocabulary(), 200), *_COMMON]
    sentences = [_filled(chance.choice(_SENTENCES[kind]), chance, words, ["我们"]) for _ in range(STOCK_SIZE)]
    return sentences, list(accumulate(1 / (rank + 10) for rank in range(STOCK_SIZE)))


def _filled(pattern: str, chance: random.Random, words: list[str], names: list[str]) -> str:
    """Fill a pattern: W is a word, N a name, D a number."""
    parts = re.split("([WND])", pattern)
    for at in range(1, len(parts), 2):
        slot = parts[at]
        parts[at] = str(chance.randint(2, 9999)) if slot == "D" else chance.choice(words if slot == "W" else names)
    return "".join(parts)


def _hidden(text: str, names: list[str], chance: random.Random) -> str:
    """Put placeholders for the names."""
    mark = chance.choice(("X", "XX", "×", "××", "*", "**", "某", "某某", "__", "○○"))
    for name in names:
        text = text.replace(name, mark + name[-1] if name[-1] in "县镇村市" else mark)
    return text


def _edited(text: str, _names: list[str], chance: random.Random) -> str:
    """Take out, put in or change characters, EDITED of them."""
    chars = list(text)
    for at in chance.sample(range(len(chars)), round(EDITED * len(chars))):
        chars[at] = chance.choice(("", chars[at] + chance.choice(_GIVEN), chance.choice(_GIVEN)))
    return "".join(chars)


def _cut(text: str, _names: list[str], chance: random.Random) -> str:
    """Keep the first 20 to 80 %."""
    return text[: round(len(text) * chance.uniform(0.2, 0.8))]


def _noisy(text: str, _names: list[str], chance: random.Random) -> str:
    """Put lines of one site around the text, and numbers of pages into it."""
    site = random.Random(chance.randrange(30))
    lines = site.sample(_NOISE, 8)
    head, foot = chance.sample(lines, chance.randint(0, 2)), chance.sample(lines, chance.randint(1, 5))
    step = site.randint(300, 500)
    pieces = [text[at : at + step] for at in range(0, len(text), step)]
    inner = "".join(f"{piece}\n第 {number} 页\n" for number, piece in enumerate(pieces, start=1))
    return "\n".join([*head, inner, *foot])


def _spun(text: str, _names: list[str], chance: random.Random) -> str:
    """Swap words for others of about the same meaning, half of the times."""
    return _SWAPPED.sub(lambda found: _SWAPS[found[0]] if chance.random() < 0.5 else found[0], text)


Step = Callable[[str, list[str], random.Random], str]
_STEPS: dict[str, tuple[Step, ...]] = {
    "": (),
    "exact": (),
    "placeholders": (_hidden,),
    "edited": (_edited,),
    "cut": (_cut,),
    "noise": (_noisy,),
    "spun": (_spun,),
    "all": (_hidden, _spun, _edited, _cut, _noisy),
}

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
_GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂英华文玉建国志红梅云龙春海生光永金成康"
_PLACES = "清河安平石桥青山白水长岭东阳西塘南湖北川兴隆永宁丰泽临江福泉新柳云台凤凰玉溪古田"

_SWAPPING = """
发展/进展 建设/建立 认识/熟悉 基本/根本 加强/增强 提高/进步 推进/推动 完善/美满 全面/周全 落实/落到实处 重要/主要 工作/任务 问题/题目
管理/治理 组织/构造 制度/轨制 积极/踊跃 努力/尽力 服务/办事 责任/义务 坚持/保持 深入/深切 确保/保证 提供/供给 办理/操持 按照/依照
约定/商定 情况/环境 措施/办法 水平/程度
"""
_WORDS = """
任务 项目 队伍 群众 干部 企业 农村 城市 环境 市场 产业 教育 卫生 安全 质量 效益 资金 技术 人才 土地 道路 水利 林业 粮食 养老 医疗
就业 文化 旅游 科技 信息 资源 生态 能源 交通 监督 检查 培训 宣传 考核 合作 投资 改革 创新 规划 标准 程序 秩序
"""
_SWAPS = dict(pair.split("/") for pair in _SWAPPING.split())
_SWAPPED = re.compile("|".join(_SWAPS))

_COMMON = (*_SWAPS, *_WORDS.split())

_OPENINGS = {
    "speech": (
        "同志们：\n今天我们在N召开W工作会议，主要任务是总结W，部署W。",
        "各位领导、同志们：\n受N委托，我就W和W讲几点意见。",
    ),
    "report": ("关于N年度W情况的报告\n现将W、W工作报告如下。", "根据N的统一安排，我们对W进行了调查，现将W情况汇总。"),
    "contract": (
        "甲方：N\n乙方：N\n双方就W和W事宜订立本合同。",
        "出租方：N\n承租方：N\n根据有关法律，就W达成如下协议。",
    ),
}

_SENTENCES = {
    "speech": (
        "我们要把W摆在更加突出的位置，用W带动W。",
        "一年来，N在W方面下了不少功夫，W比上年增加D户。",
        "有的同志对W还停留在口头上，W没有跟上，W就成了空话。",
        "要W，更要W，把W同W结合起来。",
        "各单位要在D天之内拿出W的办法，报N备案。",
        "谁在W上打折扣，谁就要对W说清楚。",
        "W是根，W是叶，没有W就谈不上W。",
        "N同志刚才谈到的W，我完全赞成，再补充W和W两点。",
        "抓W不能等，抓W不能靠，抓W不能松。",
        "希望大家以W为镜，在W中经受考验，在W中站稳脚跟。",
        "去冬以来，全县W达到D个，其中W占了一半以上。",
        "让W走进村组，让W走进家门，让W看得见。",
        "W一头连着W，一头连着W，半点都马虎不得。",
        "会后请N牵头，把W、W、W三件事逐项分解。",
        "凡是W能办的，不推给W；凡是今天能办的，不拖到明天。",
        "我相信，有W作保证，有W作后盾，W一定能够见到成效。",
    ),
    "report": (
        "截至十月底，W完成D万元，W完成D万元。",
        "N共排查W隐患D处，已整改D处，其余列入W计划。",
        "主要做法是：建立W台账，实行W公示，开展W回访。",
        "调查中发现，W与W衔接不够，部分W缺少W支持。",
        "在W方面，N采取了W加W的方式，效果比较明显。",
        "下一步，将围绕W补短板，力争W达到百分之D。",
        "从D份问卷看，群众对W最为关心，其次是W和W。",
        "造成W偏低的原因，一是W投入少，二是W人手紧。",
        "全年举办W培训D期，参加W的有D人次。",
        "N的W试点已经结束，W数据正在核对。",
        "与上年同期相比，W下降D，W上升D，W持平。",
        "建议把W纳入W考核，每季度通报W。",
        "W经费由N统一拨付，W专款专用，不得挪作W。",
        "通过W，W覆盖到D个村，W的短缺有所缓解。",
        "个别乡镇W底数不清，W档案残缺，W无人负责。",
        "对W反映强烈的D件事，N逐一作了W答复。",
    ),
    "contract": (
        "乙方应当在D日内将W交付N，并附W清单。",
        "甲方提供的W不符合W要求的，乙方有权拒收W。",
        "W的费用为人民币D元，由N在W验收后支付。",
        "任何一方未经W同意，不得将W转让给W。",
        "因W造成W损坏的，由责任方照W价格赔偿。",
        "W期限自签字之日起至D年止，W另行商定。",
        "双方对W有争议的，先行协商；协商不成的，由N处W。",
        "甲方逾期支付W款的，每日按D元计付W补偿。",
        "乙方负责W的日常维护，W大修由甲方承担。",
        "遇到W等不可抗力，W可以顺延，但应及时告知W。",
        "本合同附件包括W图纸、W明细和W说明。",
        "N派驻W代表一名，负责W签证和W联络。",
        "W验收以W为准，验收不合格的限D日内返工。",
        "一方违反W条款的，另一方可以解除W并要求W。",
        "W押金D元，合同期满W无损的，如数退还。",
        "甲乙双方各执D份，W部门留存一份备查。",
    ),
}

_NOISE = (
    "本站文档由网友上传，仅供学习交流，请勿用于其他用途。",
    "下载后可以任意修改，欢迎收藏本站。",
    "更多同类范文请到首页搜索，每天都有新内容。",
    "温馨提示：文档内容有缺失的请联系在线客服处理。",
    "以上就是小编整理的全部内容，希望对您有所帮助。",
    "本文网址已经复制，快去分享给好友一起阅读吧。",
    "上一篇：乡镇年度工作计划样本；下一篇：学校安全教育讲话稿。",
    "注册成为会员可以免费阅读本站全部资料。",
    "如有侵犯您的权益，请来信告知，我们会在核实后删除。",
    "热门推荐：个人述职怎么写、会议主持词大全、合同模板精选。",
    "当前位置：网站首页，公文写作，领导讲话，正文阅读。",
    "剩余部分需要购买后才能继续阅读，请选择支付方式。",
    "文档格式为常见办公软件格式，手机电脑均可打开。",
    "您的评价是我们前进的动力，请给本文打个分数。",
    "关注公众号回复关键词即可领取整套资料。",
    "发布者已通过实名认证，资料真实有效，请放心使用。",
    "声明：本平台只提供存储空间，不对内容负责。",
    "加载更多精彩内容，请稍等片刻不要关闭窗口。",
    "相关标签：总结 报告 体会 方案 计划 制度 申请 倡议。",
    "客服时间为工作日上午九点到下午六点，节假日顺延。",
)

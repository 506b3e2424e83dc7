"""How frequent characters are in Chinese, and what follows what: lists, and the words of OpenCC's dictionary."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from cleaners.text.codes import codes, text_of
from cleaners.text.hans import dictionary_words, simplify_characters

FREQUENT = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定"
    "行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其"
    "些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建"
    "月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接"
    "知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器"
    "压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议"
    "声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复"
    "容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标"
    "写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
)
"""The most frequent characters of modern Chinese, most frequent first."""

FOLLOWERS = (
    "会议主 规定划范模 上海级述 保障护险证持 学习生校院科 市场民长 处理罚分置 基础本层地 正确常式在 "
    "健康全身 海洋关外上 环境保节 常务委见用 专业家门项题 取得消代 采取用购 选举择拔手人 承担包诺 "
    "确保定实认立 广大场泛告 负责担有 场所面地合 非常法 失败去 罚款金 担任保心当负 居民住委 染病 "
    "停止业留产滞 危险害机及 病人毒情 省委级市长 模式范型拟 刑法事罚 获得取 争取议先 校园长企 "
    "住房宅院 听取到说 富有裕强 福利建祉 尽管量快力职 印发象章 希望冀 文化明件章 幸福运好 疾病 "
    "疫情苗 抓住好手紧 录取入用 异常议 汇报总聚集 副省主 腐败 沿海着线 候选 寻找求常 痕迹 奇迹特怪 "
    "事迹业情件实 足迹够 换取届 谋取划 索取 汲取 吸取收引 领取导域 收取入 夺取冠 挑战选 评选价估 "
    "竞选争赛 推选动进荐 曲折线 挫折败 淡薄化 暂停时 跨省越国 珍惜贵稀 高校度质 院校长士 "
    "党校员委建政 母校亲 全面国省市部体县年民球力 我们国省市 从小严而事 中小央国心 大小家学力海量的 小康组学时 "
    "因此为素而 如此何果 为此了什 对此于待 据此 彼此 由此于 它的们 其它中他次实 建设立议筑 "
    "成立为果就 设立施备计 树立 创新立造业 独立特 立足场法即 措施 实施现际践事 曾经 已经 "
    "经济过验营常 周围边期年 范围例畴 围绕 生活产命态 影响 平常安等 日常前 通常过知 往常来往 "
    "时常间候代 反常映对复馈 照常片顾 分担工析别 勇担于敢气 重要点担大视 牵头手 沟通 稳健定步 "
    "强健化调 薄弱 动摇力员 剩余 遥远控 疲劳惫 拐点 馈赠 怠慢 隆重 兴隆旺 恰当 剧烈 作用为风者 "
    "的是人一 发展生现挥 工作程业 问题 社会区 国家际民 人民们员才 政府策治 组织 服务 企业 管理 "
    "改革善 农村业民 思想路维 精神 安全排 教育师学 关系于键心注 主要义动题 他们 这个种些样是 "
    "一个是种些定切 不是能断要会同 没有 可以能 就是要业 要求素 进行步一 加强快大 提高出升供问 "
    "坚持决定 认真识为 落实 贯彻 深入化刻 努力 能力够 水平 方面式法案 情况 条件例 制度定约 "
    "以及上来下后 起来到 出现来 开展始发 部门分署 单位 机制构关 群众体 目标前的 现在代实场 年度来 "
    "今年天后 同志时样 特别色点 具体有备 需要求 应当该用 必须要然 结合构果束 统一筹计 标准志 技术 "
    "二是十个年 三是个年大 四是个大川 五年是个一 六是个年 十年二一几 两个年种大 在于这中此全一我他它 了一解这的 "
    "那么些个种 光辉荣明 辉煌映 说明话的 自己身然我 只有要是能 都是有要能 还是有要能 也是不有要 "
    "而是不且 但是 所以有谓 并且不 或者 更加多好 最大后终高 新的时一 多的年种数 好的人 有的一效了关 "
    "和谐平 优秀势化质先惠良 支持部撑 准备确则 座谈位 回去来答归 意见识义思 细节致心分 研究发 "
    "公园司共布开路 达到成 增长加强 投入资身 参加与会 报告名道 根据本 整体改个 交流通 解决放 "
    "职工责业务 质量 效果率益 科学技研 传统达承 信息心任 数据量字 运行动用 配合套 协调会同 监督管测 "
    "检查测 资源金料 责任 权利力益 贫困 扶贫持 绿色化 态度势 势力头 项目 招商聘标 商品业务 "
    "产业品生"
)
"""What often follows a character: the first of each group, then its followers."""

MARKS = {"，": -3.2, "。": -3.2, "、": -4.0, "；": -5.0, "：": -5.0, "“": -5.0, "”": -5.0, "！": -6.0, "？": -6.0}
MARKS |= dict.fromkeys("《》（）", -6.0) | dict.fromkeys("…—", -8.0) | {"\n": -5.0}
"""Marks of prose with the logarithm of their frequency."""

BOUND = frozenset("的了着过们吗呢吧之")
"""Characters that belong to the word before them."""

FIRST_HAN, LAST_HAN = "\u4e00", "\u9fff"


class Evidence(NamedTuple):
    """Frequencies of characters; what follows a character in a word; what follows it often.

    Strings, since Python's collector of garbage goes through sets again and again, but not through these.
    """

    frequency: dict[str, float]
    words: dict[str, str]
    followers: dict[str, str]


MIN_FREQUENCY = 0.01 / 3755
"""Frequency of the rarest of the 3,755 common characters."""


@cache
def evidence() -> Evidence:
    """Return what the dictionary and the lists say: a character's frequency is mostly its rank's by Zipf's law."""
    words = codes("\n".join(dictionary_words("STPhrases.txt")))
    inside = words != ord("\n")
    chars, counts = np.unique(words[inside], return_counts=True)
    shares = MIN_FREQUENCY + 0.25 * counts / counts.sum()
    frequency = dict(zip(text_of(chars), shares.tolist(), strict=True))
    zipf = sum(1 / (rank + 20) for rank in range(len(FREQUENT)))
    for rank, char in enumerate(FREQUENT):
        frequency[char] = frequency.get(char, MIN_FREQUENCY) + 0.74 / (rank + 20) / zipf
    followers = {group[0]: group[1:] for group in FOLLOWERS.split()}
    neighbours = (words[:-1].astype(np.uint64) << 32 | words[1:])[inside[:-1] & inside[1:]]
    pairs, _ = np.unique(neighbours, return_counts=True)  # counting, NumPy sorts; else it hashes, 15 times as slow
    firsts, starts = np.unique((pairs >> 32).astype(np.uint32), return_index=True)
    after = map(text_of, np.split(pairs.astype(np.uint32), starts[1:]))
    return Evidence(frequency, dict(zip(text_of(firsts), after, strict=True)), followers)


def is_known_pair(before: str, char: str) -> bool:
    """Whether two Simplified characters stand side by side in a word, or often follow each other."""
    known = evidence()
    return char in known.words.get(before, "") or char in known.followers.get(before, "")


@lru_cache(maxsize=1 << 14)
def splits_word(before: str, behind: str) -> bool:
    """Whether what stands between two characters of either script parts a word, or a particle from its word."""
    return behind in BOUND or is_known_pair(*simplify_characters(before + behind))


def frequency(char: str) -> float:
    """Return how frequent a Simplified character is in general; for sorting."""
    return evidence().frequency.get(char, 0.0)


def is_han(char: str) -> bool:
    """Whether a character is one of the CJK Unified Ideographs, extensions left out; "" is none."""
    return FIRST_HAN <= char <= LAST_HAN

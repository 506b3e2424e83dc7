"""Mandarin syllables, and the reading of a character, from nothing but the order of the characters in GB 2312.

The 3,755 common characters of GB 2312 (its level 1) are sorted by reading, so the first character of each syllable is
all the data there is. A Traditional character reads as its Simplified one does. Readings carry no tone here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from cleaners.reading.decode import LEVEL_1
from cleaners.text.codes import codes, text_of
from cleaners.text.edit_columns import Places
from cleaners.text.hans import hans_table

FIRST_OF_SYLLABLE = """
a啊 ai埃 an鞍 ang肮 ao凹 ba芭 bai白 ban斑 bang邦 bao苞 bei杯 ben奔 beng崩 bi逼 bian鞭 biao标 bie鳖 bin彬
bing兵 bo玻 bu捕 ca擦 cai猜 can餐 cang苍 cao操 ce厕 ceng层 cha插 chai拆 chan搀 chang昌 chao超 che车
chen郴 cheng撑 chi吃 chong充 chou抽 chu初 chuai揣 chuan川 chuang疮 chui吹 chun春 chuo戳 ci疵 cong聪
cou凑 cu粗 cuan蹿 cui摧 cun村 cuo磋 da搭 dai呆 dan耽 dang当 dao刀 de德 deng蹬 di堤 dian颠 diao碉 die跌
ding丁 diu丢 dong东 dou兜 du督 duan端 dui堆 dun墩 duo掇 e蛾 en恩 er而 fa发 fan藩 fang坊 fei菲 fen芬 feng丰
fo佛 fou否 fu夫 ga噶 gai该 gan干 gang冈 gao篙 ge哥 gei给 gen根 geng耕 gong工 gou钩 gu辜 gua刮 guai乖
guan棺 guang光 gui瑰 gun辊 guo锅 ha哈 hai骸 han酣 hang夯 hao壕 he呵 hei嘿 hen痕 heng哼 hong轰 hou喉 hu呼
hua花 huai槐 huan欢 huang荒 hui灰 hun荤 huo豁 ji击 jia嘉 jian歼 jiang僵 jiao蕉 jie揭 jin巾 jing荆
jiong炯 jiu揪 ju鞠 juan捐 jue撅 jun均 ka喀 kai开 kan刊 kang康 kao考 ke坷 ken肯 keng坑 kong空 kou抠 ku枯
kua夸 kuai块 kuan宽 kuang匡 kui亏 kun坤 kuo括 la垃 lai莱 lan蓝 lang琅 lao捞 le勒 lei雷 leng棱 li厘 lia俩
lian联 liang粮 liao撩 lie列 lin琳 ling玲 liu溜 long龙 lou楼 lu芦 lü驴 luan峦 lüe掠 lun抡 luo萝 ma妈 mai埋
man瞒 mang芒 mao猫 me么 mei玫 men门 meng萌 mi眯 mian棉 miao苗 mie蔑 min民 ming明 miu谬 mo摸 mou谋 mu拇
na拿 nai氖 nan南 nang囊 nao挠 ne呢 nei馁 nen嫩 neng能 ni妮 nian蔫 niang娘 niao鸟 nie捏 nin您 ning柠 niu牛
nong脓 nu奴 nü女 nuan暖 nüe虐 nuo挪 o哦 ou欧 pa啪 pai拍 pan攀 pang乓 pao抛 pei呸 pen喷 peng砰 pi坯 pian篇
piao飘 pie撇 pin拼 ping乒 po坡 pu扑 qi期 qia掐 qian牵 qiang枪 qiao橇 qie切 qin钦 qing青 qiong琼 qiu秋
qu趋 quan圈 que缺 qun裙 ran然 rang瓤 rao饶 re惹 ren壬 reng扔 ri日 rong戎 rou揉 ru茹 ruan软 rui蕊 run闰
ruo若 sa撒 sai腮 san三 sang桑 sao搔 se瑟 sen森 seng僧 sha莎 shai筛 shan珊 shang墒 shao梢 she奢 shen砷
sheng声 shi师 shou收 shu蔬 shua刷 shuai摔 shuan栓 shuang霜 shui谁 shun吮 shuo说 si斯 song松 sou搜 su苏
suan酸 sui虽 sun孙 suo蓑 ta塌 tai胎 tan坍 tang汤 tao掏 te特 teng藤 ti梯 tian天 tiao挑 tie贴 ting厅 tong通
tou偷 tu凸 tuan湍 tui推 tun吞 tuo拖 wa挖 wai歪 wan豌 wang汪 wei威 wen瘟 weng嗡 wo挝 wu巫 xi昔 xia瞎 xian掀
xiang相 xiao萧 xie楔 xin薪 xing星 xiong兄 xiu休 xu墟 xuan轩 xue靴 xun勋 ya压 yan焉 yang殃 yao邀 ye椰 yi一
yin茵 ying英 yo哟 yong拥 you幽 yu迂 yuan鸳 yue曰 yun耘 za匝 zai栽 zan咱 zang赃 zao遭 ze责 zei贼 zen怎
zeng增 zha扎 zhai摘 zhan瞻 zhang樟 zhao招 zhe遮 zhen珍 zheng蒸 zhi芝 zhong中 zhou舟 zhu珠 zhua抓
zhuai拽 zhuan专 zhuang桩 zhui椎 zhun谆 zhuo捉 zi兹 zong鬃 zou邹 zu租 zuan钻 zui嘴 zun尊 zuo昨
"""
"""Each syllable with its first character in GB 2312."""

MORE_READINGS = (
    "还hai 长zhang 调tiao 乐le 会kuai 参shen 剥bo 厦sha 扎za 纤qian 钥yao 辟pi 镐hao 壳qiao 槛kan 栅shan 传zhuan "
    "弹tan 了le 地de 得dei 着zhe 着zhao 行hang 重chong 都du 没mo 觉jiao 朝zhao 种chong 大dai 说shui 的di 和huo 给ji "
    "单chan 称chen 便pian 率shuai 落la 角jue"
)
"""Second readings that mirrors use."""

OTHER_SYLLABLES = "cei dei den dia eng ei lo nou nia nun pia rua sei shei tei yo zhei zhun"
"""Syllables that no common character has as its first reading."""

SYLLABLES = frozenset([entry[:-1].replace("ü", "u") for entry in FIRST_OF_SYLLABLE.split()] + OTHER_SYLLABLES.split())
"""Every possible syllable, without tone, ü written u."""

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
LETTERS = "a-züɑɡ" + TONED
_PLAIN = str.maketrans(TONED + "üɑɡ", "aaaaeeeeiiiioooouuuuuuuu" + "uag")
TONES = frozenset(TONED)
_BRACKET = re.compile(rf"([\u3400-\u9fff])[(（][ \u3000\xa0]?([{LETTERS}]{{1,6}})[ \u3000\xa0]?[)）]")
MAX_BRACKET = 10
"""Characters of the longest bracket that holds a syllable."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A syllable in brackets right after a Han character.

    `fits` says that it is a known reading of the character, `is_marked` that it has a tone and the character is one
    that a mirror marks. There is one for each two of character and bracket, so that they are counted by which they are.
    """

    char: str
    syllable: str
    is_toned: bool
    fits: bool
    is_marked: bool


class Brackets(NamedTuple):
    """Where the brackets of a text begin and end, and what each holds; a mirror's page has a thousand."""

    starts: Places
    ends: Places
    readings: list[Reading]


def brackets(text: str) -> Brackets:
    """Return every bracketed syllable after a Han character.

    >>> found = brackets("開會(huì)時(GDP)")
    >>> found.starts.tolist(), found.ends.tolist(), [reading.syllable for reading in found.readings]
    ([2], [7], ['hui'])
    """
    points = codes(text)
    starts = np.flatnonzero((points == ord("(")) | (points == ord("（")))
    ends = np.flatnonzero((points == ord(")")) | (points == ord("）"))) + 1
    starts = starts[: np.searchsorted(starts, ends[-1])] if len(ends) else ends
    ends = ends[np.searchsorted(ends, starts, side="right")]
    is_short = (starts > 0) & (ends - starts <= MAX_BRACKET)
    starts, ends = starts[is_short], ends[is_short]
    written = [text[start:end] for start, end in zip((starts - 1).tolist(), ends.tolist(), strict=True)]
    read = list(map(_read, written))
    is_read = np.fromiter(map(bool, read), np.bool_, len(read))
    return Brackets(starts[is_read], ends[is_read], [reading for reading in read if reading])


@lru_cache(maxsize=16384)
def _read(written: str) -> Reading | None:
    """Return what a bracket holds, given the character before it too; None for no Han character or no syllable."""
    found = _BRACKET.fullmatch(written)
    if not found or (syllable := plain(found[2])) not in SYLLABLES:
        return None
    char, is_toned = found[1], not TONES.isdisjoint(found[2])
    return Reading(char, syllable, is_toned, syllable in readings(char), is_toned and is_traditional(char))


def plain(syllable: str) -> str:
    """Return a syllable without its tone, ü as u.

    >>> plain("lǜ")
    'lu'
    """
    return syllable.translate(_PLAIN)


@cache
def readings(char: str) -> frozenset[str]:
    """Return the known readings of a character; none for the rarer ones.

    >>> sorted(readings("長")), sorted(readings("昴"))
    (['chang', 'zhang'], [])
    """
    return _readings().get(simplified(char), frozenset())


@cache
def simplified(char: str) -> str:
    """Return the Simplified form of one character."""
    return chr(hans_table()[ord(char)])


@cache
def is_common(char: str) -> bool:
    """Whether a character, or its Simplified form, is one of the 3,755 common ones."""
    return simplified(char) in _readings()


def common_characters(first: int, last: int) -> str:
    """Return the characters from code point `first` to `last` for which `is_common` holds.

    >>> common_characters(0x4E00, 0x4E03)
    '一丁七'
    """
    points = np.arange(first, last + 1, dtype=np.uint32)
    return text_of(points[np.isin(hans_table()[points], codes("".join(_readings())))])


@cache
def is_traditional(char: str) -> bool:
    """Whether a character is outside GB 2312 and has a Simplified form: what a mirror marks with its reading."""
    return simplified(char) != char and not char.encode("gb2312", "ignore")


@cache
def _readings() -> dict[str, frozenset[str]]:
    """Return the readings of each character: GB 2312 orders its first level by them, further ones are listed."""
    first = {entry[-1]: entry[:-1].replace("ü", "u") for entry in FIRST_OF_SYLLABLE.split()}
    more: dict[str, set[str]] = {}
    for entry in MORE_READINGS.split():
        more.setdefault(entry[0], set()).add(entry[1:])
    known, syllable, alike = {}, "", dict[frozenset[str], frozenset[str]]()
    for char in LEVEL_1:
        syllable = first.get(char, syllable)
        read = frozenset({syllable} | more.get(char, set()))
        known[char] = alike.setdefault(read, read)
    return known

"""Where OpenCC's Traditional-to-Simplified tables go wrong: words of our own, as data.

Source of the words: Table of General Standard Chinese Characters (通用规范汉字表, 2013) and its notes: 乾 read qián,
夥 for "many", 噁 of chemistry and the surname 甯 stay. 著 is what
Taiwan and Hong Kong write for the particle 着 too: it stays in the words for writing and for being known.
"""

from __future__ import annotations

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    **{f"乾{old}": f"乾{new}" for old, new in (("安縣", "安县"), ("安县", "安县"), ("縣", "县"), ("县", "县"))},
    **{
        f"乾{rest}": f"乾{rest}"
        for rest in (
            "州",
            "德",
            "符",
            "封",
            "祐",
            "佑",
            "淳",
            "道年",
            "道元年",
            "道初",
            "西所",
            "西五所",
            "西二所",
            "象",
        )
    },
    "乾寧": "乾宁",
    "乾興元年": "乾兴元年",
    "乾統年": "乾统年",
    "乾潭鎮": "乾潭镇",
    "乾潭镇": "乾潭镇",
    "乾務鎮": "乾务镇",
    "乾务镇": "乾务镇",
    "日乾乾": "日乾乾",
    "乾龍": "乾龙",
    "甚夥": "甚夥",
    "良夥": "良夥",
    "夥頤": "夥颐",
    "甯戚": "甯戚",
    "甯武子": "甯武子",
    "甯越": "甯越",
    "甯調元": "甯调元",
    "於梨華": "於梨华",
    "於潛": "於潜",
    "於陵子": "於陵子",
    "鍾馗": "钟馗",
    "藉著": "借着",
    **{word: word for word in ("噁唑", "噁嗪", "噁二唑", "噁草", "噁霉", "噁虫")},
    "校讎": "校雠",
}
"""Traditional (and half converted) words with their right Simplified form, of the same length."""

AUTHORS = frozenset("原土编显名论专巨遗拙译撰所卓昭彰较素尤夙炳丕雅杂合")
"""What stands before 著 where it means a work, to write or to be known: 原著, 土著, 编著, 显著."""
NO_AUTHORS = frozenset(
    ("讨论", "谈论", "议论", "争论", "辩论", "评论", "复杂", "混杂", "夹杂", "掺杂", "符合", "结合", "配合")
)
"""Verbs that end like one of them."""
WORKS = frozenset("作名称述者录书")
"""What stands behind 著 in such words: 著作, 著名, 著称."""
NO_WORKS = frozenset(("作者", "作业", "名单", "名字", "名片", "名牌", "称呼", "称赞", "述说"))
"""What begins like one of them and is a word of its own behind a verb: 看著 作者."""
VERBS = frozenset(
    "看听想照跟接睡穿戴拿抱背拉推坐站躺走跑跳笑哭说讲谈叫喊唱写画做吃喝住带领牵扶握捧提拎扛抬挑挂放摆开关闭亮冒流飘漂闪吹刮转望盯瞪瞧"
    "瞅等守护陪伴随沿顺朝向对当为凭靠依仗趁藉借怀含忍憋藏活爱怕忙愁惦念记摸碰找捉逼压顶踩踏敲打拍指数算猜试玩闹吵争抢赶追逃躲埋堆盖遮罩"
    "裹包捆绑缠绕围插栽种养喂骑驾划撑晃摇扭弯低昂仰垂披散留持续味志满溢发漫征表临在执沉附胶衣黏粘吸悠犯用载装盛燃烧烫冻湿贴钉嵌刻印题"
    "倚偎搂拥挽搭拖曳拽扯揪捏掐抓揣搁晾晒烤煮炖熬泡浸淋滴洒喷冲滚爬飞游行驶航驻蹲跪趴卧歪斜倒悬吊系梳扎刷擦抹涂染洗扫耕犁锄挖掘"
    "映衬染笼浮沉荡漾颤抖哆嗦喘呼叹哼骂嚷嚼咬啃舔嗅闻尝品思虑盼期待恋恨疼痛病醒醉饿渴累困冷热空敞剩余缺欠亏赔赚囤存保维管教练习读念背诵"
    "露呈现展示说明讨商量议交换迎送别扮演奏弹拨敬尊崇拜信仰扛顾尽动静立竖横扣锁封堵挡拦迫催促驱策鼓励激努撅翘眯睁眨皱绷板按因套谓硬瞓揸攞"
    "担负承受挥引撞视斥乘挨夹耐碌跃聚逢觑隔耀捂循射蒙据寻遇扔叠抗叼历过"
)
"""What stands before 著 where it is the particle 着, in Simplified characters."""
BEGINS = frozenset("急火凉手重眼想落陆迷色实装力魔笔床慌劲地边墨恼裤衫鞋袜")
"""What stands behind 著 where the word begins with 着: 着急, 着手, 着陆."""

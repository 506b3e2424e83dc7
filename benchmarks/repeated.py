"""Kinds of texts whose own lines repeat in each of them: forms, statutes, patents, lessons, drug leaflets.

`{p}` is a paragraph, `{s}` a sentence, `{n}` a name, `{d}` a number; what stands around them is the texts' own.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

KINDS: Mapping[str, str] = {
    "patents": "技术领域\n{p}\n背景技术\n{p}\n发明内容\n{p}\n附图说明\n{s}\n具体实施方式\n{p}\n{p}",
    "abstracts": "目的\n{s}\n方法\n{s}\n结果\n{s}\n结论\n{s}",
    "poems explained": "{s}\n【注释】\n{s}\n【翻译】\n{p}\n【赏析】\n{p}\n作者简介\n{s}",
    "notices": "各县(市、区)人民政府，市直各单位：\n{p}\n一、总体要求\n{p}\n二、主要任务\n{p}\n三、保障措施\n{p}\n请认真贯彻执行。\n特此通知。",
    "questions": "问：{s}\n答：\n{p}\n{p}\n以上意见供参考。",
    "forms": "姓名：{n} 性别：男 民族：汉\n所在单位：{n}\n主要事迹\n{p}\n所在单位意见\n（盖章）\n年 月 日",
    "contracts": "甲方（委托方）：{n}\n乙方（受托方）：{n}\n根据有关法律规定，甲乙双方经协商一致，订立本合同。\n第一条 服务内容\n{p}\n"
    "第二条 费用\n{s}\n第三条 违约责任\n{p}\n本合同一式两份，双方各执一份，自签字盖章之日起生效。\n甲方（盖章）： 乙方（盖章）：\n签订日期： 年 月 日",
    "lessons": "教学目标\n{s}\n教学重难点\n{s}\n教学过程\n{p}\n{p}\n板书设计\n{s}\n教学反思\n{p}",
    "letters": "尊敬的各位领导：\n{p}\n{p}\n此致\n敬礼！\n申请人：{n}\n2021年5月6日",
    "judgments": "民事判决书\n（2019）民终{d}号\n{p}\n本院认为，{p}\n综上，依照有关法律规定，判决如下：\n{s}\n本判决为终审判决。\n审判长 {n}\n书记员 {n}",
    "speeches": "同志们：\n{p}\n{p}\n{p}\n谢谢大家！",
    "minutes": "时间：2021年5月6日\n地点：三楼会议室\n主持人：{n}\n会议内容\n{p}\n{p}\n记录人：{n}",
    "standards": "前言\n本标准按照给出的规则起草。\n{p}\n1 范围\n{s}\n2 规范性引用文件\n{s}\n3 术语和定义\n{p}",
    "leaflets": "【药品名称】\n{s}\n【成份】\n{s}\n【适应症】\n{s}\n【用法用量】\n{s}\n【不良反应】\n尚不明确。\n【禁忌】\n尚不明确。\n【贮藏】\n密封保存。",
    "statutes": "第一章 总则\n第一条 {p}\n第二条 {p}\n第二章 监督管理\n第三条 {p}\n第三章 附则\n第十条 本办法自发布之日起施行。",
    "exercises": "一、选择题（每小题3分，共30分）\n{s}\nA.正确 B.错误\n{s}\nA.正确 B.错误\n二、简答题\n{s}\n参考答案\n{s}",
    "chapters": "第一节\n{p}\n{p}\n思考题\n{s}\n本章小结\n{p}",
    "reports": "一、工作完成情况\n{p}\n二、存在的主要问题\n{p}\n三、下一步工作打算\n{p}",
}

MAX_SENTENCE = 60
"""Characters of a sentence that is put in."""

_NAMES = [
    "王明",
    "李建国",
    "张秀英",
    "刘洋",
    "陈静",
    "杨帆",
    "赵磊",
    "黄海燕",
    "周涛",
    "吴敏",
    "徐强",
    "孙丽",
    "胡军",
    "朱红",
    "高峰",
]


def texts(kind: str, paragraphs: Sequence[str], count: int) -> Iterator[str]:
    """Yield texts of a kind, the same ones each time, filled with paragraphs."""
    draw = random.Random(kind)
    for _ in range(count):
        text = KINDS[kind]
        for sign in ("{p}", "{s}", "{n}", "{d}"):
            while sign in text:
                text = text.replace(sign, _filled(sign, draw, paragraphs), 1)
        yield text


def _filled(sign: str, draw: random.Random, paragraphs: Sequence[str]) -> str:
    if sign == "{n}":
        return draw.choice(_NAMES)
    if sign == "{d}":
        return str(draw.randrange(100, 99999))
    paragraph = draw.choice(paragraphs)
    return paragraph if sign == "{p}" else paragraph.split("。")[0][:MAX_SENTENCE] + "。"

"""Words that rewriting engines put in the place of others, as found in rewritten documents.

Facts about three families of engines: each entry is the author's word and the word that stands in its place, of two
characters each (`发展进展`: 进展 in the place of 发展).
"""

from __future__ import annotations

from collections.abc import Mapping

ENGINES: Mapping[str, str] = {
    "advance": """
    发展进展 建设建立 项目工程 服务效劳 特别特殊 认识熟悉 研究讨论 提供供应 基础根底 成本本钱 部分局部 一定肯定
    基本根本 推进推动 希望盼望 具体详细 结构构造 情况状况 原因缘由 威胁威逼 储备储藏 能力力量 善于擅长 经验阅历
    延伸延长 牢固坚固 未来将来 采取实行 采用采纳 管理治理 激励鼓励 凝聚分散 观察观看 结束完毕 进行进展 按照根据
    奖励嘉奖 浓厚深厚 氛围气氛 坚定坚决 贡献奉献 满足满意 办法方法 探索探究 必须必需 不足缺乏 帮助帮忙 供应供给
    认真仔细 及时准时 知识学问 一直始终 最后最终 如果假如 因为由于 经常常常 避免避开 减少削减 积极乐观 严重严峻
    增强增加 保护爱护 根据依据 相信信任 信心信念 展开绽开 思考思索 掌握把握 控制掌握 容易简单 交流沟通 激烈剧烈
    强烈猛烈 快乐欢乐 仍然仍旧 所有全部 许多很多 非常特别 安排支配 计划方案 培养培育 素质素养 意见看法 成功胜利
    发现发觉 兴趣爱好 耐心急躁 尊重敬重 锻炼熬炼 热情热忱 改变转变 互相相互 关心关怀 教师老师 迅速快速 深入深化
    熟练娴熟 紧张惊慌 奇怪惊奇 优美美丽 担心担忧 高兴兴奋 著名闻名 坚强顽强 忘记遗忘 马上立刻
    """,
    "unfold": """
    发展开展 提高进步 部分局部 基本根本 基础根底 安全平安 监督监视 服务效劳 建设建立 项目工程 结构构造 健康安康
    规范标准 体现表达 推广推行 成本本钱 激励鼓励 深入深化 不足缺乏 贡献奉献 结束完毕 巩固稳固 加入参加 收集搜集
    方便便利 顺序次序 用户顾客 授课讲课 要求规定 方法措施 充足充分 倡导提倡 拓展拓宽 缺陷缺点 辅助辅佐 反应反响
    实际实践 保存保管 抓住捉住 程度水平 增长增加 繁荣繁华 适应顺应 改进改良 节约节省 效果成效 主题主体 规划计划
    参与介入 关键枢纽 需要需求 了解理解 完善欠缺 符合契合 处理处置 分析剖析 经历阅历 进行停止 选择挑选 具有具备
    影响妨碍 完成实现 必要需要 开始开场 设置设立 特征特点 普通一般 检查反省
    """,
    "steer": """
    能力实力 直接干脆 积极主动 改变变更 研究探讨 控制限制 及时刚好 掌握驾驭 观察视察 充分足够 具体详细 教育教化
    培养造就 保护爱护 注意留意 创造创建 一定确定 复杂困难 使用运用 安全平安 根据依据 知识学问 意见看法 方便便利
    认真细致 提供供应 情况状况 经常常常 减少削减 避免避开 增强增加 发现发觉 尊重敬重
    """,
}
"""The engines, named by a word of theirs (进展, 开展, 驾驭), with what they swap."""


def pairs(engine: str | None = None) -> list[tuple[str, str]]:
    """Return the pairs (author's word, word in its place) of one engine, or of all, sorted."""
    entries = (ENGINES[engine] if engine else " ".join(ENGINES.values())).split()
    return sorted({(entry[:2], entry[2:]) for entry in entries})

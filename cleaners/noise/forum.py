"""Discuz boards: counters, post heads, member boxes."""

from cleaners.rules.rule import LineRole, Position, Rule

RULES = (
    Rule(
        id="forum.counters",
        why="views and replies of a thread",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=r"(?:查看|浏览|阅读) ?[::] ?(?P<views>\d{1,9}) ?(?:\||,)? ?(?:回复|评论) ?[::] ?\d{1,7}",
        match=["查看: 2053|回复: 0"],
        never=["查看:详见附件"],
        rank=2,
    ),
    Rule(
        id="forum.thread_head",
        why="counters of a thread, with its title",
        role=LineRole.BYLINE,
        position=Position.HEADER_END,
        pattern=r"查看 ?: ?(?P<views>\d{1,9}) ?\| ?回复 ?: ?\d{1,7}(?: ?\[[^\]]{1,8}\])? ?(?P<title>[^\[\]]{4,80}?) ?\[复制链接\]",
        match=["查看: 2716 | 回复: 3 [方案] 农村小学课后服务实施方案 [复制链接]"],
        never=["查看:2716份材料", "查看: 12 | 回复: 3"],
        rank=2,
    ),
    Rule(
        id="forum.post_head",
        why="who posted when",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=(
            r"(?:(?P<uploader>[^ ,。:|]{1,20}) (?:\| ?)?)?发表于 ?(?P<published>(?:19"
            r"|20)\d\d-\d{1,2}-\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?)(?: ?\| ?(?:显示全部楼层|只看该作者"
            r"|阅读模式|只看大图|倒序浏览))*(?: 来自 [^。;!?,]{2,20})?(?: ?(?:打印|上一主题|下一主题|电梯直达|楼主))*"
        ),
        required_literals=("发表",),
        match=[
            "qingshan 发表于 2015-12-24 11:38:04 | 显示全部楼层 |阅读模式 打印 上一主题 下一主题",
            "发表于 2018-7-20 10:32:51 | 显示全部楼层 |阅读模式",
            "山风 | 发表于 2018-7-20 10:32:51 | 只看大图 来自 浙江",
        ],
        never=["该文发表于2018年的学报。"],
        rank=2,
    ),
    Rule(
        id="forum.reply_head",
        why="who answered when, below the first post",
        position=Position.FOOTER_START,
        pattern=r"[^ ,。:]{1,20} 发表于 ?(?:19|20)\d\d-\d{1,2}-\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?(?: ?\| ?(?:显示全部楼层|只看该作者|只看大图))*",
        required_literals=("发表",),
        match=["山风 发表于 2017-3-15 08:11"],
        never=["该文发表于2017-3-15的学报。"],
    ),
    Rule(
        id="forum.author",
        why="counters and rank of the author's card",
        pattern=r"\d+ 主题 \d+ 帖子 \d+ 积分|主题 \d+ 帖子 \d+ 积分 \d+|评分 参与人数 ?\d+ .{2,40}|附件 ?: ?.{2,80}\([^()]{2,12}[KM]B, ?下载次数 ?: ?\d+\)|(?:新手上路|注册会员|初级会员|中级会员|高级会员|金牌会员|论坛元老|版主)",
        match=["12 主题 55 帖子 301 积分", "中级会员"],
        never=["中级会员享受九折。"],
    ),
    Rule(
        id="forum.edited",
        why="edit note of a post",
        role=LineRole.BYLINE,
        position=Position.ANY,
        pattern=r"\[? ?本帖最后由.{2,30}编辑 ?\]?",
        match=["本帖最后由 qingshan 于 2015-12-24 11:38 编辑", "[ 本帖最后由 山风 于 2005-12-5 20:25 编辑 ]"],
        never=["本帖最后由版主处理。"],
    ),
    Rule(
        id="forum.foot",
        why="foot of a Discuz board",
        position=Position.TAIL,
        pattern=(
            r"(?:发表回复 ?)?回帖后跳转到最后一页|发表(?:新)?帖子|(?:手机版|Archiver|小黑屋|站点统计)(?: ?\| ?[^。|]{1,40}){1,6}"
            r"|GMT ?\+ ?8 ?,.{0,120}|Powered by .{2,60}|页 ?: ?\[\d+\]|Processed in .{4,60}|B Color Image Link Quote Code(?: Smilies)?"
            r"|马上注册,享受更多.{2,20}|使用道具(?: 举报)?|回复|本版积分规则|返回列表|楼主热帖"
        ),
        match=[
            "发表回复 回帖后跳转到最后一页",
            "手机版|小黑屋|Archiver|青禾网 ( 豫ICP备13000000号 )",
            "GMT+8, 2024-5-6 11:20 , Processed in 0.061224 second(s), 21 queries .",
            "Powered by Discuz! X3.4",
        ],
        never=["回复意见汇总如下。", "GMT+8时区"],
    ),
    Rule(
        id="forum.thread",
        why="the answers of a thread, each with who wrote it, when, how long it is and how often it was read",
        position=Position.FOOTER_START,
        pattern=(
            r".{1,120}【[^【】]{1,24}】 ?[01]\d-[0-3]\d \d\d:\d\d \d{1,5}字 \[\d{1,6}/\d{1,5}\]"
            r"|(?:[|] ?)?(?:回复线索 ?:|主题已经关闭,停止回复\.?)|您是本文第 ?\d{1,8} ?个阅[览读]者"
        ),
        required_literals=("字 ", "线索", "已经", "本文"),
        max_chars=200,
        match=["水渠修好了吗?【山风】08-11 16:58 138字 [140/0]", "| 回复线索:", "您是本文第 154 个阅览者"],
        never=["水渠修好了吗?【山风】", "您是本文的读者"],
    ),
    Rule(
        id="forum.invite",
        why="invitation to register",
        pattern=r"马上注册,(?:结交更多好友|享受更多资源|享用更多功能).{0,40}",
        match=["马上注册,享受更多资源。"],
        never=["马上注册公司,开展业务。"],
    ),
    Rule(
        id="forum.top",
        why="furniture of a board above the thread",
        role=LineRole.BYLINE,
        position=Position.HEAD,
        pattern=(
            r"(?:电梯直达|楼主|沙发|只看该作者|倒序浏览|阅读模式|打印|上一主题|下一主题|\[?复制链接\]?"
            r"|x)(?: ?(?:电梯直达|只看该作者|倒序浏览|阅读模式|打印|上一主题|下一主题))*"
        ),
        match=["打印 上一主题 下一主题"],
        never=["打印材料三份"],
    ),
    Rule(
        id="forum.quote_head",
        why="head of a quoted post",
        position=Position.ANY,
        pattern=r"(?:引用 ?:? ?)?原帖由 ?.{1,24} ?[于在] ?(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2} \d{1,2}:\d{2}(?::\d{2})? ?发表",
        match=["原帖由 山风 于 2005-12-5 10:43 发表", "引用:原帖由 qinghe 于 2006-1-5 09:01:12 发表"],
        never=["原帖由版主发表。"],
    ),
    Rule(
        id="forum.archived_head",
        why="head of a post in a board's archive: author, time, and the title of the first one",
        role=LineRole.BYLINE,
        position=Position.ANY,
        pattern=(
            r"作者 ?: ?(?P<uploader>[^ ,。:|]{1,20}) (?:发表)?时间 ?: ?(?P<published>(?:19|20)\d\d-\d{1,2}-\d{1,2} \d{1,2}:\d{2}(?::\d{2})?)"
            r"(?: 标题 ?: ?(?P<title>.{0,80}))?"
        ),
        match=["作者: 山风 时间: 2005-12-05 18:59", "作者: 山风 时间: 2007-4-26 17:17 标题: 求职信的写法"],
        never=["作者:山风 时间:2005年冬", "作者: 山风 时间: 2005-12-05"],
        rank=3,
    ),
    Rule(
        id="forum.answers",
        why="head and notes of a list of answers",
        position=Position.ANY,
        pattern=(
            r"(?:全部|最新|热门|最热|精彩|网友)(?:评论|回复|回答|跟帖)(?: ?\(? ?\d{1,7} ?[条个]? ?\)?)?"
            r"|(?:已(?:加载|显示)全部|没有更多|暂无更多)(?:评论|回复|回答|跟帖|内容)了?"
            r"|(?:该|此)(?:评论|回复|回答|跟帖|帖子|楼层?)已(?:经|被(?:作者|用户|楼主|管理员)?)?(?:删除|隐藏|屏蔽|折叠)"
            r"|最[热新早](?: ?\|? ?最[热新早]){1,2}|(?:共(?:收到)? ?)?\d{1,7} ?[条个] ?(?:评论|回复|回答|跟帖)"
        ),
        match=[
            "全部评论(3)",
            "最热 最新",
            "该楼层已被管理员屏蔽",
            "共收到 10 条回复",
            "已加载全部评论",
            "该评论已删除",
            "最新评论 12条",
        ],
        never=["全部评论均已整理成册。", "最新回复如下:", "该评论已删除多年"],
    ),
    Rule(
        id="forum.counts",
        why="counters and buttons of a post, and what a board counts of its poster, between other noise",
        context_only=True,
        position=Position.ANY,
        pattern=(
            r"\d{1,7} ?个赞(?: ?\d{1,7} ?个(?:回复|心))?|引用 ?\d{1,6} ?[楼#]"
            r"|\d{1,7} ?篇帖子 ?(?:• ?)?(?:分页 ?: ?)?\d{1,5} ?/ ?\d{1,5}|\d{1,7} ?篇帖子 ?• ?第 ?\d{1,5} ?页(?: ?,? ?\(?共 ?\d{1,5} ?页\)?)?"
            r"|级别 ?: ?\S{1,12} 威望 ?: ?-?[\d.]{1,8} 发帖 ?: ?\d{1,8}"
        ),
        match=[
            "3 个赞",
            "引用5楼",
            "5 篇帖子 • 分页: 1 / 1",
            "12 篇帖子 • 第 1 页 (共 2 页)",
            "级别: 学徒 威望: 0 发帖: 12",
        ],
        never=["得了 3 个赞", "3 个赞助商", "引用 5 楼的原话", "5 篇帖子", "级别:一级"],
    ),
    Rule(
        id="forum.printed",
        why="head of a printed thread",
        position=Position.HEAD,
        pattern=r"(?:标题 ?: ?(?P<title>.{2,80}?) ?)?\[打印本页\]|Board logo",
        match=["标题: 求职信的写法 [打印本页]", "[打印本页]"],
        never=["打印本页后签名。"],
        rank=3,
    ),
    Rule(
        id="forum.seen",
        context_only=True,
        why="how often a thread was read and answered, beside the button that copies its address",
        position=Position.HEAD,
        pattern=r"(?P<views>\d{1,8}) ?\| ?\d{1,6}",
        required_literals=("|",),
        max_chars=20,
        match=["1849|12", "10205 | 54"],
        never=["1849|12|3", "甲|12"],
    ),
)

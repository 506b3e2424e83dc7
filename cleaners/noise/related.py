"""What stands below the text: related documents, comments, article information."""

from cleaners.rules import Place, Rule

RULES = (
    Rule(
        id="related.head",
        why="head of a list of other documents; what follows is no text",
        place=Place.END,
        pattern=(
            r"[-—=>【\[]{0,3}(?:(?:与?本文?)?相关(?:内容|文章|文档|推荐|阅读|资源|资料|搜索|范文|信息|链接"
            r"|主题|帖子|下载|的?更多)|(?:猜你|您可能|你可能|大家)(?:感?兴?趣?喜欢|(?:还|也|都)(?:喜欢|在看"
            r"|在搜|感兴趣的?).{0,6}|感兴趣的.{0,6})|(?:最近|最新)(?:更新|文章|文档|发布|上传)|(?:热门|精彩"
            r"|推荐|延伸|扩展|热点|精品|随机|编辑|本站|小编(?:精心)?)(?:推荐|文章|阅读|排行|文档|搜索|标签"
            r"|资讯|范文|内容)(?:阅读)?|更多(?:相关|精彩|范文).{0,8}|文章(?:搜索|推荐|评论)|用户评论"
            r"|文档评论 ?\(?\d*\)?|网友评论.{0,8}|(?:发表|最新|全部)评论|评论(?:列表|区)|关于本文|联系我们"
            r"|下载排行榜?|阅读排行榜?|标签云?:?|上一篇 ?:.{0,60}|下一篇 ?:.{0,60}|本类(?:最新|热门"
            r"|推荐).{0,6}|网友(?:正在|都在)(?:看|搜).{0,6}|站内搜索|热门排行 ?:.{0,80})[】\]-—=]{0,3} ?:?"
        ),
        match=[
            "相关文章",
            "相关推荐",
            "文档评论(0)",
            "最近更新",
            "关于本文",
            "热门排行: 教你如何写建议书",
            "猜你喜欢",
            "上一篇:学习笔记",
        ],
        never=["相关文章指出,改革仍需深化。", "最新更新的目录由市级公布。", "联系我们的生活实际"],
    ),
    Rule(
        id="related.this",
        why="the page speaks of its own article",
        place=Place.TAIL,
        pattern=(
            r"(?:本文|文章)(?:标题|链接|地址|作者|关键词|标签|来源) ?[:].{1,200}|已有 ?\d* ?人(?:发表了?评论"
            r"|阅读|围观).{0,10}|全书完|共 ?\d+ ?条评论.{0,10}|(?:赞|踩|顶|有用|没用)(?: ?\(? ?\d* ?\)?)?"
        ),
        match=["本文标题:在全县大会上的讲话", "已有0人发表了评论", "全书完"],
        never=["本文作者认为,改革要稳步推进。", "文章来源于生活"],
    ),
    Rule(
        id="related.alphabet",
        why="alphabet index",
        place=Place.TAIL,
        pattern=r"(?:[A-Z] ?){20,26}",
        match=["A B C D E F G H I J K L M N O P Q R S T U V W X Y Z"],
        never=["A B C D"],
    ),
    Rule(
        id="related.missing",
        why="what a site says where a list is empty",
        place=Place.TAIL,
        pattern=r"不存在或已删除|暂无(?:评论|相关.{0,6}|数据|内容)|没有更多了?|没有找到相关.{0,6}",
        match=["不存在或已删除", "暂无评论"],
        never=["暂无相关规定的,参照执行。"],
    ),
)

"""Runs of lines that are noise together, on pages of any engine."""

from cleaners.templates import Block

BLOCKS = (
    Block(
        id="block.notice",
        why="numbered terms of a document site below their head: every item speaks of the site, files or money",
        begin=r"【?(?:[一-鿿A-Za-z]{2,6}(?:网|文库))?(?:温馨提示|下载声明|下载须知|版权提示|友情提示|特别提示|特别说明|购买须知|用户须知|免责声明)】? ?:?",
        inner=(
            r"[(]?\d{1,2} ?[、.:)] ?.*(?:本站|本平台|平台|网站|网友|上传|下载|文档|文件|预览|客服|版权|侵权|会员|积分|压缩|解压).*"
        ),
        least=1,
        lines=14,
    ),
    Block(
        id="block.book",
        why="above a chapter: the shelf and the name of its book run together, and the number of the book",
        begin=r"书城.{3,80}",
        end=r"\d{12,14}",
        lines=1,
    ),
    Block(
        id="block.answer",
        why="buttons below an answer: liked, disliked, comments, what the reader thinks of it",
        begin=r"已?赞过? ?\d{0,6}",
        inner=r"已?踩过? ?\d{0,6} ?<?|评论 ?\d{0,6}|收起|[你您]对这个回答的评价是\??|分享|举报|\d{1,6}",
        least=2,
        lines=8,
    ),
)

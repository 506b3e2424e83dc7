"""Only documents are stored: pages that stand in their place are told from documents that look like them."""

from __future__ import annotations

import base64
import gzip
import random
from pathlib import Path

import pytest

from cleaners.clean import clean
from cleaners.model import Page
from cleaners.verdicts import block_pages
from cleaners.verdicts.block_page_kinds import BLOCK_PAGES as BLOCK_PAGE_KINDS
from crawler.files.signatures import is_no_page
from pipelines.drops import BLOCK_PAGES as DROPS
from pipelines.drops import drop_reason
from tests.block_pages import BLOCK_PAGES, lookalikes
from tests.deadlines import cpu_deadline
from tests.hostile import Hostile, answer
from tests.live import Live
from tests.test_response_checks import GOOD, at_200, counted, crawl, of_kind

PAGES = [(kind, page) for kind, pages in BLOCK_PAGES.items() for page in pages]


def test_every_kind_has_its_drop() -> None:
    assert {kind.name for kind in BLOCK_PAGE_KINDS} == set(DROPS)


@pytest.mark.parametrize(("kind", "page"), PAGES, ids=[f"{kind}-{n}" for n, (kind, _) in enumerate(PAGES)])
def test_a_block_page_is_no_document(kind: str, page: str) -> None:
    document = clean(Page(body=page, url="http://a.example/d/1"))
    assert (document.block_page, document.text, document.key) == (kind, "", None)
    assert "no_text" in document.flags
    assert drop_reason(document) is DROPS[kind]


@pytest.mark.matrix(
    row=26,
    promise="two pages of each of 13 kinds (maintenance, database, parked, 备案, region, rate, challenge …): 0 stored",
)
def test_no_block_page_is_stored(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    sent = [page for pages in BLOCK_PAGES.values() for page in pages[:2]]
    routes = [route for page in sent for route in (at_200(page), at_200(GOOD.replace("升旗", f"第{len(page)}次升旗")))]
    ran = crawl(live, hostile, tmp_path, *routes)
    documents = (
        "升旗仪式讲话稿",
        "号工作总结",
    )  # the latter is what a page that leads on may lead to: /d/* of the server
    assert {record["title"] for record in ran.records() if not record["title"].endswith(documents)} == set()
    assert ran.summary.rejected == len(sent), ran.summary.reasons
    assert counted(ran, "Maintenance") == 2


@pytest.mark.matrix(
    row=26, promise="400 documents on maintenance, 备案, database errors and the like: all stay documents"
)
def test_documents_that_look_like_block_pages_stay() -> None:
    lost, count = [], 0
    for page, title, sentence in lookalikes():
        document = clean(Page(body=page, url="http://a.example/d/1"))
        count += 1
        if document.block_page or sentence not in document.text:
            lost.append((title, document.block_page))
    assert (lost, count) == ([], 400)


SHORT = {
    "静夜思": ["床前明月光，疑是地上霜。", "举头望明月，低头思故乡。"],
    "春联": ["春风入喜财入户", "岁月更新福满门"],
    "校训": ["厚德博学"],
    "通知": ["今天下午两点开会，请准时参加。", "办公室"],
    "启事": ["本店因店面搬迁，暂时停业三天，请您谅解。"],
    "感谢信": ["感谢您的关心和帮助，我们一家永远记在心里。"],
    "数据库习题": ["1. 数据库连接失败的原因有哪些？", "2. 什么是事务？"],
    "目录": ["第一章 网站建设", "第二章 系统维护", "第三章 数据库", "第四章 备案"],
    "温馨提示": ["请勿将宠物带入电梯。"],
    "图书馆公告": ["自动还书系统出现故障，请读者到柜台还书。"],
    "503班春游名单": ["张三 李四 王五", "赵六 孙七 周八"],
    "网页错误代码大全": ["400 请求无效", "403 禁止访问", "404 找不到网页", "500 服务器内部错误"],
    "填表说明": ["未满十八周岁的，由监护人代填。"],
    "便条": ["小李：你要的文件没有找到，我明天再去档案室看看。"],
    "文件丢失情况说明": ["办公室搬迁时，三份文件丢失。", "经多方查找，没有找到。"],
    "Notice": ["The library will be closed for maintenance from May 3 to May 8. We are sorry for the inconvenience."],
}


@pytest.mark.parametrize("title", SHORT)
@pytest.mark.parametrize("head", ["", "<script src=captcha.js></script>", "<script>document.cookie='a=1'</script>"])
def test_a_short_document_is_one(title: str, head: str) -> None:
    lines = "".join(f"<p>{line}</p>" for line in SHORT[title])
    page = f"<html><head><title>{title}_示范文库</title>{head}</head><body><h1>{title}</h1>{lines}</body></html>"
    assert clean(Page(body=page, url="http://a.example/d/1")).block_page is None


@pytest.mark.parametrize("wall", ["要回复问题请先登录或注册", "登录后方可回帖", "您需要登录后才可以发表评论"])
def test_who_may_answer_is_no_wall(wall: str) -> None:
    page = f"<!DOCTYPE html><title>怎么晒谷子</title><h1>怎么晒谷子</h1><p>摊薄一点，勤翻。</p><p>{wall}</p>"
    document = clean(Page(body=page, kind="html"))
    assert document.block_page is None
    assert document.text.startswith("摊薄一点，勤翻。")


def test_a_poem_above_a_wall_is_a_document() -> None:
    poem, wall = "渠边新柳绿，闸口水声长。\n南坡种豆忙，北坞采茶香。", "（阅读全部图文内容，您需要先登录！）"
    assert clean(Page(body=f"渠边\n{poem}\n{wall}", kind="text")).text.endswith(poem)
    assert clean(Page(body=f"未登录\n开通VIP，畅享免费电子书\n开通VIP\n\n{poem}\n", kind="text")).text.endswith(poem)
    for said in ("访问过于频繁，请稍后再试。\n请完成验证，继续访问。", "万卷藏书尽在这里\n每天都有新内容，欢迎常来坐"):
        assert clean(Page(body=f"渠边\n{said}\n{wall}", kind="text")).text == ""


@pytest.mark.parametrize("wall", ["请登录后回复可见", "请先登录，评论后才可查看全文"])
def test_what_only_who_answers_may_read_is_one(wall: str) -> None:
    document = clean(Page(body=f"<!DOCTYPE html><title>怎么晒谷子</title><p>{wall}</p>", kind="html"))
    assert not document.text


def test_a_document_cleaned_before_is_judged_no_more() -> None:
    text = "网站正在升级维护，请稍后访问。"
    assert clean(Page(body=text, kind="text")).text == ""
    assert clean(Page(body=text, kind="text", script="Hans")).text == text


PROSE = "今年以来，村里组织党员群众清理沟渠，修补道路，安装路灯，面貌有了明显变化。"
SCRIPT = f"(function(){{var a=document.getElementById('x');a.innerHTML='{PROSE}';if(a){{a.show();}}}})();"
NO_PAGES = {
    "JSON": b'{"code":403,"msg":"no"}',
    "JSON with prose": f'{{"code":0,"data":{{"text":"{PROSE}"}}}}'.encode(),
    "JSON with a byte order mark": b'\xef\xbb\xbf[{"a":"b"}]',
    "JSONP": b'callback({"code":1,"msg":"x"});',
    "JSON that is cut": b'{"code":1,"data":{"list":[{"a":"b","c":"d"},{"a":"b"',
    "a script": SCRIPT.encode(),
    "a packed script": b"var _0x12=['a','b'];function f(a){return _0x12[a];}",
    "a library": b"/* a library */\n!function(e,t){e.x=t;}(this,1);",
    "a script that leads on": b"location.href='/login';",
    "a style sheet": b"/* page */ body{margin:0;padding:0}\n.a{color:red}",
    "base64": base64.b64encode(random.Random(1).randbytes(900)),
    "base64 in lines": base64.encodebytes(random.Random(1).randbytes(900)),
    "RSS": b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>',
    "an error in XML": b'<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>',
    "SVG": b"<svg xmlns='a'><text>x</text></svg>",
    "PDF in ASCII": b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\nendobj",
    "PDF behind a blank line": b"\r\n%PDF-1.4\n1 0 obj",
    "SQLite": b"SQLite format 3\0" + bytes(100),
    "WebP": b"RIFF\x10\0\0\0WEBPVP8 ",
    "MP4": b"\0\0\0\x18ftypmp42",
    "tar": b"a.txt" + bytes(252) + b"ustar\x0000",
    "RTF": b"{\\rtf1\\ansi x}",
    "gzip": gzip.compress(GOOD.encode()),
    "XML of any root": b'<?xml version="1.0"?>\n<root><ret>404</ret></root>',
    "a style sheet of variables": b":root{--main:#06f;--bg:#fff}\n@media(max-width:9px){.a{display:none}}",
    "a script behind a semicolon": b";(function($){$.fn.tip=function(o){return this;};})(jQuery);",
    "a strict script": b'"use strict";window.a={b:1};',
    "a program's source": b"<?php\n$id = intval($_GET['id']);\necho rows($id);\n?>",
    "chunks that were not joined": b"1f4\r\n<html><body><p>" + PROSE.encode() + b"</p>\r\n0\r\n\r\n</body></html>",
    "hexadecimal": random.Random(1).randbytes(400).hex().encode(),
    "escapes": b"\\u5de5\\u4f5c" * 30,
    "a playlist": b"#EXTM3U\n#EXTINF:10.0,\nseg0.ts\n",
    "robots.txt": b"User-agent: *\nDisallow: /admin/\n",
}


@pytest.mark.matrix(
    row=28, promise="JSON, scripts, styles, base64, feeds, XML data, PDF, SQLite, media labelled as HTML: 0 stored"
)
@pytest.mark.parametrize("name", NO_PAGES)
def test_what_is_no_page_is_no_document(name: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    assert is_no_page(NO_PAGES[name])
    ran = crawl(live, hostile, tmp_path, of_kind("text/html; charset=utf-8", NO_PAGES[name]), at_200(GOOD))
    assert [record["title"] for record in ran.records()] == ["升旗仪式讲话稿"]
    assert ran.summary.reasons == {"OtherKind": 1}


@pytest.mark.parametrize(
    "text",
    [
        "<p>x</p>",
        PROSE,
        "var是一个关键字，用来声明变量。",
        "{前言}本书分三章。",
        "[1] 张三，论文。\n[2] 李四，专著。",
        f'{{"a":1}}是一段JSON。{PROSE}',
        "if (条件成立) 我们就这样写：先做一件事，再做另一件事，最后总结一下。",
        "function (函数)是程序的基本单位，本章介绍函数的定义、调用和参数传递。",
        "body{margin:0}是样式表里最常见的一行，本节讲解它的含义、写法和常见的错误用法，供初学者参考。",
        "document.cookie is a property of pages, which scripts can read and write, as this article shows.",
        "MZ世代的消费观念",
        "//这是一行注释\n正文从这里开始。",
        '<?xml version="1.0"?><!DOCTYPE html><html></html>',
        '<?xml version="1.0"?><wml><card><p>x</p></card></wml>',
        "<?php include 'top.php'; ?><html><body><p>x</p></body></html>",
        f"User-agent: 这是robots.txt的第一行。\n{PROSE}",
        "<!-- cached --><html>",
    ],
)
def test_texts_that_begin_as_code_does_are_texts(text: str) -> None:
    assert not is_no_page(text.encode())


@pytest.mark.parametrize("unit", ["{", '{"', "/*", "//\n", "a", "<!--", "a.b(", ".a ", "<script>", "</", "。", "您"])
def test_any_body_is_judged_in_linear_time(unit: str) -> None:
    with cpu_deadline(20):
        is_no_page(unit.encode() * 1_000_000)
        block_pages.judge([unit * 80], [unit * 80] * 200, unit * 1500, unit * 1_000_000)


def test_a_text_of_many_lines_is_no_block_page_for_one_of_them() -> None:
    """The strings of a program have messages of failures as well."""
    strings = [
        "旋转",
        "裁剪",
        "曝光",
        "红眼",
        "相册",
        "事件",
        "缩略图",
        "边框",
        "色温",
        "锐化",
        "导出",
        "抱歉！您的图片不存在。",
    ]
    assert block_pages.judge([], strings, "\n".join(strings)) is None
    assert block_pages.judge([], strings[-2:], "\n".join(strings[-2:])) == "soft_not_found"


def test_lines_that_a_program_fills_in_are_no_block_page() -> None:
    strings = ["%s：无法启动服务器：错误代码%lu", "无法读取 %1$s", "数据库连接失败"]
    assert block_pages.judge([], strings, "\n".join(strings)) is None
    filled = ["水渠：无法启动服务器：错误代码7", "无法读取闸门", "数据库连接失败"]
    assert block_pages.judge([], filled, "\n".join(filled)) == "server_error"
    assert block_pages.judge([], filled[-1:], "100%的时间\n数据库连接失败") == "server_error"


def test_messages_that_say_nothing_to_a_visitor_are_a_programs() -> None:
    messages = ["操作成功", "操作失败", "内存不足", "无效的参数", "连接超时", "地址错误", "没有数据"]
    assert block_pages.judge([], messages, "\n".join(messages)) is None
    five = ["不支持", "操作失败", "端口", "解析服务的名字", "返回前先关闸"]
    assert block_pages.judge([], five, "\n".join(five)) is None, "what a program does before it returns leads nowhere"
    for back in ("返回前一页", "返回前页"):
        shown = ["访问失败", "页面不存在", "参数错误", "数据库错误", back]
        assert block_pages.judge([], shown, "\n".join(shown)) == "server_error"
    few = messages[1:3]
    assert block_pages.judge([], few, "\n".join(few)) == "message"
    told = [*messages, "抱歉，您访问的页面出错了。"]
    assert block_pages.judge([], told, "\n".join(told)) is not None
    asked = ["登录后查看", "登录", "注册", "忘记密码", "立即登录", "登录后阅读全文", "免费注册"]
    assert block_pages.judge([], asked, "\n".join(asked)) == "login"


CUT = {
    "a close in a comment": GOOD[:-60].encode() + b"<!-- </body></html> -->",
    "a close in a script": GOOD[:-60].encode() + b"<script>document.write('</html>')</script>",
    "inside a tag": b"<p>" + PROSE.encode() + b"<p class='a",
    "one character": "各".encode(),
    "a few characters": "各位老师".encode(),
}


@pytest.mark.matrix(row=25, promise="a close in a comment or script, an end in a tag, a few characters: cut, 0 stored")
@pytest.mark.parametrize("name", CUT)
def test_what_is_cut_is_no_document(name: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    ran = crawl(live, hostile, tmp_path, of_kind("text/html; charset=utf-8", CUT[name]), at_200(GOOD))
    assert len(ran.records()) == 1
    assert ran.summary.reasons == {"Cut": 1}


@pytest.mark.parametrize(
    "page",
    [
        GOOD + "<!-- cached </html> -->",
        GOOD.replace("<body>", "<body><script>a='</html>'</script><!-- a -->"),
        GOOD.replace("<body>", "<body><!-- "),
        GOOD + "<script>never ends",
    ],
)
def test_what_closes_is_whole(page: str, live: Live, hostile: Hostile, tmp_path: Path) -> None:
    assert len(crawl(live, hostile, tmp_path, at_200(page)).records()) == 1


def test_a_length_that_is_wrong_stores_nothing(live: Live, hostile: Hostile, tmp_path: Path) -> None:
    ran = crawl(live, hostile, tmp_path, lambda ask: answer(GOOD, headers={"Content-Length": "5,5"}), at_200(GOOD))
    assert len(ran.records()) == 1


@pytest.mark.parametrize(
    "strings",
    [
        ["下拉刷新", "加载中", "加载成功", "加载失败"],
        ['{"save": "保存失败"}', '{"load": "加载失败"}', '{"empty": "没有数据"}'],
        ["Server certificate has expired: 服务器证书已过期", "Failed to load the page: 页面加载失败"],
        ["渠务", "打开闸口", "贴上", "无法访问该页面，请重试。"],
        ["关闭所有的闸，因为已无法访问。", "关闭东渠的闸口和堤坝", "关闭西渠"],
        ["无法连接服务器", "打不开 %s"],
        ["换文件", "取消文件", "开", "关", "取消文件: {0}?"],
        ["接口标记", "接口连接失败", "接口时钟", "闸口"],
        ["请求失败", "水位验证错误", "闸口验证错误"],
        ["没有权限访问", "没有权限访问", "没有权限访问", "先问一问"],
        ["换到 ${route} 线路，请稍候", "找到 ${hits} 条渠", "网络错误"],
        ["请选择闸口", "加载中", "请输入流量"],
        ["加载中", "点击开闸", "点击关闸"],
        ["您确定要离开此页面吗？改动都会丢失", "重设", "记下"],
        ["抱歉，找不到您要的页面", "天前", "小时前"],
        ["连接数据库失败", "抱歉，水尺的编号已被占用！", "请联系管理员"],
        ["无权限查看", "页面不存在", "正在维护中", "请先登录"],
        ["放水中", "正在放水，请稍候", "放水错误", "放水已经停止", "网络错误"],
        ["加载水位出错！", "载入页面时出错：", "水尺已换！"],
        ["没有数据", "开闸", "关闸", "放水", "停水"],
        ["网络错误，不再读", "水位没有变，不记", "先量后记，再换算", "按米换算", "记下读数"],
        ["下拉刷新", "松开刷新", "加载中", "刷新成功"],
        ["开闸", "关闸", "清淤", "量水", "向右滑动验证", "验证通过"],
        ["您的电子邮件地址已被禁止寄信给各家。", "电邮地址已被禁用。"],
    ],
    ids=[
        *("states", "objects", "values", "mostly other words", "what is done to several things", "filled in"),
        *("filled in, and one", "names first", "one outcome of several", "again", "filled in by code"),
        *("a form", "what a click does", "asked before", "units", "an answer", "of three kinds"),
        *("goes on", "loud outcomes", "commands", "clauses", "pulled", "passed", "mail"),
    ],
)
def test_what_is_said_of_one_thing_in_turn_is_no_message(strings: list[str]) -> None:
    assert block_pages.judge([], strings, "\n".join(strings)) is None


@pytest.mark.parametrize(
    "lines",
    [
        ["登录后可查看全文", "登录后可打印本页", "登录后可做笔记", "注册账号"],
        ["该文档需要付费阅读", "支付 3 元", "支付宝付款", "支付遇到困难", "支付成功"],
        ["系统维护中", "系统公告", "系统将于明早恢复", "系统升级说明"],
        ["资料已被删除", "资料推荐", "资料正在审核", "资料中心"],
        ["您的访问被拒绝", "IP: 8.8.8.8（水口县）", "Date: 2022年3月4日"],
        ["Warning: 数据库连接失败", "Fatal error: 系统错误"],
        ["抱歉，资料不存在", "推荐资料", "修渠制度", "守闸手册", "领料单"],
        ["水口网", "渠务", "闸口", "农田", "页面不存在", "返回首页"],
        ["正在检查您的浏览器", "水口网", "渠务", "数据加载", "站点防护"],
        ["对不起，您没有权限查看", "请联系管理员", "编号 %d"],
        ["系统发生错误", "错误代码：%s"],
        ["请登录后查看全文", "本月还可阅读{n}篇"],
        ["系统繁忙", "点击刷新", "点击返回首页"],
        ["请先登录", "请输入用户名", "请输入密码"],
        ["页面不存在", "可能的原因：", "您没有权限访问。", "资料已被删除。", "服务器正在维护。"],
        ["加载中", "加载失败，点击重试"],
        ["安全验证", "向右滑动完成验证", "验证成功", "验证失败", "换一张"],
    ],
    ids=[
        *("log in", "pay", "maintained", "deleted", "address and day", "what a server writes", "other documents"),
        *("menu", "challenge", "number to the visitor", "number", "quota"),
        *("clicks", "to log in", "reasons", "loading", "captcha"),
    ],
)
def test_what_a_page_says_beside_its_message_is_no_list_of_a_program(lines: list[str]) -> None:
    assert block_pages.judge([], lines, "\n".join(lines))


def test_a_place_with_a_name_is_a_programs_whatever_is_left_beside() -> None:
    strings = ["出现错误，点击重试", "点击加载闸口的图{gateName}", "加载中……"]
    assert block_pages.judge([], strings, "\n".join(strings[:2]), page_text="\n".join(strings)) is None


def test_one_state_and_the_buttons_below_it_are_a_message() -> None:
    for lines in (
        ["加载失败", "返回首页", "返回上一页", "返回列表"],
        ['{"code": "加载失败"}'],
        ["青禾网", "页面不存在", "返回首页", "联系管理员"],
        ["系统发生错误", "#0 /www/index.php(20): App->run()", "#1 {main}"],
    ):
        assert block_pages.judge([], lines, "\n".join(lines)), lines

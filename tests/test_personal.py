"""Personal data is found in every spelling, and what only looks like it stays."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaners.personal.masking import NAMES, mask, mask_record
from tests.deadlines import cpu_deadline
from tests.documents import ADDED, document
from tests.personal import digits, seeded

ID, MOBILE, EMAIL, CARD = NAMES.values()

MASKED = {
    "身份证号11010519491231002X": f"身份证号{ID}",
    "身份证：１１０１０５１９４９１２３１００２ｘ。": f"身份证：{ID}。",
    "110105 19491231 002X": ID,
    "110105-1949-1231-002x": ID,
    "学籍号G11010519491231002X": f"学籍号G{ID}",
    "身份证编号110105491231002": f"身份证编号{ID}",
    "身份证号110105194912310021（误）": f"身份证号{ID}（误）",
    "张三13812345678李四13912345678": f"张三{MOBILE}李四{MOBILE}",
    "电话：138-1234-5678": f"电话：{MOBILE}",
    "138 1234 5678": MOBILE,
    "138.1234.5678": MOBILE,
    "138\u200b1234\u200b5678": MOBILE,
    "手机1 3 8 1 2 3 4 5 6 7 8": f"手机{MOBILE}",
    "+86 138 1234 5678": MOBILE,
    "（0086）13812345678": f"（0086）{MOBILE}",
    "8613812345678": MOBILE,
    "订票：13812345678": f"订票：{MOBILE}",
    "报名登记13812345678": f"报名登记{MOBILE}",
    "合同编号见附件，李某13812345678": f"合同编号见附件，李某{MOBILE}",
    "项目代码另行通知李某13812345678": f"项目代码另行通知李某{MOBILE}",
    "Tel13812345678": f"Tel{MOBILE}",
    "wx13812345678": f"wx{MOBILE}",
    "1.13812345678": f"1.{MOBILE}",
    "0755-12345678/13812345678": f"0755-12345678/{MOBILE}",
    "李四，25，13812345678": f"李四，25，{MOBILE}",
    "电话 010 65123456 138 1234 5678": f"电话 010 65123456 {MOBILE}",
    "a.b-c_d@mail.example.edu.cn。": f"{EMAIL}。",
    "ａｂｃ＠１６３．ｃｏｍ": EMAIL,
    "abc@163。com，": f"{EMAIL}，",
    "13812345678@qq.com": EMAIL,
    "abc @ qq.com": EMAIL,
    "abc（at）163.com": EMAIL,
    "abc#qq.com（把#换成@）": f"{EMAIL}（把#换成@）",
    "abc at gmail dot com": EMAIL,
    "微信abc\n13812345678": f"微信abc\n{MOBILE}",
    "￥\n13812345678": f"￥\n{MOBILE}",
    "6222021001116245702": CARD,
    "6222 0210 0111 6245 702": CARD,
    "6222-0210-0111-6245-702": CARD,
    "卡号：622202 1001116245702": f"卡号：{CARD}",
    "4111111111111111": CARD,
    "开户行：某行某支行，账号4222222222222": f"开户行：某行某支行，账号{CARD}",
    "手机(139)12345678": f"手机{MOBILE}",
    "139·1234·5678": MOBILE,
    "139_1234_5678": MOBILE,
    "13912345678 万先生": f"{MOBILE} 万先生",
    "13912345678股东": f"{MOBILE}股东",
    "手机：139/1234/5678": f"手机：{MOBILE}",
    "手机（139）1234-5678": f"手机{MOBILE}",
    "电话（１３９）１２３４－５６７８": f"电话{MOBILE}",
    "电话139(1234)5678": f"电话{MOBILE}",
    "电话139（12345678）": f"电话{MOBILE}",
    "联系人(139)1234 5678": f"联系人{MOBILE}",
    "+86 (139) 1234-5678": MOBILE,
    "李某139・1234・5678": f"李某{MOBILE}",
    "电话139。1234。5678": f"电话{MOBILE}",
    "139——1234——5678": MOBILE,
    "李某13912345678元先生": f"李某{MOBILE}元先生",
    "13912345678亿女士": f"{MOBILE}亿女士",
    "13912345678吨先生": f"{MOBILE}吨先生",
    "13912345678个人号码": f"{MOBILE}个人号码",
    "李某13912345678件事": f"李某{MOBILE}件事",
    "13912345678张老师": f"{MOBILE}张老师",
    "13912345678万芳": f"{MOBILE}万芳",
    "手机1 3 9 1 2 3 4 5 6 7 8": f"手机{MOBILE}",
    "手机号：1391 234 5678": f"手机号：{MOBILE}",
    "身份证110105_19491231_002X": f"身份证{ID}",
    "身份证110105/19491231/002X": f"身份证{ID}",
    "110105·1949·1231·002X": ID,
    "(110105)19491231002X": ID,
    "卡号6222_0210_0111_6245_702": f"卡号{CARD}",
    "卡号6222/0210/0111/6245/702": f"卡号{CARD}",
    "6222·0210·0111·6245·702": CARD,
    "a [at] qq [dot] com": EMAIL,
    "a(at)qq(dot)com": EMAIL,
    "a at qq dot com": EMAIL,
    "a【at】qq【点】com": EMAIL,
    "a艾特qq点com": EMAIL,
    "zhang_at_163.com": EMAIL,
    "a[at]pku[dot]edu[dot]cn": EMAIL,
    "ａ［ａｔ］ｑｑ［ｄｏｔ］ｃｏｍ": EMAIL,
    "a @ qq . com": EMAIL,
    "mailto:a@qq.com": f"mailto:{EMAIL}",
    "http://x.com/?mail=zhang@qq.com": f"http://x.com/?mail={EMAIL}",
    "电话第13912345678号": f"电话第{MOBILE}号",
    "拨打13812345678号联系": f"拨打{MOBILE}号联系",
    "（+86）13812345678": f"（+86）{MOBILE}",
    "138 1234 5678 （王）": f"{MOBILE} （王）",
    "联系电话 13812345678 13912345678": f"联系电话 {MOBILE} {MOBILE}",
    "QQ/微信 13812345678": f"QQ/微信 {MOBILE}",
    "张13812345678 李13912345678": f"张{MOBILE} 李{MOBILE}",
    "1、13812345678": f"1、{MOBILE}",
}
STAYS = [
    "[[-154.75474165, -147.03498585], [141.62745778, 95.02891072]]",
    '<a name="6304693169100794663"></a>',
    "abc\n@qq.com",
    "138****5678，110105********002X，6222 **** **** 5702",
    "1381234XXXX",
    "国办发〔2024〕13号，豫政办〔2023〕138号",
    "2024年1月15日13时30分",
    "合同编号：13812345678",
    "合同编号：HT-13812345678",
    "合同编号为：13812345678；项目（编号：13812345678）",
    "订单号13812345678，流水号6222021001116245702",
    "No.13812345678",
    "发票号码：13812345678",
    "统一社会信用代码：91110108MA01ABCD2X",
    "统一社会信用代码911101085923662400",
    "营业执照注册号110108491231002",
    "ISBN 978-7-5001-2345-6",
    "ISBN 9787500123453",
    "总投资13812345678元，其中中央资金13812345678.50元",
    "占比0.13812345678",
    "¥13812345678",
    "产量15912345678吨",
    "总额15000000000",
    "地区生产总值由13812345678万元增至15912345678万元",
    "电话：010-65123456，传真：0755-12345678转801",
    "服务热线400-810-1234、12345",
    "2019 2020 2021 2022",
    "2019-2020-2021-2022",
    "3500 4200 5100 6000",
    "12 138 1234 5678 99",
    "20240315123456789",
    "110105199902300021",
    "110105194912310021",
    "6222021001116245703",
    "身高138 体重12345678",
    "123456789012345678901234567890",
    "sha256 3a13812345678f",
    "型号GB13812345678、图号138-12345678A",
    "@某某 转发微博 @全体成员",
    "单价3@2.5元",
    "第13页共15页",
    "1381234567",
    "138123456789",
    "条形码6901234567892",
    "邮编：510000，QQ群：123456789",
    "选择题答案：1 4 3 2 2 1 4 3 1 2 4。",
    "1 3 0 0 1 0 0 2 0 0 1",
    "1-3-0-0-1-0-0-2-0-0-1",
    "1.3.8.1.2.3.4.5.6.7.8",
    "版本号18812345678",
    "构建号13812345678",
    "X=13812345678",
    "第13812345678号文件",
    "国发〔2024〕13812345678号",
    "￥13812345678",
    "人民币13812345678",
    "金额：13812345678",
    "总计13812345678",
    "13812345678日圆",
    "13812345678卢布",
    "13812345678韩元",
    "€13812345678",
    "RMB 13812345678",
    "USD13812345678",
    "₽13812345678",
    "13812345678平方公里",
    "13812345678千瓦时",
    "13812345678 公斤",
    "13812345678.pdf",
    "报告13812345678.docx，请下载",
    "http://a.example/13812345678.html",
    "www.a.com/p/13812345678",
    "https://a.cn/x?id=13812345678&p=2",
    "10.13345/j.cnki.13812345678",
    "DOI:10.1000/13812345678",
    "git@github.com:demo/a.git",
    "git@gitee.com",
    "ssh://git@github.com/a/b.git",
    "https://user@host.com/x",
    "postgres://root:pw@db.example.com/x",
    "root@host.example.com:/data/x",
    "logo@2x.png",
    "pkg@1.0.beta",
    "x@W.dot(y)",
    "1985 1990 199",
    "15000 162000",
    "1350 1420 156",
    "C:\\docs\\13812345678",
    "/srv/a/13812345678/x",
    "13812345678≈1.38×10^10",
    "约13812345678件",
    "共13812345678人。",
    "13812345678个，",
    "13812345678万",
    "13812345678 亿元",
    "工号13812345678",
    "车架号13812345678",
    "IMG_13812345678.jpg",
    "QQ13812345678",
    "甲村\t138\t1234\t5678",
    "UTC时间戳13812345678",
    "h@x.y",
    "https://img.example.com/badge/author-@qinghe-blue.svg",
    "封面 cover@home.png",
    "if @api.include?(name)",
    "<div @click.self='close'>",
    "十六进制0x13812345678",
    "读数13812345678 kWh",
    "计算13812345678+1",
    "13812345678读作一百三十八亿",
    "13812345678除以7",
    "lodash@4.17.21",
    "√13812345678",
    "±13812345678",
    "密码13812345678",
    "结果为13812345678",
    "面积13812345678",
    "1194.1030.221355190501376",
    "221355190501376 3772.3654 4536.12",
    "4111111111111111 222 333.5",
    "单价：￥ 13812345678",
    "（138）号文",
    "[138]1234 5678",
    "138/1234/5678",
    "2019/138/1234",
    "比例138:1234:5678",
    "1 3 8 1 2 3 4 5 6 7 8",
]


def test_masked() -> None:
    assert [(text, mask(text).text) for text in MASKED if mask(text).text != MASKED[text]] == []


@pytest.mark.matrix(row=29, promise="long numbers of other kinds, sums, dates and what is a placeholder already stay")
def test_stays() -> None:
    assert [(text, mask(text).text) for text in STAYS if mask(text).text != text] == []


@pytest.mark.matrix(
    row=29, promise="3,000 made-up identity and mobile numbers, addresses and cards, in all spellings: none is left"
)
def test_nothing_made_up_is_left() -> None:
    for sentence, secret in seeded(3_000, seed=7):
        masked = mask(sentence)
        assert digits(secret)[-8:] not in digits(masked.text), sentence
        assert masked.count.total() == 1, sentence
        assert masked.text.replace("2026年3月15日", "").isascii() is False
        before, after = (part for part in sentence.split(secret))
        assert masked.text.startswith(before[:3])
        assert masked.text.endswith(after)


PIECES = [*MASKED, *STAYS, " ", "-", "\n", "，", "1", "13", "X", "8", "00", "@", "同志们"]


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join) | st.text("0123456789 -.X@a，\n", max_size=60))
def test_masking_twice_changes_nothing_more_and_counts_what_it_takes(text: str) -> None:
    masked = mask(text)
    assert mask(masked.text).text == masked.text
    gone = len(text) - masked.chars.total() + sum(len(NAMES[rule]) * count for rule, count in masked.count.items())
    assert gone == len(masked.text)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=3).map("".join), max_size=4))
def test_each_line_is_masked_as_if_it_stood_alone(texts: list[str]) -> None:
    lines = "\n".join(texts).split("\n")
    assert mask("\n".join(lines)).text == "\n".join(mask(line).text for line in lines)


HOSTILE = ["1 ", "1", "a", "@", "a@", "@a.a.a", "13812345678 ", "1-", "# ", "622202 ", "电话13812345678 6", "a@a."]


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text(piece: str) -> None:
    with cpu_deadline(4):
        mask(piece * (25_000 // len(piece)))


def test_a_record_is_masked_wherever_a_person_wrote() -> None:
    number = "13812345678"
    whole = document(f"请致电{number}。", title=f"通知{number}").record(added=ADDED)
    whole["metadata"] |= {
        "uploader": number,
        "keywords": ["通知", "a@qq.com"],
        "category": f"联系{number}",
        "doc_id": number,
    }
    whole["truncation"] |= {"evidence": f"客服{number}"}
    record, masked = mask_record(whole)
    assert masked == {"personal.mobile": 5, "personal.email": 1}
    assert (record["title"], record["text"]) == (f"通知{MOBILE}", f"请致电{MOBILE}。")
    assert record["metadata"]["keywords"] == ["通知", EMAIL]
    assert record["metadata"]["uploader"] == MOBILE
    assert record["truncation"]["evidence"] == f"客服{MOBILE}"
    assert (record["id"], record["sha256"], record["metadata"]["doc_id"]) == (whole["id"], whole["sha256"], number)
    assert record["edits"] == [
        {"rule": "chunk.mark", "count": 1, "chars": 2},
        {"rule": "personal.email", "count": 1, "chars": 8},
        {"rule": "personal.mobile", "count": 5, "chars": 55},
    ]
    assert whole["title"] == f"通知{number}"
    assert list(record) == list(whole)

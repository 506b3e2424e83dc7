"""How a text ends: what closes a text without a full stop, what was cut, and what cannot be told."""

import pytest

from cleaners.clean import clean
from cleaners.model import Page
from cleaners.verdicts.endings import Ending, judge_ending

PROSE = "春耕时节，村里先修渠，再备种。\n各家商量好轮流用水的次序，谁家先插秧，谁家后插秧，都记在本子上。\n"


@pytest.mark.parametrize(
    "end",
    [
        "文/李明 图/王芳",
        "记者 李明",
        "王小满",
        "李明 王芳",
        "图片来源：县志办",
        "责任编辑：",
        "本报记者李明摄",
        "——写于青禾县",
        "二〇二一年三月于青禾",
        "https://www.example.cn/a/3.html",
        "[3] 李明. 水利志略. 青禾出版社, 2001",
        "参考：青禾县志第3卷",
        "青禾县水利局",
        "李明，青禾县水利局",
        "关键词：春耕；用水；闸门",
        "法定代表人（签字）：",
        "春水满塘——全县二十条水渠一个冬天全部修好通水的经过2019/03/19",
        "for (i = 0; i < n; i++) {",
        "甲 | 乙 | 丙",
        "（全文完）",
        "就到这里吧~",
        "这一题考查读图的能力，读懂了等高线，就能找到渠口．",
        "结合全文，说明第二段在文章里有什么作用。〔6分〕",
        "（先修渠，后备种。）_",
        "canal.name=修渠，备种\nfield.name=分水，记账",
        "- [渠](canal.md)：先修哪一段，看这里\n- [田](field.md)：先插哪一块，看这里",
        "\n".join(
            f"{name},{kind},渠口在村东头的老槐树下" for name, kind in zip("甲乙丙丁戊", "一二三四五", strict=True)
        ),
        "村志的原文都在这里，想看的人自己去翻，不必再问：<https://example.cn/canal>",
        "「打印」 ｛『渠长（里） ＝ 』 连接 ｛「渠长」 三｝｝",
        "mu,mus,亩\nli,lis,里,华里\ndou,斗,升,石\njin,jins,j,斤\nliang,liangs,两,钱,分",
        "3. 村里先修渠再备种，主要是因为（ ） A. 春天水少 B. 人手不够 C. 种子要等 D. 渠口要先定",
    ],
)
def test_a_text_may_end_without_a_full_stop(end: str) -> None:
    assert judge_ending(PROSE + end) is Ending.COMPLETE


@pytest.mark.parametrize(
    "text",
    [
        "春水满塘柳色新\n村前老树又抽芽\n燕子归来寻旧巢\n一行白鹭过山家",
        "春水满塘，柳色新，莺声早\n村前老树，又抽芽，花未了",
        "犁\n耙\n锄头\n镰刀",
        "姓名 数量\n李明 三担\n王芳 五担",
    ],
    ids=["verses", "verses with commas", "list", "table"],
)
def test_a_line_among_others_of_its_form_closes(text: str) -> None:
    assert judge_ending(text) is Ending.COMPLETE


@pytest.mark.parametrize(
    "end",
    [
        "到了夏天，水渠边的柳树都长高了，孩子们放学以后就在那里，",
        "到了夏天，水渠边的柳树都长高了，孩子们放学以后就在那里捉",
        "主要做法如下：一是分段包干，二是分",
        "水利局的同志告诉记者，今年的水渠修得比往年都早，村里的人都说",
        "水渠和闸门都由村里管。各单位要按照分工，及时清理水渠，不",
        "姓名 | 水渠和闸门都由村里管。今年春天，村里的人把水渠清了一遍，又",
        "到了夏天，水渠边的柳树都长高了，孩子们放学以后就在...",
    ],
)
def test_running_prose_that_stops_in_a_sentence_is_cut(end: str) -> None:
    assert judge_ending(PROSE + end) is Ending.CUT


@pytest.mark.parametrize(
    ("text", "ending"),
    [
        (PROSE + "后来的日子，谁又说得清呢，只记得那年的水特别大……", Ending.DOTS),
        ("这本书不错，孩子很喜欢，下次还会再来买", Ending.ONE_PARAGRAPH),
        (PROSE + "来年的打算", Ending.NO_SENTENCE),
        (PROSE + "图三 东沟到西沟各段水渠的走向", Ending.NO_SENTENCE),
        (PROSE + "李明：算了，今年的渠就修到这里，我们先回去歇一歇吧", Ending.SPEECH),
        (PROSE + "李明：算了，今年的渠就修到这里，我们先——", Ending.SPEECH),
        (PROSE + "1. 水渠怎样分段\n2. 闸门怎样轮流看管，谁家先放水，谁家后放水", Ending.OPEN_LINES),
        (
            "先修渠，再备种，谁家先放水都记下\n后插秧，秋天收稻，收成都分给大家\n水渠修好了。今年春天，村里的人又",
            Ending.OPEN_LINES,
        ),
    ],
)
def test_what_cannot_be_told_is_not_called_cut(text: str, ending: Ending) -> None:
    assert judge_ending(text) is ending
    document = clean(Page(body=text, kind="text"))
    assert document.truncated is None
    assert (document.truncation.evidence or "").startswith("cannot be told: ")


def test_a_couplet_at_the_end_of_a_page_cannot_be_told() -> None:
    assert judge_ending(PROSE + "春水满塘柳色新，村前老树又抽芽", on_page=True) is Ending.SPEECH


def test_one_paragraph_of_a_page_is_cut_where_a_remark_cannot_be_told() -> None:
    text = "村里先修渠，再备种。到了夏天，水渠边的柳树都长高了，孩子们放学以后就在那里捉"
    assert judge_ending(text) is Ending.ONE_PARAGRAPH
    assert judge_ending(text, on_page=True) is Ending.CUT


@pytest.mark.parametrize(
    "end",
    [
        "甲方：　　　　　　　　　　乙方：",
        "有效期限：　　年　　月　　日至　　年　　月　　日",
        "法定代表人签字：＿＿＿＿＿＿＿＿　经办人签字：＿＿＿＿＿＿",
        "电话：　　　\n日期：",
        "(A)先修闸门，再清水渠。\n(B)先清水渠，再修闸门，最后放水到秧田里去",
        "附：水渠、闸门和两台抽水机的图纸，一式三份，另有一份存村委会备查",
    ],
    ids=["two fields", "no figures", "rule to sign on", "field below a field", "choice", "enclosure"],
)
def test_a_form_a_question_and_an_enclosure_end_without_a_full_stop(end: str) -> None:
    text = "双方商定，水渠由两村共用。\n每年春天先清一遍水渠，费用各付一半。\n闸门坏了，由上游的村子先修好。\n"
    assert judge_ending(text + end, on_page=True) is Ending.COMPLETE


def test_a_colon_after_a_sentence_is_no_field() -> None:
    text = "双方商定，水渠由两村共用。\n每年春天先清一遍水渠，费用各付一半。\n闸门坏了，修理的办法如下："
    assert judge_ending(text, on_page=True) is Ending.CUT


PARAGRAPHS = "双方商定，水渠由两村共用。\n每年春天先清一遍水渠，费用各付一半。\n"


@pytest.mark.parametrize(
    "last",
    [
        "清完渠的那天，大家都来吃饭。</span></p>",
        "**清完渠的那天，大家都来吃饭！** 🎉",
        "| 清渠 | 清完渠的那天，大家都来吃饭。 |",
        "<!-- 清完渠的那天，大家都来吃饭。 -->",
    ],
)
def test_what_stands_behind_a_sentence_does_not_open_it(last: str) -> None:
    assert judge_ending(PARAGRAPHS + last, on_page=True) is Ending.COMPLETE
    assert judge_ending(PARAGRAPHS + last.replace("。", "，").replace("！", "，"), on_page=True) is Ending.CUT


def test_who_said_it_may_stand_behind_a_sentence() -> None:
    assert judge_ending(f"{PARAGRAPHS}“水往低处流，人往高处走。”—— 李明", on_page=True) is Ending.COMPLETE


@pytest.mark.parametrize("speakers", ["AB", ("Tom", "Mary"), ("Li Ming", "Wang Fang")])
def test_what_one_of_two_speakers_says_last_may_be_cut_off(speakers: tuple[str, str]) -> None:
    first, second = speakers
    talk = f"{first}: 东渠的闸口修好了，今天就可以放水。\n{second}: 先把堤上的口子堵好，再放水也不迟。"
    assert judge_ending(f"{talk}\n{first}: 也好，那就等到明天早上，请大家都到闸口来，一起把") is Ending.CUT


@pytest.mark.parametrize(
    "text",
    [
        "一案\n" + "原告主张还款;" * 12 + "被告认可,但称已于三月还清五万元",
        "新建相册：\n标签：\n位置：\n请先在左侧的列表里选择一个文件。\n无法读取所选的文件，请检查以后重试。"
        "\n保存之前请先检查文件的名称是否正确。\n请选择要导出的格式：",
        f"{PARAGRAPHS}三月以前要把闸门修好，钥匙交给老何保管。\n下一章：第五章：水渠的修缮和管护",
        f"{PARAGRAPHS}Could not open %1: 打不开闸口，请检查以后重试。\nClose the gate, then wait: 先关闸，再等水退到下游去",
    ],
    ids=["no full stop at all", "labels", "colons alone", "values behind their names"],
)
def test_what_no_other_part_of_a_text_has_is_not_missing_at_its_end(text: str) -> None:
    assert judge_ending(text) is not Ending.CUT

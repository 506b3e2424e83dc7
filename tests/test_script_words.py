"""Conversion beyond OpenCC: the particle 著, names, and what a text quotes or compares in its own script."""

from __future__ import annotations

import pytest

from cleaners.clean import clean
from cleaners.model import Page
from cleaners.repairs.script import edits, simplify
from cleaners.repairs.script_words import AUTHORS, VERBS, WORDS
from cleaners.text.edits import apply

CONVERTED = {
    "老人坐在門口看著遠山，聽著水聲": "老人坐在门口看着远山，听着水声",
    "他接著說，沒什麼好著急的，睡著了就好": "他接着说，没什么好着急的，睡着了就好",
    "太陽照著院子，雞群跟著走": "太阳照着院子，鸡群跟着走",
    "沿著河岸，隨著人流，朝著東方": "沿着河岸，随着人流，朝着东方",
    "著手研究，著重說明，著眼長遠": "着手研究，着重说明，着眼长远",
    "飛機著陸，房屋著火，孩子著涼": "飞机着陆，房屋着火，孩子着凉",
    "怎麼也睡不著，找不著": "怎么也睡不着，找不着",
    "執著、沉著、附著、衣著、膠著": "执着、沉着、附着、衣着、胶着",
    "他承擔著看水的事，過著清閒的日子，負著手，乘著船": "他承担着看水的事，过着清闲的日子，负着手，乘着船",
    "意味著結束，標誌著開始": "意味着结束，标志着开始",
    "大家討論著，議論著": "大家讨论着，议论着",
    "藉著機會向他學習": "借着机会向他学习",
    "顯著的變化，著名的學者": "显著的变化，著名的学者",
    "原著、名著、巨著、土著、編著、譯著、專著、遺著": "原著、名著、巨著、土著、编著、译著、专著、遗著",
    "他的著作、著述與著錄，以勤勉著稱": "他的著作、著述与著录，以勤勉著称",
    "卓著的功勳，昭著的惡名": "卓著的功勋，昭著的恶名",
    "魯迅著\n北京出版": "鲁迅著\n北京出版",
    "著者與著書立說": "著者与著书立说",
    "吉林省乾安縣、陝西省乾縣": "吉林省乾安县、陕西省乾县",
    "乾隆年間，乾坤清朗，餅乾乾淨": "乾隆年间，乾坤清朗，饼干干净",
    "餘姓與余姓，余先生有餘": "余姓与余姓，余先生有余",
    "鍾馗與錢鍾書": "钟馗与钱锺书",
}
COMPARED = [
    "東——东　書——书　車——车",
    "「後」和「后」",
    "“發”与“髮”",
    "後（后）、裡（里）",
    "龍→龙，龜→龟",
    "國 = 国",
    "雲/云",
    "'麵'、'面'",
    "臺(台)灣(湾)",
    "電、电",
]
SIMPLIFIED_ABOUT_SCRIPT = [
    "常用简化字与繁体字对照如下：\n东——東　书——書　车——車　马——馬　鸟——鳥",
    "简化字“后”对应“後”和“后”，“发”对应“發”和“髮”，“面”对应“麵”。",
    "繁体“龍”字有十六画，简体“龙”字只有五画；“龜”字更多。",
    "碑上刻着“國泰民安、風調雨順”八个字，字迹清楚。",
    "学生把“習慣”写成“习惯”，把“總結”写成“总结”，都是对的。",
    "繁体字：\n國家圖書館\n简体字：\n国家图书馆",
    "门匾上写的是“華興書院”，落款为“張謇題”。",
    "「廣東」的「廣」字简化为「广」，「東」字简化为「东」。",
    "異體字整理：“峯”作“峰”，“羣”作“群”，正体字与异体字并列。\n說明",
    "书法练习：學、愛、樂、聽、聖，写好这些繁体字不容易。",
]


@pytest.mark.parametrize("text", CONVERTED)
def test_words(text: str) -> None:
    assert apply(text, edits(text)) == CONVERTED[text]


@pytest.mark.parametrize("word", WORDS)
def test_words_keep_their_length_and_stay(word: str) -> None:
    assert len(WORDS[word]) == len(word)
    assert apply(WORDS[word], edits(WORDS[word])) == WORDS[word]


def test_no_character_is_both_author_and_verb() -> None:
    assert not AUTHORS & VERBS


@pytest.mark.parametrize("text", COMPARED)
def test_forms_that_a_traditional_text_compares_stay(text: str) -> None:
    page = f"我們學習漢字的時候，應當認識兩種寫法，這樣讀書纔會方便：{text}。"
    assert text in simplify(page, is_traditional=True)
    assert simplify(page, is_traditional=True).startswith("我们学习汉字的时候")


@pytest.mark.parametrize("text", SIMPLIFIED_ABOUT_SCRIPT)
def test_a_simplified_text_keeps_what_it_quotes(text: str) -> None:
    document = clean(Page(body=f"汉字的写法\n\n{text}\n", kind="text"))
    assert (document.text, document.script) == (text, "Hans")


def test_a_traditional_line_of_a_simplified_text_is_converted_where_nothing_is_quoted() -> None:
    text = "今年春天，全县新修水渠十二公里，灌溉面积扩大。\n從實際出發，穩步推進農村改革，實現產業興旺。"
    document = clean(Page(body=f"春耕工作\n\n{text}\n", kind="text"))
    assert document.text.endswith("从实际出发，稳步推进农村改革，实现产业兴旺。")
    assert document.text.startswith("今年春天，全县")


def test_a_simplified_line_of_a_traditional_text_is_not_damaged() -> None:
    text = "從實際出發，穩步推進農村改革，實現產業興旺，這是我們的責任。\n吉林省乾安县与陕西省乾县的乾隆年间旧县志已经整理出版。"
    assert simplify(text, is_traditional=True).endswith("吉林省乾安县与陕西省乾县的乾隆年间旧县志已经整理出版。")


@pytest.mark.parametrize(
    "text",
    [
        "本日の会議は東京で開催されました。経済の発展について議論が行われました。",
        "東京都の人口は約千四百万人である。\n政府は新しい対策を発表した。\n企業、対策を歓迎",
    ],
)
def test_japanese_stays(text: str) -> None:
    assert clean(Page(body=f"日语课文\n\n{text}", kind="text")).text == text


def test_a_japanese_line_of_a_traditional_text_stays() -> None:
    lesson = "這一課的生詞很多，請同學們認真複習，準備下週的測驗，並且背誦下面的課文。\n経済の発展について議論が行われました。"
    assert simplify(lesson, is_traditional=True).endswith("课文。\n経済の発展について議論が行われました。")
    assert simplify("這家「鮮の味」餐廳", is_traditional=True) == "这家「鲜の味」餐厅"


def test_an_exercise_on_the_scripts_keeps_its_forms() -> None:
    text = "把下列繁体字写成简体字：\n1.學習\n2.發展\n3.國家\n4.經濟"
    assert clean(Page(body=f"练习\n\n{text}", kind="text")).text.endswith(text)


def test_a_particle_at_the_end_of_a_clause_is_told_from_an_author() -> None:
    text = "她看著書，想著心事，孩子在屋裡安靜地歇著，誰也不說話。《水利志》，李明遠著，青禾出版社。"
    assert simplify(text, is_traditional=True).count("着") == 3
    assert "李明远著" in simplify(text, is_traditional=True)


@pytest.mark.parametrize("text", [*CONVERTED, *COMPARED, *SIMPLIFIED_ABOUT_SCRIPT])
def test_cleaning_again_changes_nothing(text: str) -> None:
    body = f"漢字的寫法\n\n我們學習漢字的時候，應當認識兩種寫法。\n{text}。\n"
    once = clean(Page(body=body, kind="text"))
    again = clean(Page(body=once.text, title=once.title, source=once.source, script=once.script, kind="text"))
    assert (again.text, again.key) == (once.text, once.key)

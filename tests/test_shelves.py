"""What a page shows of other texts below its own."""

import pytest

from cleaners.clean import clean
from cleaners.model import Page

BODY = (
    "入冬以后，社里的人每天清早去果园剪枝，把剪下来的枝条捆好，堆在仓库的墙边。\n"
    "剪完一行，记工的人便在小本上画一道，傍晚回来再把各行的数目加在一起，报给会计。\n"
    "腊月里下了两场雪，大家怕压断枝条，连夜打着手电去摇雪，第二天才知道一棵也没有断。"
)
HEAD = f"果园冬天要做的事\n{BODY}"
TEASERS = (
    "苹果树什么时候剪枝最好(剪枝的时候)\n"
    "果树修剪要怎么把握(修剪怎么把握)\n"
    "很多种果树的人都不知道剪枝要看天气，下雨天剪的口子容易烂，晴天剪又怕晒，那么应该怎样...\n"
    "梨树开花前要做什么(梨树的花期)\n"
    "梨树开花以前要先看一看枝条上的芽，芽太密的要抹掉一些，留下来的才能长得好，还要再看...\n"
    "桃子怎么保存(保存桃子的办法)\n"
    "桃子摘下来以后不能马上放进筐里，要先在阴凉的地方摊开，等热气散了再装，装的时候底下..."
)


@pytest.mark.parametrize(
    "shelf",
    [
        "苹果树什么时候剪枝最好2017-05-18 梨树开花前要做些什么2017-05-19 桃子摘下来怎么保存2017-05-20",
        "热门文章\n苹果树什么时候剪枝最好 [09-19]梨树开花前要做些什么 [09-19]桃子摘下来怎么保存 [09-18]葡萄",
        "08-03苹果树什么时候剪枝最好 08-02梨树开花前要做些什么 08-01桃子摘下来怎么保存",
        "苹果树什么时候剪枝最好 记住这几点 2017-05-20\n梨树开花前要做些什么 老会计说起当年的事 2017-05-11\n桃子摘下来怎么保存 2017-05-02",
        TEASERS,
        "苹果树什么时候剪枝最好 梨树开花前要做些什么 桃子摘下来后怎么保存\n果园里的雪怎么摇 葡萄架要在几月里搭起来 冬天的枣树怎样看",
        "您可能也喜欢这些文章\n苹果树什么时候剪枝最好，你知道吗？\n梨树开花前，枝条上的芽怎么看？\n雪夜里的果园，谁在守着北坡的灯？"
        "\n桃子摘下来，怎样保存才能过冬？\n葡萄架搭在哪里，叶子才照得到太阳？\n枣树冬天不剪枝，第二年还结果吗？\n谁把坡上的雪摇下来，又悄悄走了？"
        "\n老会计的小本，到底记了多少年的账？\n社里的人说，剪枝要看哪一天的风？\n一棵也没有断的果园，靠的是什么？\n摇雪的人，为什么一夜没有睡？",
    ],
    ids=["row", "brackets", "before", "lines", "beginnings", "names", "asking"],
)
def test_other_texts_below_the_last_sentence_go(shelf: str) -> None:
    assert clean(Page(body=f"{HEAD}\n{shelf}", kind="text")).text == BODY


@pytest.mark.parametrize(
    "own",
    [
        "2017-05-02 苹果树剪枝第一次检查\n2017-05-11 梨树疏花第一次检查\n2017-05-20 桃树套袋第一次检查",
        "剪枝 2017-05-20\n疏花 2017-05-11\n套袋 2017-05-02",
        "雪落枝头人未歇 灯照果园夜不眠 枝条摇落满园雪 天亮来看数不断",
        "周远山 2017-05-18 李小满 2017-05-19 王大年 2017-05-20",
        "周远山抬起头，望着北坡的灯，想起许多年前的那个晚上，雪也是这样一直下，一直下......\n"
        "他慢慢地往回走，走到仓库的墙边，又回过头去，看了一眼那些捆好的枝条，想说什么......\n"
        "老会计在小本上又画了一道，抬头看看天，天上一颗星也没有，雪还在下，风也没有停......",
    ],
    ids=["chronicle", "words", "verses", "persons", "dots"],
)
def test_what_is_the_text_s_own_stays(own: str) -> None:
    assert clean(Page(body=f"{HEAD}\n{own}", kind="text")).text == f"{BODY}\n{own}"


def test_a_list_with_days_above_a_sentence_stays() -> None:
    own = "苹果树什么时候剪枝最好 2017-05-20\n梨树开花前要做些什么 2017-05-11\n桃子摘下来怎么保存 2017-05-02"
    assert own in clean(Page(body=f"{HEAD}\n{own}\n以上各篇都可以在社里的小本上找到。", kind="text")).text


def test_answers_below_a_text_that_ask_are_no_foot() -> None:
    answers = (
        "剪一行就算一行，花工夫就可以剪完嘛？\n有句话叫 剪枝要赶早 @周远山 花工夫就可以剪完嘛？\n"
        "下雪天要不要停，手套放在哪里才不会湿？\n东边那一排，谁去看过了？"
    )
    assert answers in clean(Page(body=f"{HEAD}\n全部评论\n{answers}", kind="text")).text

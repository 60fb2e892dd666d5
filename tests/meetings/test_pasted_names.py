"""Pasted lists of names: each shape with its expected matching, and nothing guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branches.clean import comparable
from branches.pinyin import sort_key_of
from meetings.models import AttendanceState
from meetings.nearest_names import Person, nearest
from meetings.pasted_names import LONGEST, Matching, marks_of, match_names
from meetings.pasted_words import ABSENT, ON_LEAVE, PRESENT
from meetings.traditional import SIMPLIFIED, TRADITIONAL, simplified

NAMES = [
    "张三", "李四", "王五", "欧阳明月", "买买提·艾力",
    "阿依古丽·吐尔逊", "陈国华", "李和平", "Anna Li",
    "何晓东",
]  # fmt: skip
ROSTER = [Person(number, name, sort_key_of(name)) for number, name in enumerate(NAMES, 1)] + [
    Person(81, "孙伟", "sun wei", "1980-05"),
    Person(82, "孙伟", "sun wei", "1975-11"),
]
SHORT = {PRESENT: "到", ON_LEAVE: "假", ABSENT: "缺", "": ""}


def told(found: Matching) -> str:
    """`张三 李四:假(出差) ?赵六 =孙伟 +张三 !王五`: matched, left over, namesakes, named twice,
    contradictory."""
    words = [
        one.person.name.replace(" ", "")
        + (f":{SHORT[one.state]}" if one.state else "")
        + (f"({one.note})" if one.note else "")
        for one in found.matched
    ]
    words += [f"?{one.text.replace(' ', '')}" for one in found.unmatched]
    words += [f"={one.people[0].name}" for one in found.ambiguous]
    words += [
        f"{'!' if one.is_contradictory else '+'}{one.person.name}" for one in found.duplicates
    ]
    return " ".join(words)


SHAPES = [
    # --- separators -----------------------------------------------------------------------
    ("张三\n李四\n王五", "张三 李四 王五"),
    ("张三、李四、王五", "张三 李四 王五"),
    ("张三，李四,王五；陈国华;何晓东", "张三 李四 王五 陈国华 何晓东"),
    ("张三 李四  王五", "张三 李四 王五"),
    ("张三\t李四\r\n王五\r\n", "张三 李四 王五"),
    ("张三/李四|王五", "张三 李四 王五"),
    ("张三和李四", "张三 李四"),
    ("张三、李和平与王五", "张三 李和平 王五"),
    ("张三丶李四丶王五", "张三 李四 王五"),
    ("张三李四欧阳明月", "张三 李四 欧阳明月"),
    ("@张三 @李四", "张三 李四"),
    ("张三——李四", "张三 李四"),
    # --- numbering ------------------------------------------------------------------------
    ("1. 张三\n2. 李四\n3. 王五", "张三 李四 王五"),
    ("1、张三\n2、李四", "张三 李四"),
    ("１．张三\n２．李四", "张三 李四"),
    ("①张三 ②李四 ③王五", "张三 李四 王五"),
    ("⒈张三⒉李四", "张三 李四"),
    ("01 张三\n02 李四", "张三 李四"),
    ("1️⃣张三\n2️⃣李四\n🔟王五", "张三 李四 王五"),
    ("（1）张三\n（2）李四", "张三 李四"),
    ("1张三2李四3王五", "张三 李四 王五"),
    ("一、张三\n二、李四\n十一、王五", "张三 李四 王五"),
    ("No.1 张三\nNo.2 李四", "张三 李四"),
    ("1\t张三\t第一支部\t到\n2\t李四\t第一支部\t病假", "张三:到 李四:假(病假)"),
    # --- 接龙 of a chat -------------------------------------------------------------------
    ("#接龙\n3月主题党日，请18:00前接龙\n\n1. 张三\n2. 李四", "张三 李四"),
    ("#接龙\n主持人王五，请按时参加\n例 姓名 是否参加\n1. 张三 参加\n2. 李四 请假",
     "张三:到 李四:假"),
    ("#群接龙\n1. 张三🌹\n2. 李四👍👍\n3. 🇨🇳王五", "张三 李四 王五"),
    ("1. 张三+1\n2. 李四 收到\n3. 王五 OK", "张三 李四 王五"),
    ("张三 2025-03-05 09:12:30\n到\n李四 09:13\n请假", "张三:到 李四:假"),
    ("张三: 到\n李四: 病假", "张三:到 李四:假(病假)"),
    ("张三✅ 李四❌ 王五✅", "张三:到 李四:缺 王五:到"),
    ("✅张三 ✅李四 ❌王五", "张三:到 李四:到 王五:缺"),
    ("姓名\n张三\n李四\n合计 2人", "张三 李四"),
    ("张三、李四\n共2人", "张三 李四"),
    ("应到32人，实到30人，请假2人。\n张三、李四", "张三 李四"),
    # --- titles and brackets --------------------------------------------------------------
    ("张三同志、李四书记、王五老师", "张三 李四 王五"),
    ("书记张三 副书记 李四 主任：王五", "张三 李四 王五"),
    ("党员 张三\n预备党员 李四", "张三 李四"),
    ("张三（小张）、李四（组织委员）", "张三(小张) 李四"),
    ("小李（李四）", "李四"),
    ("赵六（李四）", "?赵六(李四)"),
    ("张三（李四代签）", "?张三(李四代签)"),
    ("张书记、小李、老王", "?张书记 ?小李 ?老王"),
    ("（小李）", "?小李"),
    # --- spaces, width, writing -----------------------------------------------------------
    ("张 三\n李　四\n王  五", "张三 李四 王五"),
    ("张 三 李 四 欧 阳 明 月", "张三 李四 欧阳明月"),
    ("張三、陳國華、歐陽明月", "张三 陈国华 欧阳明月"),
    ("張三 請假（病假）", "张三:假(病假)"),
    ("何曉東：參加", "何晓东:到"),
    ("买买提•艾力、阿依古丽・吐尔逊", "买买提·艾力 阿依古丽·吐尔逊"),
    ("买买提‧艾力\n阿依古丽吐尔逊", "买买提·艾力 阿依古丽·吐尔逊"),
    ("买买提.艾力", "买买提·艾力"),
    ("买买提 · 艾力、anna li", "买买提·艾力 AnnaLi"),
    ("ＡＮＮＡ ＬＩ，张三", "AnnaLi 张三"),
    ("张三.李四.王五", "张三 李四 王五"),
    # --- states and reasons ---------------------------------------------------------------
    ("张三 到\n李四 请假(病假)\n王五 缺席", "张三:到 李四:假(病假) 王五:缺"),
    ("请假：李四（出差）、王五", "李四:假(出差) 王五:假"),
    ("张三、李四、王五\n请假：陈国华、何晓东（事假）\n缺席：无",
     "张三 李四 王五 陈国华:假 何晓东:假(事假)"),
    ("参会人员：张三、李四\n请假人员（1人）：王五", "张三:到 李四:到 王五:假"),
    ("到会：\n张三\n李四\n请假：\n王五 病假", "张三:到 李四:到 王五:假(病假)"),
    ("一、参会人员\n张三、李四\n二、请假人员\n王五", "张三:到 李四:到 王五:假"),
    ("请假2人：李四、王五", "李四:假 王五:假"),
    ("病假：李四；", "李四:假(病假)"),
    ("张三、李四请假", "张三:假 李四:假"),
    ("张三到，李四请假，王五出差", "张三:到 李四:假 王五:假(出差)"),
    ("张三-病假\n李四/事假", "张三:假(病假) 李四:假(事假)"),
    ("张三未到，李四没来", "张三:缺 李四:缺"),
    ("张三因孩子生病请假", "张三:假(因孩子生病请假)"),
    ("李四（家中老人住院）", "李四:假(家中老人住院)"),
    ("除张三、李四外，其余全部到会", "张三:缺 李四:缺"),
    ("张三【病假】 李四[公差]", "张三:假(病假) 李四:假(公差)"),
    # --- left over, twice, namesakes ------------------------------------------------------
    ("张三、赵六、钱七七", "张三 ?赵六 ?钱七七"),
    ("赵 六 张 三", "张三 ?赵六"),
    ("张三丰、明月、李思", "?张三丰 ?明月 ?李思"),
    ("请张三准备材料", "?请张三准备材料"),
    ("张三没有请假", "?张三没有请假"),
    ("张三、张三、李四", "张三 李四 +张三"),
    ("张三 到\n李四\n张三 请假", "李四 !张三"),
    ("孙伟、张三", "张三 =孙伟"),
    ("孙伟（1980年5月）、孙伟1975-11", "孙伟 孙伟"),
    ("孙伟（1999-01）", "=孙伟"),
    ("zhangsan、lisi88", "?zhangsan ?lisi88"),
    ("第一小组：张三、李四\n第二小组：王五", "张三 李四 王五"),
    ("主持人：张三\n记录人：李四\n出席：张三、李四、王五", "张三:到 李四:到 王五:到 +张三 +李四"),
    ("", ""),
    ("🎉🎉🎉\n——\n123", ""),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), SHAPES)
def test_a_pasted_list_is_read(text: str, expected: str) -> None:
    assert told(match_names(text, ROSTER)) == expected


def test_there_are_at_least_forty_shapes() -> None:
    assert len({text for text, _expected in SHAPES}) >= 40


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("李思", "李四"),  # by sound
        ("lisi", "李四"),
        ("明月", "欧阳明月"),
        ("张书记", "张三"),
        ("小王", "王五"),
        ("陈国花", "陈国华"),
        ("请张三准备材料", "张三"),
        ("买买提", "买买提·艾力"),
    ],
)
def test_what_matched_nobody_comes_with_the_nearest_names(text: str, meant: str) -> None:
    found = match_names(text, ROSTER)
    assert found.matched == ()
    [left] = found.unmatched
    assert left.suggestions[0].name == meant


def test_a_stranger_comes_without_suggestions() -> None:
    assert nearest("赵六", ROSTER) == ()


def test_namesakes_are_handed_back_with_their_months_of_birth() -> None:
    [same] = match_names("1. 孙伟", ROSTER).ambiguous
    assert {one.birth_month for one in same.people} == {"1980-05", "1975-11"}


def test_a_month_of_birth_tells_namesakes_apart() -> None:
    found = match_names("孙伟（1975-11）病假", ROSTER)
    assert [(one.person.id, one.state, one.note) for one in found.matched] == [
        (82, ON_LEAVE, "病假")
    ]


def test_lines_that_name_nobody_are_shown_as_passed_over() -> None:
    found = match_names("#接龙\n3月主题党日 主持人王五\n1. 张三\n共1人", ROSTER)
    assert found.passed_over == ("#接龙", "3月主题党日 主持人王五", "共1人")


def test_a_simplified_name_beside_the_traditional_one_is_not_mistaken_for_it() -> None:
    roster = [Person(1, "张国华"), Person(2, "張國華")]
    assert [one.person.id for one in match_names("張國華", roster).matched] == [2]
    assert match_names("张國华", roster).matched == ()


def test_a_text_that_can_be_taken_apart_in_two_ways_is_left_over() -> None:
    roster = [Person(n, name) for n, name in enumerate(["王一", "王一平", "平安国", "安国"])]
    assert match_names("王一平安国", roster).unmatched[0].text == "王一平安国"


def test_marks_follow_the_list_where_it_tells_and_the_choice_where_it_does_not() -> None:
    found = match_names("张三、李四（病假）、王五（小王）", ROSTER)
    assert marks_of(found, unsaid=PRESENT) == {
        1: (PRESENT, ""), 2: (ON_LEAVE, "病假"), 3: (PRESENT, "")
    }  # fmt: skip
    assert marks_of(found, unsaid=ABSENT) == {
        1: (ABSENT, ""), 2: (ON_LEAVE, "病假"), 3: (ON_LEAVE, "小王")
    }  # fmt: skip


def test_the_states_are_those_of_attendance() -> None:
    assert list(AttendanceState.values) == [PRESENT, ON_LEAVE, ABSENT]


def test_the_table_of_traditional_forms_is_a_table() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL))
    assert simplified(simplified(TRADITIONAL)) == SIMPLIFIED


@given(st.text(alphabet="".join(NAMES) + "國歐 　\t\n、，1.①()（请假病到外除✅和：", max_size=60))
def test_nobody_is_matched_of_whom_the_text_does_not_hold_every_sign(text: str) -> None:
    signs = set(simplified(comparable(text)))
    for one in match_names(text, ROSTER).matched:
        assert set(comparable(one.person.name)) <= signs


@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    assert match_names(text, ROSTER).duplicates == ()


@given(st.permutations(NAMES), st.sampled_from(["\n", "、", "，", " ", "\t", "🌹", "；"]))
def test_every_order_and_separator_gives_everyone_once(names: list[str], between: str) -> None:
    found = match_names(between.join(names), ROSTER)
    assert sorted(one.person.name for one in found.matched) == sorted(NAMES)
    assert found.unmatched == found.ambiguous == found.duplicates == ()


@pytest.mark.parametrize(
    "text", ["张三、李四\n" * 5000, "张" * LONGEST, "张三李四" * 5000, "（" * 9999]
)
def test_a_huge_text_is_read_to_its_end(text: str) -> None:
    roster = [Person(n, f"张{n:03}") for n in range(500)] + ROSTER
    found = match_names(text, roster)
    assert len(found.matched) == len({one.person.id for one in found.matched})

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from branches.importers.values import (
    BadValue,
    parse_code,
    parse_count,
    parse_date,
    parse_hours,
    parse_line,
    parse_month,
    parse_time,
    split_bracket,
    split_codes,
    split_list,
)

DAY = dt.date(2023, 3, 5)
ANY_DAY = st.dates(dt.date(1921, 1, 1), dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    "cell",
    [
        "2023-03-05",
        "2023-3-5",
        "2023/3/5",
        "2023.3.5",
        "2023年3月5日",
        " 2023 年 3 月 5 日 ",
        "２０２３－０３－０５",
        "２０２３年３月５日",
        "20230305",
        "2023-03-05 00:00:00",
        DAY,
        dt.datetime(2023, 3, 5, 9, 30),  # noqa: DTZ001
        44990,
        44990.0,
        20230305,
    ],
)
def test_a_day_is_read_in_every_usual_notation(cell: object) -> None:
    assert parse_date(cell) == DAY


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("2023-02-30", "没有这一天"),
        ("2023-13-01", "没有这一天"),
        ("三月五日", "不是能识别的日期"),
        ("2023-03", "不是能识别的日期"),
        ("5.3.2023", "不是能识别的日期"),
        ("0023-03-05", "年份应在"),
        ("1899-03-05", "年份应在"),
        (3.5, "不是能识别的日期"),
        (True, "不是能识别的日期"),
        (dt.date(2999, 1, 1), "年份应在"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(cell: object, reason: str) -> None:
    with pytest.raises(BadValue, match=reason):
        parse_date(cell)


@given(ANY_DAY, st.sampled_from(["{:%Y-%m-%d}", "{0.year}/{0.month}/{0.day}", "{:%Y%m%d}"]))
def test_every_day_survives_every_notation(day: dt.date, notation: str) -> None:
    assert parse_date(notation.format(day)) == day


@given(ANY_DAY)
def test_every_day_survives_as_a_serial_number(day: dt.date) -> None:
    assert parse_date(float((day - dt.date(1899, 12, 30)).days)) == day


@pytest.mark.parametrize(
    "cell",
    ["1980-05", "1980.05", "1980.5", "1980年5月", "198005", "１９８０．５", 1980.05, 198005.0,
     dt.date(1980, 5, 1), "1980-05-17", "19800517"],
)  # fmt: skip
def test_a_month_of_birth_is_read_in_every_usual_notation(cell: object) -> None:
    assert parse_month(cell) == "1980-05"


@pytest.mark.parametrize("cell", ["1980", "1980-13", "198013", "五月", "1780-05", 1980.0])
def test_what_is_no_month_is_refused(cell: object) -> None:
    with pytest.raises(BadValue):
        parse_month(cell)


def test_a_number_that_lost_its_nought_is_not_guessed() -> None:
    with pytest.raises(BadValue, match="分不清"):
        parse_month(1980.1)
    assert parse_month("1980.10") == "1980-10"
    assert parse_month(1980.12) == "1980-12"


@pytest.mark.parametrize(
    "cell",
    ["14:30", "14：30", "１４：３０", "14点30分", "14时30", "下午2:30", "14:30:00", dt.time(14, 30),
     dt.datetime(1899, 12, 30, 14, 30), 0.6041666666],  # noqa: DTZ001
)  # fmt: skip
def test_a_time_is_read_in_every_usual_notation(cell: object) -> None:
    assert parse_time(cell) == dt.time(14, 30)


def test_a_whole_hour_needs_no_minutes() -> None:
    assert parse_time("9点") == dt.time(9, 0)
    assert parse_time("下午12:05") == dt.time(12, 5)


@pytest.mark.parametrize("cell", ["25:00", "9:60", "午后", "930", 2.5])
def test_what_is_no_time_is_refused(cell: object) -> None:
    with pytest.raises(BadValue):
        parse_time(cell)


def test_counts_are_whole_and_not_negative() -> None:
    assert [parse_count(cell) for cell in ("0", "１２", 12.0, 12)] == [0, 12, 12, 12]
    for cell in ("-1", "1.5", "十", 1.5, "99999", "1e3"):
        with pytest.raises(BadValue):
            parse_count(cell)


def test_study_hours_have_one_decimal_and_fit_in_a_day() -> None:
    assert [parse_hours(cell) for cell in ("2", "１.５", 1.5, "2.50", 24)] == [
        Decimal(text) for text in ("2.0", "1.5", "1.5", "2.5", "24.0")
    ]
    for cell in ("24.5", "-1", "1.25", "两", 100):
        with pytest.raises(BadValue):
            parse_hours(cell)


def test_numbers_are_codes_without_a_decimal_point() -> None:
    assert parse_code(101.0) == "101"
    assert parse_code("Ｄ－０１ ") == "D-01"


def test_lists_split_outside_brackets_only() -> None:
    assert split_list("张三（病假、住院）、李四,王五；赵六\n钱七、") == [
        "张三（病假、住院）",
        "李四",
        "王五",
        "赵六",
        "钱七",
    ]
    assert split_list("《甲、乙》、《丙》") == ["《甲、乙》", "《丙》"]
    assert split_codes("D01、Ｄ０２，D01") == ["D01", "D02"]


def test_brackets_of_either_kind_are_taken_off() -> None:
    assert split_bracket("张三（病假）") == ("张三", "病假")
    assert split_bracket("张三(病假)") == ("张三", "病假")
    assert split_bracket("张三") == ("张三", "")


def test_text_keeps_full_width_signs_and_loses_what_no_database_takes() -> None:
    assert parse_line("＝１＋１\x00 \ufffe") == "＝１＋１"
    assert parse_line("=1+1") == "=1+1"

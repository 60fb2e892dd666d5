import pytest

from branches.importers.headings import guess_columns, is_right
from branches.importers.roster.lines import MEMBERS, ORGANIZATIONS
from meetings.importers.lines import ACTIVITIES


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("姓名", "姓名"),
        ("姓 名", "姓名"),
        ("姓　名", "姓名"),
        ("*姓名", "姓名"),
        ("姓名：", "姓名"),
        ("姓名（必填）", "姓名"),
        ("党员姓名", "姓名"),
        ("出生日期", "出生年月"),
        ("出生年月(如1980-05)", "出生年月"),
        ("出生\n年月", "出生年月"),
        ("所在支部", "党组织编码"),
        ("入党时间", "入党日期"),
        ("入党曰期", "入党日期"),  # 曰 for 日
        ("党员类型", "党员类别"),
        # Nobody could tell which of 转入, 转出 and 转正 this was meant to be.
        ("转止日期", ""),
        ("联系电话", ""),
        ("序号", ""),
        ("职务", ""),  # most ledgers mean the office, not the post in the Party
        ("", ""),
        (None, ""),
    ],
)
def test_a_heading_that_is_nearly_right_is_read_as_its_column(
    heading: str | None, column: str
) -> None:
    assert guess_columns([heading], MEMBERS) == [column]


def test_a_heading_in_its_own_words_goes_before_a_guess() -> None:
    assert guess_columns(["所在支部", "党组织编码"], MEMBERS) == ["", "党组织编码"]
    assert guess_columns(["所在支部", "党支部"], MEMBERS) == ["党组织编码", ""]


def test_a_column_written_twice_stands_twice() -> None:
    assert guess_columns(["姓名", "姓名"], MEMBERS) == ["姓名", "姓名"]


@pytest.mark.parametrize("layout", [ORGANIZATIONS, MEMBERS, ACTIVITIES], ids=lambda one: one.name)
def test_other_names_lead_to_columns_and_hide_none(layout: object) -> None:
    assert set(layout.other_names.values()) <= set(layout.columns)  # type: ignore[attr-defined]
    assert not set(layout.other_names) & set(layout.columns)  # type: ignore[attr-defined]


def test_only_the_columns_own_name_is_right() -> None:
    assert is_right("*出生年月", "出生年月")
    assert not is_right("出生日期", "出生年月")

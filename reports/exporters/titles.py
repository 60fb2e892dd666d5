"""Titles broken by sense: 词意完整，排列对称，长短适宜 (GB/T 9704, 7.3.1)."""

from itertools import combinations, pairwise

from reports.exporters.glyphs import EM, Face
from reports.exporters.lines import NOT_FIRST, NOT_LAST

# 156 mm hold 20 characters of 22 pt.
TITLE_CELLS = 20
# A line that ends with one of these ends with a thought; the later ones less so.
_GOOD_ENDS = ("及", "的", "》", "）", "”", "、", "，", "和", "与", "年")
# Words of such titles that no line end may tear.
_WORDS = (
    "中国共产党", "党支部", "党总支", "党小组", "党委", "党建", "党组织", "支部", "委员会", "机关",
    "工作", "总结", "计划", "报告", "方案", "年度", "活动", "情况", "统计", "名单", "一览", "明细",
    "登记", "会议", "学习", "主题", "组织", "生活", "党员", "民主", "评议", "廉政", "教育", "建设",
    "完成", "基层", "管理", "落实", "政治", "思想", "监督", "发展", "改革", "服务", "办公室",
)  # fmt: skip


def break_title(text: str, face: Face, *, cells: int = TITLE_CELLS) -> list[str]:
    """The lines of a title: as few as fit, broken where the sense allows, of shapely lengths.

    `cells` is the longest line in characters. Lines of exactly equal length are avoided: the
    standard asks for a trapezoid or a diamond.
    """
    widths = [face.width(character) for character in text]
    total = sum(widths)
    if total <= cells * EM:
        return [text] if text else []
    ends = _possible_ends(text)
    for count in range(-(-total // (cells * EM)), 4):
        # Three lines are a title's limit, and 1,700 combinations the most to look at.
        best = min(
            (
                lines
                for cut in combinations(ends, count - 1)
                if max(_widths(lines := _cut(text, cut), face)) <= cells * EM
            ),
            key=lambda lines: _cost(lines, face),
            default=None,
        )
        if best:
            return best
    return _fill(text, face, cells)


def _cut(text: str, ends: tuple[int, ...]) -> list[str]:
    return [text[start:end] for start, end in zip((0, *ends), (*ends, len(text)), strict=True)]


def _widths(lines: list[str], face: Face) -> list[int]:
    return [sum(map(face.width, line)) for line in lines]


def _possible_ends(text: str) -> list[int]:
    """Positions behind which a line may begin: no torn word or number, no mark out of place."""
    torn = {
        start + offset
        for word in _WORDS
        for start in range(len(text))
        if text.startswith(word, start)
        for offset in range(1, len(word))
    }
    return [
        end
        for end in range(2, len(text) - 1)
        if end not in torn
        and text[end] not in NOT_FIRST
        and text[end - 1] not in NOT_LAST
        and not (text[end - 1].isascii() and (text[end].isascii() or text[end] == "年"))
    ]


def _cost(lines: list[str], face: Face) -> float:
    """Lower is better: ends without sense, then uneven lengths, then a plain rectangle."""
    cost = 0.0
    for line, following in pairwise(lines):
        if line[-1] in _GOOD_ENDS:
            cost += _GOOD_ENDS.index(line[-1]) / len(_GOOD_ENDS)
        elif following[0].isdigit() or following[0] in "《关":
            cost += 0.8
        else:
            cost += 2
    widths = _widths(lines, face)
    cost += 2 * (max(widths) - min(widths)) / max(widths)
    if max(widths) - min(widths) < EM:
        cost += 0.3
    return cost


def _fill(text: str, face: Face, cells: int) -> list[str]:
    """A title too long to be shaped: full lines."""
    lines = [""]
    width = 0
    for character in text:
        width += face.width(character)
        if width > cells * EM:
            lines.append("")
            width = face.width(character)
        lines[-1] += character
    return lines

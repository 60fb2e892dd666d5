"""A pasted line cut into tokens: words, brackets, marks, numbers and what stands between. Pure."""

import re
import unicodedata

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_INVISIBLE = re.compile("[\ufe0e\ufe0f\u20e3\u200b-\u200f\u2060]")
_DOT_APART = re.compile(r"(?<=\w)\s*([·•‧∙⋅・･])\s*(?=\w)")
_TOKEN = re.compile(
    r"""
    (?P<skip>\d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?|\d{1,2}月(?:\d{1,2}[日号])?
        |(?:上午|下午|晚上|星期|周)?\d{1,2}[:：]\d{2}(?::\d{2})?(?:\s*[AaPp][Mm]\b)?
        |第?\d+\s*(?:个)?(?:人次|人|名|位|组|支部|小组|室|楼|号|点|分)|\+\s*\d+)
    |(?P<birth>(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}月?)
    |(?P<bracket>\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|「[^「」]*」)
    |(?P<number>\d+\s*[.、)\]:]?)
    |(?P<mark>[√✓✔✅☑👌×✗✘❌✖])
    |(?P<word>[A-Za-z][A-Za-z0-9_]*|[^\W\d_]+(?:['·•‧∙⋅･・．.][^\W\d_]+)*)
    |(?P<colon>:)
    |(?P<space>[^\S\t]+)
    |(?P<join>、)
    |(?P<apart>.)
    """,
    re.VERBOSE,
)


def folded(line: str) -> str:
    """Half-width signs, ① as `1.`, and no spaces around the dot of a name."""
    line = _INVISIBLE.sub("", line.translate(_FULL_WIDTH))
    line = "".join("1." if unicodedata.category(one) == "No" else one for one in line)
    return _DOT_APART.sub(r"\1", line)


def tokens_of(line: str) -> list[tuple[str, str]]:
    """(kind, text) of every token of a folded line, in order; together they are the line."""
    return [(one.lastgroup or "", one[0]) for one in _TOKEN.finditer(line)]

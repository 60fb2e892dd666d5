"""The sort key of a name: its pinyin, with surnames in the reading they have as surnames."""

from pypinyin import lazy_pinyin

# Characters read otherwise in a surname than in most words. Where two readings of a surname
# live side by side (覃 Qín and Tán, 盖 Gě and Gài) the more frequent one stands here; the key
# of a member can be edited.
_SURNAME_READINGS = {
    "万俟": ("mo", "qi"),
    "单于": ("chan", "yu"),
    "尉迟": ("yu", "chi"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
    "令狐": ("ling", "hu"),
    "万": ("wan",),
    "乐": ("yue",),
    "乜": ("nie",),
    "仇": ("qiu",),
    "任": ("ren",),
    "佴": ("nai",),
    "区": ("ou",),
    "华": ("hua",),
    "单": ("shan",),
    "卜": ("bu",),
    "句": ("gou",),
    "召": ("shao",),
    "员": ("yun",),
    "尉": ("wei",),
    "尹": ("yin",),
    "折": ("she",),
    "曲": ("qu",),
    "曾": ("zeng",),
    "朴": ("piao",),
    "柏": ("bai",),
    "查": ("zha",),
    "沈": ("shen",),
    "洗": ("xian",),
    "燕": ("yan",),
    "盖": ("ge",),
    "瞿": ("qu",),
    "石": ("shi",),
    "祭": ("zhai",),
    "种": ("chong",),
    "秘": ("bi",),
    "繁": ("po",),
    "纪": ("ji",),
    "缪": ("miao",),
    "翟": ("zhai",),
    "舍": ("she",),
    "薄": ("bo",),
    "覃": ("qin",),
    "解": ("xie",),
    "谌": ("chen",),
    "车": ("che",),
    "过": ("guo",),
    "适": ("kuo",),
    "逄": ("pang",),
    "郇": ("xun",),
    "郗": ("xi",),
    "都": ("du",),
    "那": ("na",),
    "重": ("chong",),
    "长": ("chang",),
    "阚": ("kan",),
    "隗": ("wei",),
    "黑": ("he",),
}
# Characters that stand in names but not in the pinyin table.
_RARE = {"𠮷": "ji", "㛃": "jie", "䶮": "yan", "㼆": "ying", "𬭎": "hong", "𫖯": "fu", "𬱖": "di"}


def sort_key_of(name: str) -> str:
    """Lower-case pinyin syllables of the name with a space between them, at most 200 characters.

    Letters stay as they are, interpuncts only separate; a character of unknown reading stays
    itself and so sorts after the rest.
    """
    surname = next((name[:size] for size in (2, 1) if name[:size] in _SURNAME_READINGS), "")
    syllables = [*_SURNAME_READINGS.get(surname, ())]
    for syllable in lazy_pinyin(name[len(surname) :]):
        word = "".join(_RARE.get(sign, sign) for sign in syllable)
        syllables.extend("".join(sign if sign.isalnum() else " " for sign in word).split())
    return " ".join(syllables).lower()[:200]

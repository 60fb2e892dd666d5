"""The words of pasted lists of names: what says who was there, what only names an office."""

import re

PRESENT, ON_LEAVE, ABSENT = "PRESENT", "ON_LEAVE", "ABSENT"  # the codes of AttendanceState


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


# After a name or in brackets behind it. A reason for leave is kept as the note.
_PRESENT = _words(
    """
    到 已到 到了 都到 到会 已到会 到场 已到场 到齐 实到 出席 已出席 参加 已参加 参会 能参加
    可以参加 可参加 会参加 按时参加 准时参加 能到 可到 会到 按时到 准时到 按时到会 准时到会 签到
    已签到 已签 线上参加 线上参会 现场参加 在 在场 来 能来 会来 来了 迟到 早退 √ ✓ ✔ ✅ ☑ 👌
    """
)
_ABSENT = _words(
    """
    缺席 缺勤 缺 未到 未到会 未到场 没到 没有到 没来 没有来 不到 不来 不参加 未参加 没参加
    不能参加 无法参加 不能到 无法到会 不能来 来不了 去不了 参加不了 旷会 旷课 无故缺席 无故未到
    未请假 没请假 缺会 × ✗ ✘ ❌ ✖
    """
)
_LEAVE = _words(
    """
    请假 已请假 请个假 请了假 告假 需请假 要请假 申请请假 因事请假 有事请假 因公请假
    """
)
_REASONS = _words(
    """
    病假 事假 公假 年假 年休假 休年假 休假 产假 陪产假 陪护假 护理假 育儿假 婚假 丧假 探亲假
    调休 轮休 补休 出差 公差 公出 因公出差 在外出差 出差在外 出差中 公务外出 因公外出 因事外出
    外出 外出学习 外出培训 参加培训 在外学习 脱产学习 住院 生病 值班 加班 开会 挂职 借调 抽调
    驻村 下乡 病休 因病 有事 家中有事 因病请假
    """
)
_KEEPS_NOTE = {"迟到", "早退", "线上参加", "线上参会", "无故缺席", "无故未到", "未请假"}
STATES: dict[str, tuple[str, str]] = (
    {word: (PRESENT, word if word in _KEEPS_NOTE else "") for word in _PRESENT}
    | {word: (ABSENT, word if word in _KEEPS_NOTE else "") for word in _ABSENT}
    | {word: (ON_LEAVE, "") for word in _LEAVE}
    | {word: (ON_LEAVE, word) for word in _REASONS}
    | {f"请{word}": (ON_LEAVE, word) for word in _REASONS if word.endswith("假")}
    | {f"{word}请假": (ON_LEAVE, word) for word in ("病假", "事假", "公假", "出差", "外出", "生病")}
)
# The marks that stand before a name as often as behind it.
MARKS = {word for word in STATES if len(word) == 1 and not "\u4e00" <= word <= "\u9fff"}

# Stand beside a name and say nothing about attendance.
TITLES = frozenset(
    _words(
        """
    同志 书记 副书记 支部书记 支部副书记 支书 第一书记 委员 支委 组织委员 宣传委员 纪检委员 组长
    小组长 党小组长 党员 正式党员 预备党员 主任 副主任 处长 副处长 科长 副科长 局长 副局长 部长
    副部长 院长 副院长 校长 副校长 所长 副所长 站长 队长 主席 副主席 秘书长 经理 总经理 副总经理
    主管 调研员 主任科员 科员 老师 教授 医生 律师 工程师 师傅 先生 女士 老同志 主持人 主持
    记录人 记录 主讲人 主讲 参会人 参会人员 请假人 缺席人 签名 本人
    """
    )
)
FILLERS = frozenset(
    _words(
        """
    收到 已收到 好的 知悉 已阅 报名 已报名 接龙 ok yes 谢谢 本人 男 女 汉族
    """
    )
)

_NEUTRAL_LABELS = frozenset(
    _words(
        """
    姓名 名字 序号 编号 签名 签到表 签到 备注 职务 支部 党支部 所在支部 单位 部门 性别 状态 情况
    到会情况 考勤 考勤情况 接龙 群接龙 应到 应参会 应到会 无 以上 合计 总计 共计 共 计 总共 截止
    截至 名单 例 主持人 记录人 主讲人 主持 记录 列席 列席人员 嘉宾 全体党员 党员 全部到会
    全员到齐 全部到齐 其余全部到会 其余全到 其他都到了 其他都到 其余都到 全到 no 时间 地点 主题
    上午 下午 晚上
    """
    )
)
_LABEL_STATES = (
    {
        word: PRESENT
        for word in _words(
            """
    到会 实到 出席 参会 参加 已到 签到 到场 出席会议 参加会议
    """
        )
    }
    | {word: ABSENT for word in _words("缺席 缺勤 未到 未到会 未参加 未出席 未请假 不参加")}
    | {word: ON_LEAVE for word in ("请假", "告假")}
    | {word: ON_LEAVE for word in _REASONS}
)
_AROUND_LABEL = re.compile(
    r"^(?:以下|如下|下列|今日|今天|本次|本月|其中|另|另外|现场|应|会议)+"
    r"|(?:的)?(?:同志|党员|人员|人数|人名单|人|名单|名|情况|如下|有|为|是|了)+$"
)
_NUMBERED_UNIT = re.compile(r"第?[一二三四五六七八九十\d]*(?:党)?(?:支部|小组|党小组|组|批)")


def label_of(word: str) -> tuple[str, str] | None:
    """(state, note) of the people under a label such as 请假人员; None when it is no label.

    A label that says nothing about attendance (姓名, 应到) has the state "".
    """
    word = word.casefold()
    while True:
        bare = _AROUND_LABEL.sub("", word)
        if word in _LABEL_STATES:
            return _LABEL_STATES[word], word if word in _REASONS else ""
        if word in _NEUTRAL_LABELS or _NUMBERED_UNIT.fullmatch(word):
            return "", ""
        if not bare:
            return ("", "") if word else None
        if bare == word:
            return None
        word = bare


def tail_of(text: str) -> tuple[str, str] | None:
    """(state, note) of what stands behind a name; None unless every word of it is known."""
    if not text or text.casefold() in FILLERS or text in TITLES:
        return "", ""
    if text in STATES:
        return STATES[text]
    if re.fullmatch(r"因.{1,12}(?:请假|不能参加|不能到会|无法参加)", text):
        return ON_LEAVE, text
    for size in range(len(text) - 1, 0, -1):
        head, rest = text[:size], text[size:]
        if head in TITLES or head.casefold() in FILLERS or head in STATES:
            found = tail_of(rest)
            if found is None:
                continue
            state, note = STATES.get(head, ("", ""))
            if state and found[0] and state != found[0]:
                continue
            return state or found[0], note or found[1]
    return None


def bracket_of(text: str) -> tuple[str, str]:
    """(state, note) of what stands in brackets behind a name: `请假：家中老人生病` is leave."""
    known = tail_of(text.replace(" ", ""))
    if known is not None:
        return known
    bare = re.sub(r"^(?:请假|缺席|未到)[\s:,，、;]*|^原因[\s:]*", "", text).strip()
    if any(word in text for word in _ABSENT if len(word) > 1):
        return ABSENT, text
    if any(word in text for word in (*_LEAVE, *_REASONS) if len(word) > 1):
        return ON_LEAVE, bare
    return "", text

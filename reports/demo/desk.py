"""Who logs in to the demo site, what lies on their desks, and what the bureau plans next."""

from dataclasses import dataclass

# Known to everybody who can read this: for a site that holds nothing but the demo.
PASSWORD = "Yunchuan-Demo-1"  # nosec B105


@dataclass(frozen=True, slots=True)
class Account:
    """A login with one appointment; `role` as the site names it, `code` "" for the whole site."""

    username: str
    name: str
    role: str
    code: str


ACCOUNTS = (
    Account("admin", "陆文瑾", "ADMINISTRATOR", "YC"),
    Account("secretary", "方启航", "SECRETARY", "YC-01"),
    Account("secretary2", "宋佩兰", "SECRETARY", "YC-03"),
    Account("recorder", "尹书禾", "RECORDER", "YC-05-01"),
    Account("inspector", "韦承志", "INSPECTOR", "YC"),
    Account("auditor", "顾审言", "AUDITOR", ""),
)


@dataclass(frozen=True, slots=True)
class OpenRecord:
    """The year's last record of one kind in one organization is not accepted yet.

    It was entered by `username`; `status` is DRAFT, SUBMITTED or RETURNED with the comment.
    """

    username: str
    code: str
    kind: str
    status: str
    comment: str = ""


OPEN_RECORDS = (
    OpenRecord("secretary", "YC-01", "集中学习", "SUBMITTED"),
    OpenRecord("secretary", "YC-01-2", "党小组会", "SUBMITTED"),
    OpenRecord("secretary2", "YC-03", "集中学习", "SUBMITTED"),
    OpenRecord(
        "secretary",
        "YC-01",
        "主题党日",
        "RETURNED",
        "请在内容里写明活动由哪个科室承办，核对学时后重新提交。",
    ),
    OpenRecord(
        "secretary2",
        "YC-03",
        "支部委员会会议",
        "RETURNED",
        "议定事项没有写明承办人和完成时间，请补充。",
    ),
    OpenRecord("secretary2", "YC-03", "主题党日", "DRAFT"),
    OpenRecord("recorder", "YC-05-01", "集中学习", "DRAFT"),
    OpenRecord("recorder", "YC-05-01-1", "党小组会", "DRAFT"),
)

# One record was entered a second time by the recorder, and voided.
TWICE_ENTERED = OpenRecord("recorder", "YC-05-01", "主题党日", "VOID", "与同日同一活动重复登记。")


@dataclass(frozen=True, slots=True)
class Intention:
    """An item of the bureau's plan for the next year, in thread 1, 2 or 3."""

    thread: int
    text: str
    kind: str = ""
    target: int | None = None
    quarter: int | None = None
    owner: str = ""
    code: str = ""


INTENTIONS = (
    Intention(1, "各支部每月组织集中学习，合计", "GROUP_STUDY", 72, None, "宣传委员"),
    Intention(1, "各支部书记和机关党委书记讲党课", "PARTY_LECTURE", 16),
    Intention(1, "举办数据安全法规专题学习班", "", 2, 2, "组织委员"),
    Intention(2, "各支部召开党员大会", "GENERAL_MEETING", 24),
    Intention(2, "开展主题党日", "THEMED_PARTY_DAY", 62, None, "宣传委员"),
    Intention(2, "指导六个支部按期完成换届", "", None, 1, "组织委员"),
    Intention(2, "各支部召开组织生活会", "ORGANIZATIONAL_LIFE_MEETING", 6, 4),
    Intention(3, "节前开展廉政教育", "INTEGRITY_EDUCATION", 22, None, "纪检委员"),
    Intention(3, "围绕“高效办成一件事”开展专题研讨", "SPECIAL_SEMINAR", 6, 3, "宋佩兰", "YC-03"),
    Intention(3, "上年度未办结的整改事项全部销号", "", None, 2, "纪检委员"),
)

# The small branch's report is finished: what its secretary wrote into the blanks 【待填：…】.
FINISHED_BRANCH = "YC-04"
BLANKS = {
    "上级党组织对本年度党建工作的部署": "局机关党委年度党建工作要点",
    "学习成效，用具体事例说明": "党员把条款写进检查清单，账号清理和日志检查都按清单逐项核对",
    "党员发挥作用的具体事例和业务成果": "党员带队抽查六个单位，停用离岗人员账号十一个，督促下线停用系统一套",
    "主要问题和不足": "学习与监管案例结合不够紧，第四季度没有安排党课，支部台账更新有时滞后",
    "下一年度重点任务": "等级保护测评和数据出域审查两项任务",
}

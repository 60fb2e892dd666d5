"""Minutes of an activity: its own facts, what people said, and how the chair closed it."""

from collections.abc import Sequence

from reports.demo.plan import Planned, pick
from reports.demo.work import Work

# Remarks: {name} speaks about the daily work of their own branch.
REMARKS = (
    "{name}说，{task}这个月有{k}处没有按时完成，主要是{cause}。",
    "{name}谈到，{case}。",
    "{name}建议把{task}的常见问题整理成一页纸，给新同志用。",
    "{name}对照要求查找不足，认为自己对{task}的情况掌握不细，打算到{partner}跟班{k}天。",
    "{name}举了近期的一个例子：{case}。",
    "{name}提出，{task}要先和{partner}对一遍口径，再往下做。",
    "{name}认为{task}反复出错，根子是{cause}，建议从源头改。",
    "{name}承诺{k}周内把{task}的欠账补齐，请大家监督。",
    "{name}说上次提的{task}问题已经解决，还剩{partner}那边一处没有回复。",
    "{name}回忆刚接手{task}时出过的差错，提醒年轻同志重视交接。",
    "{name}不赞成再加一张表，{task}现有的台账写清楚就够用。",
    "{name}汇报与{partner}沟通的情况，对方同意从下月起派人参加{task}。",
)

# In the committees above the branches the talk is of the branches, not of daily work.
COMMITTEE_REMARKS = (
    "{name}建议先在一个支部试一个月，再全面推开。",
    "{name}要求材料里的数字与台账逐项核对。",
    "{name}提出，离局机关远的支部要另留出通知时间。",
    "{name}说，基层反映最多的是临时加会，建议每月集中开一次。",
    "{name}对经费使用的票据和审批手续提出两点要求。",
    "{name}补充了走访{k}个党小组了解到的情况。",
    "{name}建议把责任写到人，不写“有关支部”。",
    "{name}认为时限定得偏紧，会议商定顺延{k}天。",
)

# How the chair sums up.
CLOSINGS = (
    "{chair}小结时要求，议定的事写明承办人和时间。",
    "{chair}最后说，办成一件销一件，下次先讲落实情况。",
    "{chair}把大家的意见归纳为{k}条，会后发给全体党员。",
    "{chair}提醒，发言里提到的问题由提出人跟到底。",
    "{chair}请记录人两日内整理好记录，送发言的同志核对。",
    "{chair}小结：今天的意见有{k}条能马上办，其余下月答复。",
    "{chair}要求把{task}列为下月检查的重点。",
    "{chair}表示，涉及{partner}的事项由支部出面联系。",
)

# How many people are quoted, by the first kind of the activity; two otherwise.
_SPEAKERS = {
    "廉政教育": 0,
    "党课": 1,
    "谈心谈话": 0,
    "青年党员活动": 0,
    "组织生活会": 1,
}


def speakers_needed(plan: Planned) -> int:
    return _SPEAKERS.get(plan.kinds[0], 2)


def write_minutes(plan: Planned, chair: str, speakers: Sequence[tuple[str, Work]]) -> str:
    """Two to seven sentences, the same each time for the same plan and people.

    `speakers` are names with the work of the branch they belong to on the day.
    """
    sentences = list(plan.facts)
    remarks: list[str] = []
    patterns = COMMITTEE_REMARKS if _is_committee_above(plan) else REMARKS
    for number, (name, work) in enumerate(speakers):
        # Nobody repeats the pattern that was just used.
        options = [remark for remark in patterns if remark not in remarks]
        remarks.append(pick(options, f"{plan.key}/remark{number}"))
        sentences.append(_fill(remarks[-1], work, f"{plan.key}/{name}", name=name))
    if speakers:
        closing = pick(CLOSINGS, f"{plan.key}/closing")
        sentences.append(_fill(closing, speakers[0][1], f"{plan.key}/end", chair=chair))
    return "".join(sentences)


def _is_committee_above(plan: Planned) -> bool:
    return plan.is_morning and plan.kinds[0] in ("党委会", "支部委员会会议")


def _fill(template: str, work: Work, key: str, *, name: str = "", chair: str = "") -> str:
    return template.format(
        name=name,
        chair=chair,
        task=pick(work.tasks, f"{key}/task"),
        partner=pick(work.partners, f"{key}/partner"),
        cause=pick(work.causes, f"{key}/cause"),
        case=pick(work.cases, f"{key}/case"),
        k=pick(("两", "三", "四"), f"{key}/k"),
    )

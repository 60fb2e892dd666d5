"""A first proposal for next year's plan, from what this year held."""

from collections.abc import Mapping

from reports.composer.assemble import PlanLine

# (thread, words, figure whose count of this year is proposed again, kind)
_PROPOSED = (
    (1, "组织集中学习", "group_study.count", "GROUP_STUDY"),
    (1, "开设党课", "party_lecture.count", "PARTY_LECTURE"),
    (2, "召开支部党员大会", "general_meeting.count", "GENERAL_MEETING"),
    (2, "开展主题党日", "themed_party_day.count", "THEMED_PARTY_DAY"),
    (2, "召开组织生活会", "organizational_life_meeting.count", "ORGANIZATIONAL_LIFE_MEETING"),
    (3, "开展节前廉政教育", "integrity_education.count", "INTEGRITY_EDUCATION"),
    (3, "围绕业务重点开展专题研讨", "special_seminar.count", "SPECIAL_SEMINAR"),
)


def propose_plan(values: Mapping[str, int | None]) -> list[tuple[PlanLine, str]]:
    """Plan lines with their kinds ("" for none): as many as this year, and what is left to mend.

    A proposal to start from; the administrator changes what does not fit. `values` are the
    figures of the year by key.
    """
    lines = [
        (PlanLine(thread=thread, text=words, target=count), kind)
        for thread, words, key, kind in _PROPOSED
        if (count := values.get(key))
    ]
    left = (values.get("rectifications.opened") or 0) - (values.get("rectifications.closed") or 0)
    if left > 0:
        lines.append((PlanLine(thread=3, text=f"完成上年度结转的{left}项整改", quarter=2), ""))
    return lines

"""What kinds and holidays are called in official documents (docs/domain.md §1, §3)."""

from meetings.models import Holiday, Kind

KIND_LABELS = {
    Kind.GENERAL_MEETING: "支部党员大会",
    Kind.COMMITTEE_MEETING: "支部委员会会议",
    Kind.GROUP_MEETING: "党小组会",
    Kind.PARTY_LECTURE: "党课",
    Kind.THEMED_PARTY_DAY: "主题党日",
    Kind.GROUP_STUDY: "集中学习",
    Kind.ORGANIZATIONAL_LIFE_MEETING: "组织生活会",
    Kind.DEMOCRATIC_APPRAISAL: "民主评议党员",
    Kind.PARTY_COMMITTEE_MEETING: "党委会",
    Kind.INTEGRITY_EDUCATION: "廉政教育",
    Kind.SPECIAL_SEMINAR: "专题研讨",
    Kind.YOUTH_ACTIVITY: "青年党员活动",
    Kind.HEART_TO_HEART_TALK: "谈心谈话",
}
HOLIDAY_LABELS = {
    Holiday.NEW_YEAR: "元旦",
    Holiday.SPRING_FESTIVAL: "春节",
    Holiday.QINGMING: "清明",
    Holiday.LABOUR_DAY: "五一",
    Holiday.DRAGON_BOAT: "端午",
    Holiday.MID_AUTUMN: "中秋",
    Holiday.NATIONAL_DAY: "国庆",
}

COUNTED = "本组织及其下级组织本年度计入统计的记录"

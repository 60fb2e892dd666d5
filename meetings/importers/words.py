"""The Chinese words of a workbook for kinds of activity and holidays (glossary of the domain)."""

from meetings.models import Holiday, Kind

KIND_WORDS = {
    "支部党员大会": Kind.GENERAL_MEETING,
    "支部委员会会议": Kind.COMMITTEE_MEETING,
    "党小组会": Kind.GROUP_MEETING,
    "党课": Kind.PARTY_LECTURE,
    "主题党日": Kind.THEMED_PARTY_DAY,
    "集中学习": Kind.GROUP_STUDY,
    "组织生活会": Kind.ORGANIZATIONAL_LIFE_MEETING,
    "民主评议党员": Kind.DEMOCRATIC_APPRAISAL,
    "党委会": Kind.PARTY_COMMITTEE_MEETING,
    "廉政教育": Kind.INTEGRITY_EDUCATION,
    "专题研讨（党建与业务融合）": Kind.SPECIAL_SEMINAR,
    "青年党员活动": Kind.YOUTH_ACTIVITY,
    "谈心谈话": Kind.HEART_TO_HEART_TALK,
    # Other ways of writing the same.
    "党员大会": Kind.GENERAL_MEETING,
    "支部大会": Kind.GENERAL_MEETING,
    "支部委员会": Kind.COMMITTEE_MEETING,
    "支部委员会议": Kind.COMMITTEE_MEETING,
    "支委会": Kind.COMMITTEE_MEETING,
    "支委会会议": Kind.COMMITTEE_MEETING,
    "小组会": Kind.GROUP_MEETING,
    "党小组会议": Kind.GROUP_MEETING,
    "主题党日活动": Kind.THEMED_PARTY_DAY,
    "民主评议": Kind.DEMOCRATIC_APPRAISAL,
    "党委会议": Kind.PARTY_COMMITTEE_MEETING,
    "党委委员会会议": Kind.PARTY_COMMITTEE_MEETING,
    "廉洁教育": Kind.INTEGRITY_EDUCATION,
    "专题研讨": Kind.SPECIAL_SEMINAR,
    "专题研讨(党建与业务融合)": Kind.SPECIAL_SEMINAR,
    "青年活动": Kind.YOUTH_ACTIVITY,
    "谈心": Kind.HEART_TO_HEART_TALK,
}

HOLIDAY_WORDS = {
    "元旦": Holiday.NEW_YEAR,
    "春节": Holiday.SPRING_FESTIVAL,
    "清明": Holiday.QINGMING,
    "五一": Holiday.LABOUR_DAY,
    "端午": Holiday.DRAGON_BOAT,
    "中秋": Holiday.MID_AUTUMN,
    "国庆": Holiday.NATIONAL_DAY,
    "元旦节": Holiday.NEW_YEAR,
    "清明节": Holiday.QINGMING,
    "劳动节": Holiday.LABOUR_DAY,
    "五一劳动节": Holiday.LABOUR_DAY,
    "端午节": Holiday.DRAGON_BOAT,
    "中秋节": Holiday.MID_AUTUMN,
    "国庆节": Holiday.NATIONAL_DAY,
}

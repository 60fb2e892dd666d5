"""The words of the annual summary and plan: Chinese content, written for this project.

Five sections in the order that bureaus submit (domain.md §4). `{…}` is a bound figure or list,
`【待填：…】` what only a person can write, `<年>` `<次年>` `<全称>` `<本级>` words that are known
when the text is drafted. Regulations are cited by their full titles.
"""

from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, and what to say instead when a figure in it is zero or unknown.

    The first text whose figures all have something to tell is used; with none, nothing is said.
    """

    text: str
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionSkeleton:
    """A section: paragraphs of sentences."""

    key: str
    heading: str
    paragraphs: tuple[tuple[Sentence, ...], ...]


def _say(text: str, *otherwise: str) -> Sentence:
    return Sentence(text, otherwise)


def _appraisal() -> Sentence:
    """The grades that were given, by number, and those that nobody got, by name.

    One text for each set of grades, the larger sets first: the first whose grades were all
    given is then the one that leaves none of them out.
    """
    grades = ("优秀", "合格", "基本合格", "不合格")
    texts = []
    for size in range(len(grades), 0, -1):
        for given in combinations(grades, size):
            numbers = "、".join(f"{grade}{{评议{grade}人数}}名" for grade in given)
            missing = [grade for grade in grades if grade not in given]
            *most, last = missing or [""]
            nobody = f"，没有{'、'.join(most)}{'和' if most else ''}{last}等次" if missing else ""
            texts.append(f"评议结果为：{numbers}{nobody}。")
    return Sentence(texts[0], tuple(texts[1:]))


_APPRAISAL = _appraisal()

SKELETON: tuple[SectionSkeleton, ...] = (
    SectionSkeleton(
        "preamble",
        "",
        (
            (
                _say("<年>，<全称>按照【待填：上级党组织对本年度党建工作的部署】，"),
                _say("以“三会一课”、主题党日、组织生活会和民主评议党员为主要载体开展党建工作。"),
                _say(
                    "截至<年>12月31日，共有党员{党员总数}名，其中正式党员{正式党员人数}名、"
                    "预备党员{预备党员人数}名。",
                    "截至<年>12月31日，共有正式党员{正式党员人数}名，没有预备党员。",
                    "截至<年>12月31日，共有预备党员{预备党员人数}名，没有正式党员。",
                    "截至<年>12月31日，尚无在册党员。",
                ),
                _say(
                    "全年形成活动记录{活动记录条数}条，下文数据均据此统计。",
                    "截至目前，本年度尚无计入统计的活动记录。",
                ),
                _say("现将<年>党建工作情况和<次年>工作计划报告如下："),
            ),
        ),
    ),
    SectionSkeleton(
        "study",
        "一、抓实理论学习，打牢思想基础",
        (
            (
                _say("<本级>把理论学习作为首要任务，坚持集体学习与个人自学相结合。"),
                _say(
                    "全年共开展集中学习{集中学习次数}次。",
                    "本年度没有计入统计的集中学习记录，【待填：集中学习开展情况】。",
                ),
                _say("开设党课{党课次数}次。", "本年度没有计入统计的党课记录。"),
                _say("各类活动共学习文件材料{学习材料篇数}篇，包括{学习材料}。"),
                _say("活动形式包括{活动形式}。"),
            ),
            (
                _say("学习教育中，{学习教育亮点}。"),
                _say("通过学习，【待填：学习成效，用具体事例说明】。"),
            ),
        ),
    ),
    SectionSkeleton(
        "organization",
        "二、规范组织生活，落实各项制度",
        (
            (
                _say(
                    "<本级>按照《中国共产党支部工作条例（试行）》"
                    "《中国共产党党和国家机关基层组织工作条例》的规定落实组织生活制度。"
                ),
                _say(
                    "全年召开党委会{党委会次数}次，研究党建工作、组织生活和整改落实等事项。",
                ),
                _say(
                    "召开支部党员大会{支部党员大会次数}次。",
                    "本年度没有计入统计的支部党员大会记录。",
                ),
                _say("召开支部委员会会议{支部委员会会议次数}次。"),
                _say("召开党小组会{党小组会次数}次。"),
                _say(
                    "已记录考勤的活动应到{应到人次}人次、实到{实到人次}人次，到会率{到会率}。",
                    "已记录考勤的活动应到{应到人次}人次、实到{实到人次}人次。",
                    "已记录考勤的活动应到{应到人次}人次，实到人次为零。",
                    "各项活动尚未记录考勤。",
                ),
            ),
            (
                _say(
                    "开展主题党日{主题党日次数}次，主题包括{主题党日主题}。",
                    "本年度没有计入统计的主题党日记录。",
                ),
                _say("组织生活中，{组织生活亮点}。"),
            ),
            (
                _say(
                    "召开组织生活会{组织生活会次数}次。",
                    "<年>组织生活会尚无计入统计的记录，【待填：召开情况或安排】。",
                ),
                _say("开展民主评议党员{民主评议党员次数}次。"),
                _APPRAISAL,
                _say("开展谈心谈话{谈心谈话次数}次。"),
                _say(
                    "全年查找问题{整改问题数}项，年内完成整改{完成整改数}项，"
                    "逾期未完成{逾期未完成整改数}项。",
                    "全年查找问题{整改问题数}项，年内完成整改{完成整改数}项。",
                    "全年查找问题{整改问题数}项，其中逾期未完成{逾期未完成整改数}项，整改尚在进行。",
                    "全年查找问题{整改问题数}项，整改尚在进行。",
                ),
            ),
        ),
    ),
    SectionSkeleton(
        "integration",
        "三、围绕中心工作，推进融合发展",
        (
            (
                _say("<本级>围绕业务工作谋划党建工作，推动二者同部署、同落实。"),
                _say(
                    "围绕业务重点开展专题研讨{专题研讨次数}次。",
                    "本年度没有计入统计的专题研讨记录。",
                ),
                _say("组织青年党员活动{青年党员活动次数}次。"),
                _say("党建与业务融合中，{党建业务融合亮点}。"),
                _say("在重点任务中，【待填：党员发挥作用的具体事例和业务成果】。"),
            ),
        ),
    ),
    SectionSkeleton(
        "integrity",
        "四、加强纪律教育，保持清正廉洁",
        (
            (
                _say("<本级>落实全面从严治党责任，把纪律教育融入日常。"),
                _say(
                    "全年开展廉政教育{廉政教育次数}次，覆盖{廉政教育节点}等节日。",
                    "全年开展廉政教育{廉政教育次数}次。",
                    # No record in the year itself, but one in the December before.
                    "{廉政教育节点}前的廉政教育已在上年12月开展，此后没有计入统计的廉政教育记录。",
                    "本年度没有计入统计的廉政教育记录，【待填：廉政教育开展情况】。",
                ),
                _say("廉政工作中，{廉政工作亮点}。"),
            ),
            (_say("对照年初部署，工作中还存在以下不足：【待填：主要问题和不足】。"),),
        ),
    ),
    SectionSkeleton(
        "plan",
        "五、<次年>党建工作计划",
        (
            (
                _say(
                    "<次年>，<本级>将围绕【待填：下一年度重点任务】，针对存在的不足，"
                    "重点做好以下三个方面的工作。"
                ),
            ),
            (
                _say(
                    "一是加强学习，提高理论素养。坚持个人自学与集体学习相结合，"
                    "把学习成果用到工作中。主要安排：{第一方面计划事项}。"
                ),
            ),
            (
                _say(
                    "二是规范组织生活，增强支部功能。按期开好各类会议，做到有准备、有记录、有落实。"
                    "主要安排：{第二方面计划事项}。"
                ),
            ),
            (
                _say(
                    "三是压实责任，推动工作落实。把党建责任与业务责任一并落实到人，"
                    "抓好纪律教育和问题整改。主要安排：{第三方面计划事项}。"
                ),
            ),
        ),
    ),
)

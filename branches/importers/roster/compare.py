"""The people of the file against those in the database: what is new, what changed, what clashes."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from branches.clean import comparable
from branches.importers.roster.lines import WORD_OF_TITLE, MemberLine, person_key
from branches.importers.roster.organizations import SEAT_KINDS, WHOLE_SITE, TreePlan
from branches.importers.roster.people import Person, PostPeriod
from branches.models import Member, Membership, Post

# What the columns of the sheet are called in the model.
_COLUMNS = {
    "gender": "性别",
    "ethnicity": "民族",
    "note": "备注",
    "converted_on": "转正日期",
}


@dataclass(slots=True)
class PeoplePlan:
    """What to write. Members that exist are the database's objects with new values set."""

    new_people: list[Person] = field(default_factory=list)
    changed_members: list[Member] = field(default_factory=list)
    new_memberships: list[tuple[Person, Member | None, MemberLine]] = field(default_factory=list)
    ended_memberships: list[Membership] = field(default_factory=list)
    new_posts: list[tuple[Person, Member | None, PostPeriod]] = field(default_factory=list)
    ended_posts: list[Post] = field(default_factory=list)
    # What stood in the changed members, by their keys.
    before: dict[int, dict[str, Any]] = field(default_factory=dict)
    within: tuple[str, ...] = WHOLE_SITE
    unchanged_members: int = 0
    unchanged_memberships: int = 0
    unchanged_posts: int = 0


def plan_people(
    people: list[Person], tree: TreePlan, *, within: tuple[str, ...] = WHOLE_SITE
) -> PeoplePlan:
    """Compare with the database. Three queries.

    Of people who never belonged to an organization `within` these tree paths, and of
    organizations beyond them, a reason tells nothing but that the row cannot be taken.
    """
    members = {person_key(one.name, one.birth_month): one for one in Member.objects.all()}
    memberships: dict[int, list[Membership]] = defaultdict(list)
    for membership in Membership.objects.select_related("organization"):
        memberships[membership.member_id].append(membership)
    posts: dict[int, list[Post]] = defaultdict(list)
    for post in Post.objects.select_related("organization"):
        posts[post.member_id].append(post)

    def is_strange(member: Member) -> bool:
        places: list[Membership | Post] = [*memberships[member.pk], *posts[member.pk]]
        return "" not in within and not any(_is_within(one, within) for one in places)

    births: dict[str, set[str]] = defaultdict(set)
    for (name, birth), known in members.items():
        if not is_strange(known):
            births[name].add(birth)

    plan = PeoplePlan(within=within)
    for person in people:
        member = members.get(person.first.person)
        if member is not None and is_strange(member):
            person.first.reading.refuse(
                "姓名", "不能导入此人，请核对姓名和出生年月；从外单位转入的，请办理组织关系转接"
            )
            continue
        if member is None:
            _check_namesakes(person, births[comparable(person.first.name)])
            plan.new_people.append(person)
            for line in person.lines:
                line.reading.mark_new()
        elif before := _update(member, person):
            plan.changed_members.append(member)
            plan.before[member.pk] = before
        else:
            plan.unchanged_members += 1
        _plan_memberships(plan, tree, person, member, memberships[member.pk] if member else [])
        _plan_posts(plan, person, member, posts[member.pk] if member else [])
    return plan


def _is_within(one: Membership | Post, within: tuple[str, ...]) -> bool:
    return one.organization.path.startswith(within)


def _check_namesakes(person: Person, births: set[str]) -> None:
    """One of two namesakes without 出生年月 cannot be told from the other."""
    if births and (not person.first.birth_month or "" in births):
        known = "、".join(sorted(births)) if "" not in births else "空"
        person.first.reading.refuse(
            "出生年月", f"系统中已有同名党员（出生年月：{known}），无法分清是否为同一人"
        )


def _update(member: Member, person: Person) -> dict[str, Any]:
    """Set what the file adds on the member; what stood there before comes back. Contradictions
    are problems, and a blank cell says nothing."""
    refuse = person.first.reading.refuse
    if member.joined_on != person.joined_on:
        refuse("入党日期", f"系统中此人的入党日期是 {member.joined_on}")
    changes: dict[str, Any] = {
        name: value
        for name in ("gender", "ethnicity")
        if (value := getattr(person, name)) and value != getattr(member, name)
    }
    # Notes are added to: a file with fewer rows takes none away.
    fresh_notes = [note for note in person.notes if note not in member.note]
    if fresh_notes:
        changes["note"] = "\n".join([member.note, *fresh_notes]).strip()
    is_full_in_system = member.is_conversion_date_unknown or member.converted_on is not None
    if person.converted_on is not None and member.converted_on != person.converted_on:
        if member.converted_on is not None:
            refuse("转正日期", f"系统中此人的转正日期是 {member.converted_on}")
        changes |= {"converted_on": person.converted_on, "is_conversion_date_unknown": False}
    elif person.is_full and not is_full_in_system:
        changes["is_conversion_date_unknown"] = True
    elif not person.is_full and person.converted_on is None and is_full_in_system:
        refuse("党员类别", "系统中此人已是正式党员")
    _mark_changes(member, person, changes)
    before = {name: getattr(member, name) for name in changes}
    for name, value in changes.items():
        setattr(member, name, value)
    return before


def _mark_changes(member: Member, person: Person, changes: dict[str, Any]) -> None:
    """Note what stands in the system at the first row that says otherwise."""
    for name, column in _COLUMNS.items():
        if name not in changes:
            continue
        said = (line for line in person.lines if line.reading.raw(column))
        line = next(said, person.first)
        line.reading.mark_changed(column, getattr(member, name))
    if changes.get("is_conversion_date_unknown"):
        person.first.reading.mark_changed("党员类别", "预备党员")


def _plan_memberships(
    plan: PeoplePlan,
    tree: TreePlan,
    person: Person,
    member: Member | None,
    known: list[Membership],
) -> None:
    by_start = {(one.organization.code, one.started_on): one for one in known}
    fresh = []
    for line in person.memberships:
        old = by_start.get((line.code, line.start))
        if old is None:
            fresh.append(line)
        elif old.ended_on == line.ended_on:
            plan.unchanged_memberships += 1
        elif old.ended_on is None:
            old.ended_on = line.ended_on
            plan.ended_memberships.append(old)
            line.reading.mark_changed("转出日期", None)
        else:
            line.reading.refuse("转出日期", f"系统中这一时期已于 {old.ended_on} 结束")
    # Only now: a row further down may have ended the period that a new one follows.
    for line in fresh:
        clash = next((one for one in known if _clashes(line, one)), None)
        if clash is not None and tree.is_seat(line) and not _is_high(clash):
            continue
        if clash is not None:
            end = f"到 {clash.ended_on}" if clash.ended_on else "至今"
            where = f"{clash.organization.code}（{clash.organization}）"
            if not _is_within(clash, plan.within):
                where = "外单位"
            line.reading.refuse(
                "党组织编码",
                f"系统中此人自 {clash.started_on} {end}属于 {where}，与本行的时期重叠",
            )
        line.reading.mark_new()
        plan.new_memberships.append((person, member, line))


def _is_high(membership: Membership) -> bool:
    return membership.organization.kind in SEAT_KINDS


def _clashes(line: MemberLine, known: Membership) -> bool:
    return (known.ended_on is None or line.start < known.ended_on) and (
        line.ended_on is None or known.started_on < line.ended_on
    )


def _plan_posts(plan: PeoplePlan, person: Person, member: Member | None, known: list[Post]) -> None:
    by_start = {(one.organization.code, one.title, one.started_on): one for one in known}
    fresh = []
    for post in person.posts:
        old = by_start.get((post.code, post.title.value, post.started_on))
        if old is None:
            fresh.append(post)
        elif old.ended_on == post.ended_on:
            plan.unchanged_posts += 1
        elif old.ended_on is None:
            old.ended_on = post.ended_on
            plan.ended_posts.append(old)
            post.line.reading.mark_changed("转出日期", None)
        else:
            post.line.reading.refuse("党内职务", f"系统中这一职务已于 {old.ended_on} 卸任")
    for post in fresh:
        _check_post_begins_once(post, known)
        plan.new_posts.append((person, member, post))
        held = [WORD_OF_TITLE[old.title] for old in known if _is_held_beside(old, post)]
        post.line.reading.mark_changed("党内职务", "、".join(held))
    _check_posts_left_open(person, known)


def _is_held_beside(old: Post, post: PostPeriod) -> bool:
    return old.organization.code == post.code and old.ended_on is None


def _check_post_begins_once(post: PostPeriod, known: list[Post]) -> None:
    """The same post over the same time with another first day is a contradiction."""
    for old in known:
        if (
            (old.organization.code, old.title) == (post.code, post.title.value)
            and (old.ended_on is None or post.started_on < old.ended_on)
            and (post.ended_on is None or old.started_on < post.ended_on)
        ):
            post.line.reading.refuse(
                "任职日期" if post.line.post_since else "党内职务",
                f"系统中此人任{WORD_OF_TITLE[old.title]}自 {old.started_on} 起",
            )
            return


def _check_posts_left_open(person: Person, known: list[Post]) -> None:
    """A post open in the database that the file's row for the same organization leaves out:
    the row says the person holds other posts, but not since when this one ended."""
    for old in known:
        if old.ended_on is not None:
            continue
        same = [post for post in person.posts if post.code == old.organization.code]
        open_now = [post for post in same if post.ended_on is None]
        if open_now and old.title not in {post.title.value for post in same}:
            open_now[0].line.reading.refuse(
                "党内职务",
                f"系统中此人自 {old.started_on} 起任{WORD_OF_TITLE[old.title]}，文件中没有；"
                "职务有变动的，请按变动日期分两行填写",
            )

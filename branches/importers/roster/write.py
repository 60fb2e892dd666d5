"""Writing a planned roster."""

from branches.effects import Effects
from branches.importers.roster.compare import PeoplePlan
from branches.importers.roster.organizations import TreePlan
from branches.models import Member, Membership, Organization, Post
from branches.pinyin import sort_key_of
from branches.services.organizations import correct_particulars, correct_place, plant

_BATCH = 1000


def write_tree(plan: TreePlan) -> None:
    """Add from the top down, then correct names and days, then places. A few queries each."""
    at: dict[str, Organization] = {one.code: one for one in Organization.objects.all()}
    for line in plan.to_add:
        parent_code = plan.places[line.code].parent_code
        at[line.code] = plant(
            at[parent_code] if parent_code else None,
            code=line.code,
            name=line.name,
            short_name=line.short_name,
            kind=line.kind,
            founded_on=line.founded_on,
            closed_on=line.closed_on,
        )
    for code, changes in plan.to_update.items():
        correct_particulars(at[code], **changes)
    for code, parent_code in plan.to_move.items():
        correct_place(at[code], at[parent_code])


def write_people(plan: PeoplePlan, effects: Effects) -> None:
    """Members, then their periods and posts. A fixed number of queries per thousand rows.

    Periods that end are written before those that begin: a member has one open period.
    """
    organizations = {one.code: one for one in Organization.objects.all()}
    created = Member.objects.bulk_create(
        [
            Member(
                name=person.first.name,
                birth_month=person.first.birth_month,
                gender=person.gender,
                ethnicity=person.ethnicity,
                joined_on=person.joined_on,
                converted_on=person.converted_on,
                is_conversion_date_unknown=person.is_conversion_date_unknown,
                sort_key=sort_key_of(person.first.name),
                note="\n".join(person.notes),
            )
            for person in plan.new_people
        ],
        batch_size=_BATCH,
    )
    member_of = {id(person): one for person, one in zip(plan.new_people, created, strict=True)}
    Member.objects.bulk_update(
        plan.changed_members,
        ["gender", "ethnicity", "note", "converted_on", "is_conversion_date_unknown"],
        batch_size=_BATCH,
    )
    Membership.objects.bulk_update(plan.ended_memberships, ["ended_on"], batch_size=_BATCH)
    memberships = Membership.objects.bulk_create(
        [
            Membership(
                member=member or member_of[id(person)],
                organization=organizations[line.code],
                started_on=line.start,
                ended_on=line.ended_on,
            )
            for person, member, line in plan.new_memberships
        ],
        batch_size=_BATCH,
    )
    Post.objects.bulk_update(plan.ended_posts, ["ended_on"], batch_size=_BATCH)
    posts = Post.objects.bulk_create(
        [
            Post(
                member=member or member_of[id(person)],
                organization=organizations[post.code],
                title=post.title,
                started_on=post.started_on,
                ended_on=post.ended_on,
            )
            for person, member, post in plan.new_posts
        ],
        batch_size=_BATCH,
    )
    effects.created([*created, *memberships, *posts])
    for member in plan.changed_members:
        effects.changed(member, plan.before[member.pk])
    for ended in (*plan.ended_memberships, *plan.ended_posts):
        effects.changed(ended, {"ended_on": None})

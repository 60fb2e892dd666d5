"""Who is expected at an activity, from what it counts as (formats.md §2)."""

import datetime as dt
from collections.abc import Iterable

from branches.models import Organization
from branches.roster import Expected, committee_expected, members_expected
from branches.roster_book import RosterBook
from meetings.models import Kind

# Here the holders of committee posts are expected; everywhere else the members.
COMMITTEE_KINDS = frozenset({Kind.COMMITTEE_MEETING.value, Kind.PARTY_COMMITTEE_MEETING.value})


def expected_for(
    credits: Iterable[tuple[str, Organization]], *, on: dt.date, book: RosterBook | None = None
) -> list[Expected]:
    """Everyone expected as of the day, once, for (kind, organization) pairs.

    An activity that is a committee meeting and something else expects both. Sorted by the
    sort key. At most five queries, whatever the number of pairs; none with a `book`, which must
    cover the organizations.
    """
    committees: dict[int, Organization] = {}
    organizations: dict[int, Organization] = {}
    for kind, organization in credits:
        group = committees if kind in COMMITTEE_KINDS else organizations
        group[organization.pk] = organization
    found: dict[int, Expected] = {}
    of_members = book.members_expected if book else members_expected
    of_committees = book.committee_expected if book else committee_expected
    if organizations:
        found |= {one.member_id: one for one in of_members(organizations.values(), on=on)}
    if committees:
        for one in of_committees(committees.values(), on=on):
            found.setdefault(one.member_id, one)
    return sorted(found.values(), key=lambda one: (one.sort_key, one.name, one.member_id))

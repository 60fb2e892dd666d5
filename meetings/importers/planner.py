"""Each line of the sheet 活动 held against the roster, the tree and what is on record."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from itertools import batched

from django.utils import timezone

from branches.clean import comparable
from branches.importers.roster import WHOLE_SITE
from branches.models import Member, Organization
from branches.roster_book import RosterBook
from meetings.expected import expected_for
from meetings.importers.absences import match_absences
from meetings.importers.followups import RectificationRow
from meetings.importers.identity import content_digest, import_key
from meetings.importers.lines import VOTES, ActivityLine, AgendaRow
from meetings.models import Activity
from meetings.services import Entry, ImportedEntry

Known = dict[str, tuple[str, dt.datetime]]


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """A new activity with the rectifications that come with it."""

    imported: ImportedEntry
    rectifications: list[RectificationRow]


class Planner:
    """Everything the lines are held against, read once."""

    def __init__(
        self,
        lines: list[ActivityLine],
        agenda: dict[str, list[AgendaRow]],
        rectifications: list[RectificationRow],
        file_name: str,
        *,
        within: tuple[str, ...] = WHOLE_SITE,
    ) -> None:
        self.lines = lines
        self.agenda = agenda
        self.rectifications: dict[str, list[RectificationRow]] = defaultdict(list)
        for row in rectifications:
            if row.activity_number:
                self.rectifications[row.activity_number].append(row)
        self.file_name = file_name[-255:]
        self.notes: list[str] = []
        # Beyond the paths no organization exists, and nobody who never belonged to one within.
        self.organizations = {
            one.code: one for one in Organization.objects.all() if one.path.startswith(within)
        }
        codes = {code for line in lines for code in line.codes}
        self.hosts = {self.organizations[code] for code in codes if code in self.organizations}
        self.book = RosterBook(self.hosts)
        self.births: dict[int, str] = {}
        self.names: set[str] = set()
        people = Member.objects.all() if "" in within else Member.objects.seen_from(within)
        for pk, name, birth_month in people.values_list("pk", "name", "birth_month"):
            self.births[pk] = birth_month
            self.names.add(comparable(name))
        self._rows_by_key: dict[str, int] = {}

    def plan(self) -> list[PlannedActivity]:
        """The lines that are new, in the order of the sheet."""
        identified = []
        for line in self.lines:
            organizations = self._organizations(line)
            if line.held_on is not None and line.kinds and organizations:
                key, digest = self._identity(line)
                identified.append((line, line.held_on, organizations, key, digest))
        known = _known(key for *_, key, _ in identified)
        planned = []
        for line, held_on, organizations, key, digest in identified:
            if self._is_known(line, key, digest, known):
                continue
            credits = tuple((kind.value, one) for kind in line.kinds for one in organizations)
            one = self._planned(line, held_on, credits, key, digest)
            line.reading.mark_new()
            below: list[AgendaRow | RectificationRow] = [
                *self._agenda_of(line),
                *self._rectifications_of(line),
            ]
            for row in below:
                row.reading.mark_new()
            if line.reading.is_sound:
                planned.append(one)
        return planned

    def _organizations(self, line: ActivityLine) -> list[Organization]:
        """Those of the line; empty when one of them is unknown or was not open on the day."""
        found = []
        for code in line.codes:
            organization = self.organizations.get(code)
            if organization is None:
                line.reading.refuse("党组织编码", "没有这个编码的党组织，请先导入党组织", code)
            elif (
                line.held_on and organization.founded_on and line.held_on < organization.founded_on
            ):
                reason = f"党组织当日尚未成立（成立于 {organization.founded_on}）"
                line.reading.refuse("党组织编码", reason, code)
            elif line.held_on and organization.closed_on and line.held_on >= organization.closed_on:
                reason = f"党组织当日已撤销（撤销于 {organization.closed_on}）"
                line.reading.refuse("党组织编码", reason, code)
            else:
                found.append(organization)
        return found if len(found) == len(line.codes) else []

    def _identity(self, line: ActivityLine) -> tuple[str, str]:
        key = import_key(
            number=line.number,
            host=line.codes[0],
            held_on=line.held_on,
            start_time=line.start_time,
            title=line.title,
            kinds=line.kinds,
            codes=line.codes,
        )
        own = {
            field.name: getattr(line, field.name)
            for field in fields(line)
            if field.name not in ("reading", "absences", "guests")
        }
        digest = content_digest(
            own,
            None if line.absences is None else [asdict(one) for one in line.absences],
            [asdict(one) for one in line.guests],
            [asdict(row.line) for row in self._agenda_of(line)],
            [row.content for row in self._rectifications_of(line)],
        )
        return key, digest

    def _is_known(self, line: ActivityLine, key: str, digest: str, known: Known) -> bool:
        """Whether the file or the database has this activity already, with what is wrong."""
        if key in self._rows_by_key:
            if not line.number:  # a repeated 编号 was refused where it was read
                line.reading.refuse("主题", f"与第 {self._rows_by_key[key]} 行是同一项活动")
            return True
        self._rows_by_key[key] = line.reading.number
        if key not in known:
            return False
        known_digest, created_at = known[key]
        if known_digest != digest:
            day = timezone.localtime(created_at).date()
            line.reading.refuse(
                "主题", f"此活动已于 {day} 导入，内容与系统中的不同；请在系统中修改该记录"
            )
        return True

    def _planned(
        self,
        line: ActivityLine,
        held_on: dt.date,
        credits: tuple[tuple[str, Organization], ...],
        key: str,
        digest: str,
    ) -> PlannedActivity:
        expected = expected_for(credits, on=held_on, book=self.book)
        exceptions = None
        if line.absences is not None:
            exceptions, refused = match_absences(line.absences, expected, self.births, self.names)
            for name, reason in refused:
                line.reading.refuse("缺席人员", reason, name)
            if not expected and not line.absences:
                self.notes.append(
                    f"工作表“活动” 第 {line.reading.number} 行：当日没有应到人员，出席情况未登记"
                )
        agenda = self._agenda_of(line)
        self._check_votes(agenda, credits, held_on, len(expected))
        entry = Entry(
            host=credits[0][1],
            held_on=held_on,
            title=line.title,
            credits=credits,
            start_time=line.start_time,
            end_time=line.end_time,
            place=line.place,
            chair=line.chair,
            recorder=line.recorder,
            lecturer=line.lecturer,
            form=line.form,
            holiday=line.holiday.value if line.holiday else "",
            study_hours=line.study_hours,
            minutes=line.minutes,
            decision=line.decision,
            highlight=line.highlight,
            exceptions=exceptions,
            agenda=tuple(row.line for row in agenda),
            guests=line.guests,
            materials=line.materials,
        )
        provenance = {
            "import_key": key,
            "import_digest": digest,
            "imported_file": self.file_name,
            "imported_row": line.reading.number,
        }
        return PlannedActivity(
            ImportedEntry(entry, expected, provenance), self._rectifications_of(line)
        )

    def _check_votes(
        self,
        agenda: list[AgendaRow],
        credits: tuple[tuple[str, Organization], ...],
        held_on: dt.date,
        expected: int,
    ) -> None:
        """More votes than people is a slip; fewer is nobody's business here."""
        if not agenda:
            return
        organizations = {one.pk: one for _, one in credits}.values()
        people = max(expected, len(self.book.members_expected(organizations, on=held_on)))
        for row in agenda:
            votes = (row.line.votes_for, row.line.votes_against, row.line.votes_abstain)
            cast = sum(count or 0 for count in votes)
            if people and cast > people:
                reason = f"赞成、反对、弃权共 {cast} 票，多于当日党员人数 {people}"
                heading = next(name for name in VOTES if row.reading.raw(name))
                row.reading.refuse(heading, reason)

    def _agenda_of(self, line: ActivityLine) -> list[AgendaRow]:
        return self.agenda.get(line.number, []) if line.number else []

    def _rectifications_of(self, line: ActivityLine) -> list[RectificationRow]:
        return self.rectifications.get(line.number, []) if line.number else []


def _known(keys: Iterable[str]) -> Known:
    """Digest and day of import of those keys that are on record. One query per 5,000 keys."""
    return {
        key: (digest, created_at)
        for some in batched(keys, 5000)
        for key, digest, created_at in Activity.objects.filter(import_key__in=some).values_list(
            "import_key", "import_digest", "created_at"
        )
        if key is not None
    }

"""The result of an appraisal as rows of a form: four numbers for each organization."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from branches.clean import clean_line
from branches.forms import WholeNumberField
from branches.models import Organization
from meetings.models import GRADES
from meetings.reading import grade_label
from meetings.services import GradeLine

GRADE = "grade-"  # grade-ORGANIZATION-excellent, and so on
MOST_GRADED = 32_767  # what the column of a small number holds on every database
_NAME = re.compile(rf"{GRADE}\d{{1,19}}-(?:{'|'.join(GRADES)})", re.ASCII)
_LONGEST_NUMBER = 20  # as typed
_MOST_KEPT = 400  # typed numbers of organizations that left the form; a hundred of them


class GradeField(WholeNumberField):
    """How many members got one grade; left empty when it is not known."""

    def __init__(self, grade: str) -> None:
        super().__init__(
            label=grade_label(grade),
            min_value=0,
            max_value=MOST_GRADED,
            required=False,
            # The blank placeholder tells a style sheet and a script which ones are filled in.
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "placeholder": " "}),
        )


class GradesForm(forms.Form):
    """The four numbers of one organization. All empty: there is no result."""

    excellent = GradeField("excellent")
    qualified = GradeField("qualified")
    basically_qualified = GradeField("basically_qualified")
    unqualified = GradeField("unqualified")

    def __init__(
        self, sent: QueryDict | None, *, organization: Organization, initial: dict[str, Any]
    ) -> None:
        super().__init__(sent, prefix=f"{GRADE}{organization.pk}", initial=initial)
        self.organization = organization

    @property
    def title(self) -> str:
        """What the summary of errors calls this row."""
        return self.organization.label

    def line(self) -> GradeLine | None:
        """What is filled in, an empty number as none of that grade. Only after `is_valid()`."""
        counts = {grade: self.cleaned_data.get(grade) for grade in GRADES}
        if all(count is None for count in counts.values()):
            return None
        return GradeLine(
            self.organization, **{grade: count or 0 for grade, count in counts.items()}
        )


class GradesPart:
    """A row for each organization that is appraised.

    What was typed for one that is not among them any more travels along unseen (`kept`), and is
    back in its row as soon as the organization is chosen again.
    """

    def __init__(
        self,
        organizations: Iterable[Organization],
        *,
        sent: QueryDict | None = None,
        is_draft: bool = False,
        stored: Iterable[GradeLine] = (),
    ) -> None:
        found = {line.organization.pk: line for line in stored}
        typed = sent if sent is not None else QueryDict()
        self.rows = []
        for one in organizations:
            prefix = f"{GRADE}{one.pk}"
            if sent is not None:
                initial = {grade: typed.get(f"{prefix}-{grade}", "") for grade in GRADES}
            else:
                line = found.get(one.pk)
                initial = {grade: getattr(line, grade) for grade in GRADES} if line else {}
            bound = None if is_draft else sent
            self.rows.append(GradesForm(bound, organization=one, initial=initial))
        shown = {row.add_prefix(grade) for row in self.rows for grade in GRADES}
        self.kept = [
            (name, clean_line(typed.get(name, ""))[:_LONGEST_NUMBER])
            for name in typed
            if _NAME.fullmatch(name) and name not in shown and typed.get(name)
        ][:_MOST_KEPT]

    @property
    def shown(self) -> str:
        """Whose rows these are, as the form sends it: nothing changes while they stay the same."""
        return " ".join(str(row.organization.pk) for row in self.rows)

    @property
    def is_joint(self) -> bool:
        return len(self.rows) > 1

    def is_valid(self) -> bool:
        return all([row.is_valid() for row in self.rows])

    def lines(self) -> tuple[GradeLine, ...]:
        """The results filled in. Only after `is_valid()`."""
        return tuple(line for row in self.rows if (line := row.line()))

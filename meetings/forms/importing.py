"""Forms of an import: the file or the pasted table, and what a page of rows sends back."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from branches.forms import OrganizationChoiceField
from branches.importers.workbook import MOST_BYTES
from branches.models import Organization
from branches.querysets import OrganizationQuerySet
from meetings.importing import Corrections, read_columns
from meetings.importing.engines import layouts_by_name
from meetings.models import ImportRun

_CELL = re.compile(r"(cell|same)-(\d{1,18})-(\d{1,4})", re.ASCII)
_KEY = re.compile(r"\d{1,18}", re.ASCII)


class ImportForm(forms.Form):
    """A workbook, or what was copied from one. Which sheet it is the headings tell."""

    organization = OrganizationChoiceField(
        label=_("Import into"),
        help_text=_("Nothing above it and beside it is read or changed."),
        queryset=Organization.objects.none(),
        empty_label=None,
    )
    # Neither stripped nor cleaned here: a tab at the beginning is an empty first column.
    pasted = forms.CharField(
        label=_("Paste from Excel"),
        help_text=_("With the row of headings. Select the cells, copy, and paste them here."),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "autofocus": True, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or choose a file"),
        help_text=_("An Excel workbook (.xlsx or .xls) or tab-separated text, up to 50 MB."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.txt,.tsv"}),
    )
    as_draft = forms.BooleanField(
        label=_("Import activities as drafts"),
        help_text=_("Otherwise they are accepted records. For a roster it means nothing."),
        required=False,
    )

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = list(organizations[:2])
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        if len(choices) < 2:  # nothing to choose: the one there is, or the whole site
            del self.fields["organization"]
        self._only = choices[0] if len(choices) == 1 else None

    @property
    def organization_chosen(self) -> Organization | None:
        """The top of what the import may reach; None is the whole site."""
        return self.cleaned_data.get("organization") or self._only

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        file = cleaned.get("file")
        if file and cleaned.get("pasted", "").strip():
            self.add_error("file", _("Either paste or choose a file, not both."))
        elif file is None and not cleaned.get("pasted", "").strip():
            self.add_error("pasted", _("Paste the rows here, or choose a file below."))
        elif file and file.size > MOST_BYTES:
            self.add_error("file", _("The file is larger than 50 MB."))
        return cleaned

    @property
    def content(self) -> bytes:
        """What was sent, as the reader of files takes it."""
        if file := self.cleaned_data.get("file"):
            return bytes(file.read())
        return self.cleaned_data["pasted"].encode("utf-8", "replace")


def corrections_of(sent: QueryDict) -> Corrections:
    """What a page of rows says: `cell-ROW-PLACE` texts, `same-ROW-PLACE` for the other rows with
    the same text, and `out` of the rows listed as `out_shown`."""
    cells: dict[tuple[int, int], str] = {}
    same = set()
    for name, text in sent.dict().items():
        if found := _CELL.fullmatch(name):
            key = (int(found[2]), int(found[3]))
            if found[1] == "cell":
                cells[key] = str(text)
            else:
                same.add(key)
    out = set(_keys(sent.getlist("out")))
    return Corrections(
        cells=cells,
        same=frozenset(same),
        left_out={key: key in out for key in _keys(sent.getlist("out_shown"))},
    )


def columns_of(run: ImportRun, sent: Mapping[str, str]) -> Corrections:
    """What the form of the columns says: `layout-SHEET` and `column-SHEET-PLACE`. A sheet that
    becomes another one is read by its headings; what is no choice is ignored."""
    layouts = layouts_by_name(run.kind)
    columns: dict[int, tuple[str, list[str]]] = {}
    for place, sheet in enumerate(run.sheets):
        chosen = sent.get(f"layout-{place}", sheet["layout"])
        if chosen not in layouts:
            chosen = ""
        if chosen != sheet["layout"]:
            columns[place] = (chosen, read_columns(run, place, chosen))
        elif chosen:
            known = layouts[chosen].columns
            columns[place] = (
                chosen,
                [
                    column if (column := sent.get(f"column-{place}-{at}", now)) in known else ""
                    for at, now in enumerate(sheet["columns"])
                ],
            )
    return Corrections(columns=columns)


def _keys(texts: list[str]) -> Iterator[int]:
    for text in texts:
        if _KEY.fullmatch(text):
            yield int(text)

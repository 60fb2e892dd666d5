"""Which versions of a record are compared, and which one is written again."""

from django import forms

MOST = 2_147_483_647  # what the column holds on every database


class CompareForm(forms.Form):
    """Two versions; either may be left out."""

    before = forms.IntegerField(required=False, min_value=1, max_value=MOST)
    after = forms.IntegerField(required=False, min_value=1, max_value=MOST)


class RevertForm(forms.Form):
    """The version that was looked at, the one to write again, and whether the differences in
    attendance were read."""

    version = forms.IntegerField(min_value=1, max_value=MOST)
    revision = forms.IntegerField(min_value=1, max_value=MOST)
    confirmed = forms.BooleanField(required=False)

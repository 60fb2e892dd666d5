"""The administrator of the small year's bureau."""

from typing import Any

import pytest
from django.test import Client

from branches.models import Role
from tests.reports.small_year import SmallYear


@pytest.fixture
def administrator(year: SmallYear, as_role: Any) -> Client:
    return as_role(Role.ADMINISTRATOR, year.bureau)

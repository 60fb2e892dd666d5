"""The small year, and somebody logged in for each role."""

from collections.abc import Callable

import pytest
from django.test import Client

from branches.models import Organization, Role
from reports.models import AnnualReport
from reports.services import compose_report
from tests.factories import make_user
from tests.reports.small_year import YEAR, SmallYear, make_small_year


@pytest.fixture
def year(db: None) -> SmallYear:
    return make_small_year()


@pytest.fixture
def report(year: SmallYear) -> AnnualReport:
    return compose_report(year.bureau, year=YEAR)


@pytest.fixture
def as_role(db: None) -> Callable[[Role, Organization], Client]:
    """`as_role(Role.SECRETARY, branch)`: a client logged in as somebody so appointed."""

    def log_in(role: Role, organization: Organization) -> Client:
        name = f"{role.value.lower()}-{organization.code}"
        client = Client()
        client.force_login(make_user(name, role=role, organization=organization))
        return client

    return log_in

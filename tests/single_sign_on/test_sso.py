"""Single sign-on against a provider that runs beside the site, over HTTP, as in a bureau.

Both are processes of their own: the extra is switched on by the environment before Django starts.
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from tests.single_sign_on.provider import CLIENT, SECRET

PROJECT = Path(__file__).resolve().parents[2]
PASSWORD = "Passw0rd-of-a-test"
# The site's first records: a branch, its secretary before the first login, and others.
RECORDS = f"""
import datetime as dt
from branches.models import Appointment, Organization, Role, User
branch = Organization.objects.add_root(
    create_kwargs={{"code": "A01", "name": "第一支部", "kind": "BRANCH"}})
for name, fields in {{"zhang": {{}}, "closed": {{"is_active": False}},
                     "root": {{"is_superuser": True}}}}.items():
    user = User.objects.create_user(username=name, password="{PASSWORD}", **fields)
    Appointment.objects.create(
        user=user, role=Role.SECRETARY, organization=branch, started_on=dt.date(2020, 1, 1))
"""


@dataclass
class Bureau:
    """The site and the provider, both running."""

    site: str
    provider: str
    environment: dict[str, str]

    def log_in(self, next_page: str = "", **claims: Any) -> tuple[requests.Session, str]:
        """A browser that has gone to the provider and back, and where it was sent then."""
        requests.put(f"{self.provider}/person", json=claims, timeout=20)
        browser = requests.Session()
        browser.trust_env = False
        query = {"next": next_page} if next_page else {}
        to_provider = browser.get(
            f"{self.site}/sso/", params=query, allow_redirects=False, timeout=60
        )
        assert to_provider.status_code == 302, to_provider.text[:3000]
        assert to_provider.headers["Location"].startswith(f"{self.provider}/authorize?")
        back = browser.get(to_provider.headers["Location"], allow_redirects=False, timeout=60)
        answer = browser.get(back.headers["Location"], allow_redirects=False, timeout=60)
        assert answer.status_code == 302, answer.text[:2000]
        return browser, answer.headers["Location"]

    def page(self, browser: requests.Session, path: str) -> requests.Response:
        return browser.get(self.site + path, allow_redirects=False, timeout=60)

    def tell(self, code: str) -> str:
        return manage(self.environment, "shell", "--verbosity=0", "-c", code)


def manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def wait_for(url: str) -> None:
    for _time in range(300):
        try:
            requests.get(url, timeout=5)
            return
        except requests.ConnectionError:
            time.sleep(0.2)
    raise TimeoutError(url)


@pytest.fixture(scope="module")
def bureau(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bureau]:
    site, provider = (f"http://127.0.0.1:{free_port()}" for _one in range(2))
    environment = {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(tmp_path_factory.mktemp("site")),
        "DEBUG": "1",
        "SSO_SERVER_URL": provider,
        "SSO_NAME": "统一认证",
        "SSO_CLIENT_ID": CLIENT,
        "SSO_CLIENT_SECRET": SECRET,
    }
    started = [
        subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("provider.py")), provider[17:]],
            cwd=PROJECT,
        )
    ]
    try:
        manage(environment, "migrate", "--verbosity=0")
        manage(environment, "shell", "--verbosity=0", "-c", RECORDS)
        started.append(
            subprocess.Popen(
                [sys.executable, "manage.py", "runserver", "--noreload", site[7:]],
                cwd=PROJECT,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        )
        wait_for(f"{provider}/keys")
        wait_for(f"{site}/login/")
        yield Bureau(site, provider, environment)
    finally:
        for process in started:
            process.terminate()
            process.wait(timeout=20)


def test_the_login_page_offers_the_service(bureau: Bureau) -> None:
    page = requests.get(f"{bureau.site}/login/", params={"next": "/members/"}, timeout=60)
    assert 'href="/sso/?next=%2Fmembers%2F"' in page.text
    assert "统一认证" in page.text


def test_an_account_made_beforehand_is_found_by_its_user_name_and_then_by_the_services_key(
    bureau: Bureau,
) -> None:
    browser, went_to = bureau.log_in(
        "/organizations/", sub="1001", preferred_username="zhang", name="张三"
    )
    assert went_to == "/organizations/"
    assert "第一支部" in bureau.page(browser, "/organizations/").text
    again, _page = bureau.log_in(sub="1001", preferred_username="renamed", name="张三")
    assert ">zhang<" in bureau.page(again, "/account/").text
    told = "from branches.models import AuditEntry; print(*AuditEntry.objects.order_by('number')"
    acts = bureau.tell(f"{told}.values_list('act', flat=True)[:3])").split()
    assert acts == ["user.link_service", "login", "login"]


def test_whoever_has_no_appointment_gets_an_account_and_sees_nothing(bureau: Bureau) -> None:
    browser, went_to = bureau.log_in(sub="2002", preferred_username="li", name="李四")
    assert went_to == "/"
    assert "李四" in bureau.page(browser, "/").text
    for path in ("/organizations/", "/members/", "/activities/", "/users/"):
        assert bureau.page(browser, path).status_code == 403
    assert bureau.page(browser, "/organizations/A01/").status_code == 404
    told = "from branches.models import User; u = User.objects.get(username='li'); print("
    assert bureau.tell(told + "u.has_usable_password(), u.appointments.count())") == "False 0"


@pytest.mark.parametrize("fault", ["signature", "audience", "issuer", "expired", "refused"])
def test_a_token_that_proves_nothing_lets_nobody_in(bureau: Bureau, fault: str) -> None:
    browser, went_to = bureau.log_in(sub="1001", preferred_username="zhang", fault=fault)
    assert went_to == "/login/"
    assert bureau.page(browser, "/").status_code == 302


@pytest.mark.parametrize("name", ["root", "closed", "", "not a user name"])
def test_neither_the_superuser_nor_a_closed_account_nor_no_name_gets_in(
    bureau: Bureau, name: str
) -> None:
    browser, went_to = bureau.log_in(sub=f"key of {name}", preferred_username=name, name="王五")
    assert went_to == "/login/"
    assert bureau.page(browser, "/").status_code == 302


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/"]
)
def test_the_way_back_leads_nowhere_outside(bureau: Bureau, target: str) -> None:
    _browser, went_to = bureau.log_in(target, sub="1001", preferred_username="zhang")
    assert went_to == "/"


def test_an_answer_that_nobody_asked_for_lets_nobody_in(bureau: Bureau) -> None:
    browser = requests.Session()
    answer = bureau.page(browser, "/sso/callback/?code=x&state=y")
    assert answer.headers["Location"] == "/login/"


def test_the_password_still_works_and_allauth_has_no_pages_of_its_own(bureau: Bureau) -> None:
    browser = requests.Session()
    browser.get(f"{bureau.site}/login/", timeout=60)
    typed = {
        "username": "root",
        "password": PASSWORD,
        "csrfmiddlewaretoken": browser.cookies["csrftoken"],
    }
    answer = browser.post(f"{bureau.site}/login/", typed, allow_redirects=False, timeout=60)
    assert answer.headers["Location"] == "/"
    code = (
        "from django.urls import get_resolver\n"
        "print(*[one for one in get_resolver().reverse_dict if isinstance(one, str)"
        " and one.startswith(('account_', 'socialaccount_', 'openid_', 'sso_'))])"
    )
    assert sorted(bureau.tell(code).split()) == ["openid_connect_callback", "sso_start"]


def test_switched_off_nothing_of_it_is_loaded(tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(tmp_path), "DEBUG": "1"}
    code = (
        "import sys, config.urls, config.wsgi\n"
        "print(sorted(one for one in sys.modules if one.split('.')[0] == 'allauth'"
        " or one.endswith('single_sign_on')))"
    )
    assert manage(environment, "shell", "--verbosity=0", "-c", code) == "[]"

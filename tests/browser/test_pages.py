"""Every main page as people see it: accessible, quiet, without sideways scroll, at home."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from meetings.models import Activity
from reports.demo.desk import PASSWORD as DEMO_PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)
YEAR = 2025
WIDTHS = (1366, 360, 320)
PAGES = {
    "secretary": ("/", "/activities/", "/activities/new/", "/members/", "/organizations/"),
    "admin": (
        "/",
        f"/organizations/YC/figures/{YEAR}/",
        f"/organizations/YC/figures/{YEAR}/group_study.count/",
        "/reports/",
        f"/organizations/YC/reports/{YEAR}/",
        f"/organizations/YC/reports/{YEAR}/plan/",
        f"/organizations/YC/reports/{YEAR}/finalize/",
        "/definitions/",
        "/organizations/YC/",
    ),
    "inspector": ("/", f"/activities/?year={YEAR}"),
    "auditor": ("/",),
}


def test_the_main_pages_hold_for_every_role_and_width(page, live_server, log_in):
    call_command("seed_demo", year=str(YEAR), verbosity=0)
    record = Activity.objects.filter(host__code="YC-01", title__contains="党员大会").first()
    edit = f"/activities/{record.pk}/edit/"
    complaints: list[str] = []
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "request",
        lambda request: (
            complaints.append(f"outside: {request.url}")
            if not request.url.startswith((live_server.url, "data:"))
            else None
        ),
    )
    visited = 0
    for user, addresses in PAGES.items():
        log_in(user, DEMO_PASSWORD)
        extra = (edit, f"/activities/{record.pk}/") if user == "secretary" else ()
        for address in addresses + extra:
            page.set_viewport_size({"width": WIDTHS[0], "height": 768})
            answer = page.goto(live_server.url + address)
            assert answer.status == 200, address
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 768})
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > width:
                    complaints.append(f"{address} is {wide} wide at {width}")
            found = Axe().run(page)
            if found.violations_count:
                complaints.append(f"{address}: {found.generate_report()}")
            visited += 1
    assert not complaints, "\n".join(complaints)
    assert visited == sum(map(len, PAGES.values())) + 2

"""Every address of the site, app by app."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("branches.urls")),
    path("", include("meetings.urls")),
    path("", include("reports.urls")),
    # Also from the login page, where nobody is logged in yet.
    path("i18n/setlang/", login_not_required(set_language), name="set_language"),
]
if settings.SSO_SERVER_URL:
    urlpatterns.append(path("", include("branches.single_sign_on")))
if settings.TWO_FACTOR:
    urlpatterns.append(path("", include("branches.two_factor.urls")))

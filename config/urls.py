"""Every address of the site, app by app."""

from django.urls import include, path

urlpatterns = [
    path("", include("branches.urls")),
    path("", include("meetings.urls")),
    path("", include("reports.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]

"""Addresses of organizations, people and the session."""

from django.urls import path

from branches import views

urlpatterns = [
    path("login/", views.LogIn.as_view(), name="login"),
    path("logout/", views.LogOut.as_view(), name="logout"),
    path("organizations/", views.organization_list, name="organization_list"),
    path("organizations/<str:code>/", views.organization_detail, name="organization_detail"),
    path(
        "organizations/<str:code>/sensitive/", views.sensitive_settings, name="sensitive_settings"
    ),
    path(
        "organizations/<str:code>/sensitive/export/",
        views.sensitive_export,
        name="sensitive_export",
    ),
    path("members/<int:pk>/sensitive/", views.member_sensitive, name="member_sensitive"),
    path(
        "members/<int:pk>/sensitive/<str:field>/reveal/",
        views.sensitive_reveal,
        name="sensitive_reveal",
    ),
    path("members/", views.member_list, name="member_list"),
]

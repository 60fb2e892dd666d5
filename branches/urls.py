"""Addresses of organizations, people, accounts, the session and the audit log."""

from django.urls import path

from branches import views
from branches.views import acts

urlpatterns = [
    path("login/", views.LogIn.as_view(), name="login"),
    path("logout/", views.LogOut.as_view(), name="logout"),
    path("audit/", views.audit_list, name="audit_list"),
    path("audit/export/", views.audit_export, name="audit_export"),
    path("audit/<int:number>/", views.audit_detail, name="audit_detail"),
    path("organizations/", views.organization_list, name="organization_list"),
    path("organizations/<str:code>/", views.organization_detail, name="organization_detail"),
    path(
        "organizations/<str:code>/election/",
        views.organization_election,
        name="organization_election",
    ),
    path(
        "organizations/<str:code>/sensitive/", views.sensitive_settings, name="sensitive_settings"
    ),
    path(
        "organizations/<str:code>/sensitive/export/",
        views.sensitive_export,
        name="sensitive_export",
    ),
    path("organizations/<str:code>/found/", views.organization_found, name="organization_found"),
    path("organizations/<str:code>/rename/", views.organization_rename, name="organization_rename"),
    path("organizations/<str:code>/move/", views.organization_move, name="organization_move"),
    path("organizations/<str:code>/split/", views.organization_split, name="organization_split"),
    path(
        "organizations/<str:code>/term/",
        views.organization_term_begin,
        name="organization_term_begin",
    ),
    path(
        "organizations/<str:code>/term/extend/",
        views.organization_term_extend,
        name="organization_term_extend",
    ),
    path(
        "organizations/<str:code>/term/end/",
        views.organization_term_end,
        name="organization_term_end",
    ),
    path(
        "organizations/<str:code>/events/<int:pk>/undo/",
        views.organization_undo,
        name="organization_undo",
    ),
    path("upkeep/", views.upkeep, name="upkeep"),
    path("members/<int:pk>/sensitive/", views.member_sensitive, name="member_sensitive"),
    path(
        "members/<int:pk>/sensitive/<str:field>/reveal/",
        views.sensitive_reveal,
        name="sensitive_reveal",
    ),
    path("members/", views.member_list, name="member_list"),
    path("users/", views.user_list, name="user_list"),
    path("users/new/", views.user_create, name="user_create"),
    path("users/<int:pk>/", views.user_detail, name="user_detail"),
    path("users/<int:pk>/edit/", views.user_edit, name="user_edit"),
    path("users/<int:pk>/link/", views.user_link, name="user_link"),
    path("users/<int:pk>/appoint/", views.user_appoint, name="user_appoint"),
    path("users/<int:pk>/deactivate/", views.user_deactivate, name="user_deactivate"),
    path("users/<int:pk>/activate/", views.user_activate, name="user_activate"),
    path("appointments/<int:pk>/end/", views.appointment_end, name="appointment_end"),
    path("account/", views.account, name="account"),
    path("account/devices/end/", views.device_end, name="device_end"),
    path("account/devices/end-others/", views.device_end_others, name="device_end_others"),
    path("account/password/", views.password_change, name="password_change"),
    path("password/", views.password_set, name="password_set"),
    path("members/export/", views.member_export, name="member_export"),
    *(
        path(
            f"members/{slug.replace('_', '-')}/",
            acts.newcomer,
            {"slug": slug},
            name=f"member_{slug}",
        )
        for slug in acts.NEWCOMERS
    ),
    *(
        path(
            f"members/<int:pk>/{slug.replace('_', '-')}/",
            acts.member_act,
            {"slug": slug},
            name=f"member_{slug}",
        )
        for slug in acts.PAGES
        if slug not in acts.NEWCOMERS
    ),
    path("members/<int:pk>/edit/", acts.member_edit, name="member_edit"),
    path("members/entries/<int:pk>/undo/", acts.entry_undo, name="member_undo_entry"),
]

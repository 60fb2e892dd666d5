"""Addresses of the home page, of activities and of what a member attended."""

from django.urls import path

from meetings import views

urlpatterns = [
    path("", views.home, name="home"),
    path("activities/", views.activity_list, name="activity_list"),
    path("activities/new/", views.activity_create, name="activity_create"),
    path("activities/suggestions/", views.activity_suggest, name="activity_suggest"),
    path("activities/followups/", views.activity_followups, name="activity_followups"),
    path("activities/templates/", views.template_list, name="template_list"),
    path("activities/templates/<int:pk>/retire/", views.template_retire, name="template_retire"),
    path("activities/typed/", views.typed_draft_keep, name="typed_draft_keep"),
    path(
        "activities/typed/<int:pk>/discard/",
        views.typed_draft_discard,
        name="typed_draft_discard",
    ),
    path("activities/expected/", views.activity_expected, name="activity_expected"),
    path("activities/expected/match/", views.activity_match, name="activity_match"),
    path("activities/calendar/", views.activity_calendar, name="activity_calendar"),
    path("activities/export/", views.activity_export, name="activity_export"),
    path("activities/<int:pk>/", views.activity_detail, name="activity_detail"),
    path("activities/<int:pk>/edit/", views.activity_edit, name="activity_edit"),
    path("activities/<int:pk>/check/", views.activity_check, name="activity_check"),
    path("activities/<int:pk>/review/", views.activity_review, name="activity_review"),
    path("activities/<int:pk>/history/", views.activity_history, name="activity_history"),
    path("activities/<int:pk>/compare/", views.activity_compare, name="activity_compare"),
    path("activities/<int:pk>/revert/", views.activity_revert, name="activity_revert"),
    path("review/", views.review_list, name="review_list"),
    path("activities/<int:pk>/submit/", views.activity_submit, name="activity_submit"),
    path("activities/<int:pk>/return/", views.activity_return, name="activity_return"),
    path("activities/<int:pk>/accept/", views.activity_accept, name="activity_accept"),
    path("activities/<int:pk>/void/", views.activity_void, name="activity_void"),
    path("activities/<int:pk>/restore/", views.activity_restore, name="activity_restore"),
    path(
        "activities/<int:pk>/rectifications/new/",
        views.rectification_create,
        name="rectification_create",
    ),
    path("requirements/", views.requirement_list, name="requirement_list"),
    path("requirements/new/", views.requirement_create, name="requirement_create"),
    path("requirements/<int:pk>/end/", views.requirement_end, name="requirement_end"),
    path("requirements/exemptions/new/", views.exemption_create, name="exemption_create"),
    path("requirements/exemptions/<int:pk>/end/", views.exemption_end, name="exemption_end"),
    path("requirements/apart/new/", views.kinds_apart_create, name="kinds_apart_create"),
    path(
        "requirements/apart/<int:pk>/remove/", views.kinds_apart_remove, name="kinds_apart_remove"
    ),
    path("holidays/<int:year>/", views.holiday_list, name="holiday_list"),
    path("holidays/<int:year>/<str:holiday>/", views.holiday_edit, name="holiday_edit"),
    path("compliance/", views.compliance_list, name="compliance_list"),
    path(
        "compliance/<str:code>/<int:year>/<str:kind>/",
        views.compliance_detail,
        name="compliance_detail",
    ),
    path("rectifications/", views.rectification_list, name="rectification_list"),
    path("rectifications/<int:pk>/", views.rectification_detail, name="rectification_detail"),
    path("rectifications/<int:pk>/edit/", views.rectification_edit, name="rectification_edit"),
    path("rectifications/<int:pk>/close/", views.rectification_close, name="rectification_close"),
    path(
        "rectifications/<int:pk>/reopen/", views.rectification_reopen, name="rectification_reopen"
    ),
    path("imports/", views.import_list, name="import_list"),
    path("imports/template/<str:kind>/", views.import_template, name="import_template"),
    path("imports/<int:pk>/", views.import_detail, name="import_detail"),
    path("imports/<int:pk>/columns/", views.import_columns, name="import_columns"),
    path("imports/<int:pk>/commit/", views.import_commit, name="import_commit"),
    path("imports/<int:pk>/progress/", views.import_progress, name="import_progress"),
    path("imports/<int:pk>/reopen/", views.import_reopen, name="import_reopen"),
    path("imports/<int:pk>/undo/", views.import_undo, name="import_undo"),
    path("imports/<int:pk>/abandon/", views.import_abandon, name="import_abandon"),
    path("attachments/", views.attachment_upload, name="attachment_upload"),
    path("attachments/<int:pk>/", views.attachment_file, name="attachment_file"),
    path(
        "attachments/<int:pk>/thumbnail/",
        views.attachment_thumbnail,
        name="attachment_thumbnail",
    ),
    path("members/<int:pk>/", views.member_detail, name="member_detail"),
]

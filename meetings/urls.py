"""Addresses of the home page, of activities and of what a member attended."""

from django.urls import path

from meetings import views

urlpatterns = [
    path("", views.home, name="home"),
    path("activities/", views.activity_list, name="activity_list"),
    path("activities/new/", views.activity_create, name="activity_create"),
    path("activities/expected/", views.activity_expected, name="activity_expected"),
    path("activities/<int:pk>/", views.activity_detail, name="activity_detail"),
    path("activities/<int:pk>/edit/", views.activity_edit, name="activity_edit"),
    path("activities/<int:pk>/submit/", views.activity_submit, name="activity_submit"),
    path("activities/<int:pk>/return/", views.activity_return, name="activity_return"),
    path("activities/<int:pk>/accept/", views.activity_accept, name="activity_accept"),
    path("activities/<int:pk>/void/", views.activity_void, name="activity_void"),
    path("activities/<int:pk>/restore/", views.activity_restore, name="activity_restore"),
    path("members/<int:pk>/", views.member_detail, name="member_detail"),
]

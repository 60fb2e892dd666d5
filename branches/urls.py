"""Addresses of organizations, people and the session."""

from django.urls import path

from branches.views import LogIn, LogOut, member_list, organization_detail, organization_list

urlpatterns = [
    path("login/", LogIn.as_view(), name="login"),
    path("logout/", LogOut.as_view(), name="logout"),
    path("organizations/", organization_list, name="organization_list"),
    path("organizations/<str:code>/", organization_detail, name="organization_detail"),
    path("members/", member_list, name="member_list"),
]

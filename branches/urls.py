"""Addresses of organizations, people and the session."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from branches.views import member_list, organization_detail, organization_list

urlpatterns = [
    path("login/", LoginView.as_view(redirect_authenticated_user=True), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("organizations/", organization_list, name="organization_list"),
    path("organizations/<str:code>/", organization_detail, name="organization_detail"),
    path("members/", member_list, name="member_list"),
]

"""Addresses of two-factor login, there only where it is switched on."""

from django.urls import path

from branches.two_factor import views

urlpatterns = [
    path("login/code/", views.factor_code, name="factor_code"),
    path("login/enroll/", views.factor_enroll, name="factor_enroll"),
    path("account/two-factor/", views.factor, name="factor"),
    path("account/two-factor/activate/", views.factor_activate, name="factor_activate"),
    path("account/two-factor/codes/", views.factor_codes, name="factor_codes"),
    path("account/two-factor/deactivate/", views.factor_deactivate, name="factor_deactivate"),
    path("users/<int:pk>/two-factor/remove/", views.user_factor_remove, name="user_factor_remove"),
]

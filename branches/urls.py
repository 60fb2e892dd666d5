"""Addresses of organizations, people and the session."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""Addresses of figures and annual reports."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""An extra is switched on before Django starts: its tests are collected only where it is."""

from django.conf import settings

collect_ignore = [] if settings.TWO_FACTOR else ["two_factor"]

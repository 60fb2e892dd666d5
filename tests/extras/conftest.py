"""An extra is switched on before Django starts: its tests are collected only where it is."""

from django.conf import settings

collect_ignore = [
    folder
    for folder, is_on in {"two_factor": settings.TWO_FACTOR, "ldap": settings.LDAP_URL}.items()
    if not is_on
]

"""Two-factor login: the password, then a code of an authenticator app, by django-allauth's mfa.

Loaded only where TWO_FACTOR is set (config/settings.py); the packages are the extra `two-factor`.
allauth keeps the table and computes the codes; the pages, the way through the login, the lock-out
and the audit log are this site's own.
"""

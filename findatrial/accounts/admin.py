"""What the admin does not show: second factors, whose secrets are nobody's to read or to write.

A lost one is forgotten with `create_staff NAME --forget-second-factor`.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin

admin.site.unregister([Authenticator, EmailAddress])

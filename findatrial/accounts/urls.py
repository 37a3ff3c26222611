"""Addresses of the account pages: the few of django-allauth's that staff need, and our own.

There is no sign-up, no e-mail management, and no reset by mail: an administrator sends a new link.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from django.urls import path

from findatrial.accounts.factors import adds_factor, removes_factor, renews_codes
from findatrial.accounts.passwords import choose_password

urlpatterns = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("password/choose/", choose_password, name="account-choose-password"),
    path("second-step/", mfa.index, name="mfa_index"),
    path("second-step/show/", mfa.authenticate, name="mfa_authenticate"),
    path("second-step/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("second-step/app/", adds_factor(totp.activate_totp), name="mfa_activate_totp"),
    path(
        "second-step/app/remove/",
        removes_factor(totp.deactivate_totp),
        name="mfa_deactivate_totp",
    ),
    path("second-step/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second-step/codes/new/",
        renews_codes(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "second-step/codes/download/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("second-step/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path(
        "second-step/passkeys/add/",
        adds_factor(passkeys.add_webauthn),
        name="mfa_add_webauthn",
    ),
    path(
        "second-step/passkeys/again/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "second-step/passkeys/<int:pk>/remove/",
        removes_factor(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path(
        "second-step/passkeys/<int:pk>/edit/",
        passkeys.edit_webauthn,
        name="mfa_edit_webauthn",
    ),
]

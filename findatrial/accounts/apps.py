"""What Django calls when it loads the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """The accounts of staff."""

    name = "findatrial.accounts"
    label = "staff_accounts"

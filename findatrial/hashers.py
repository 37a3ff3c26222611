"""The demo's password hashes, which production can't read."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class DemoPasswordHasher(Argon2PasswordHasher):
    """Argon2 under a name of its own; production's settings do not list it."""

    algorithm = "demo-argon2"

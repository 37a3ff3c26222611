"""Management code of the application: its commands."""

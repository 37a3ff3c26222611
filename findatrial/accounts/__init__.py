"""Accounts of the people who work on the portal: login, second factor, sessions, invitations.

Readers have none, and none of this runs for them.
"""

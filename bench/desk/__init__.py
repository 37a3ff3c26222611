"""The bench of the editorial desk: a registry written by SQL, and the admin's pages timed on it."""

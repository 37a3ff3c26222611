"""The bench of the freshness page: answers, corrections and reports by SQL, then counted."""

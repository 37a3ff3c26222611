"""Finding trials: what a search is, how it is read and asked, and what it answers."""

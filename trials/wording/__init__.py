"""Plain sentences about a trial from its rows, for its page and for the first draft of a text."""

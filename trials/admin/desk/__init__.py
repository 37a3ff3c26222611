"""The desk's own pages in the admin: the queue, writing a text, its history."""

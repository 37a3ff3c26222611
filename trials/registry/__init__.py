"""The registry: reading its records, believing what can be believed, writing rows."""

"""Django database backend of the embedded PostgreSQL."""

"""PostgreSQL whose server starts with the first connection, not with the import of settings."""

from pathlib import Path
from typing import Any

from django.db.backends.postgresql import base

from findatrial import database


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's PostgreSQL backend; `EMBEDDED_DATA` in its settings is the data folder."""

    def get_connection_params(self) -> dict[str, Any]:
        """Return psycopg's parameters with the socket of the running server."""
        data = Path(self.settings_dict["EMBEDDED_DATA"])
        database.create_database(data)
        self.settings_dict["HOST"] = database.socket_folder(data)
        return super().get_connection_params()

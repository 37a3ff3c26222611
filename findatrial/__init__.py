"""The project: settings, database, web server; the application is `trials`."""

__version__ = "0.4.0"

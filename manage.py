#!/usr/bin/env python
"""Entry point of every management command."""

import os
import sys


def main() -> None:
    """Run the command named in the arguments under the project's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "findatrial.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()

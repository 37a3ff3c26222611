"""Template context of every page. It never touches the session: public pages set no cookie."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from findatrial.theme import theme_of


def site(request: HttpRequest) -> dict[str, Any]:
    """Return the portal's addresses and the reader's color scheme."""
    return {
        "demo": not settings.PRODUCTION,
        "help_email": settings.HELP_EMAIL,
        "public_base_url": settings.PUBLIC_BASE_URL,
        "source_code_url": settings.SOURCE_CODE_URL,
        "theme": theme_of(request),
    }

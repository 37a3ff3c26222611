"""The site map."""

from django.contrib import admin
from django.urls import include, path

from findatrial import health, theme

urlpatterns = [
    path("admin/", admin.site.urls),
    path("account/", include("findatrial.accounts.urls")),
    path("theme/", theme.choose_theme, name="choose-theme"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("trials.pages.urls")),
]

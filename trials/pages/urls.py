"""Addresses of the pages."""

from django.urls import path, register_converter

from trials.pages import (
    condition,
    condition_list,
    confirm,
    download,
    find,
    glossary,
    home,
    preview,
    report,
    results,
    site_files,
    statements,
    trial,
)
from trials.pages.converters import ConditionSlug

register_converter(ConditionSlug, "condition_slug")

urlpatterns = [
    path("", home.home, name="home"),
    path("trials/", results.trial_list, name="trial-list"),
    path("trials/download.csv", download.trial_download, name="trial-download"),
    path("trials/<nct>/", trial.trial_detail, name="trial-detail"),
    path("trials/<nct>/doctor/", trial.doctor_sheet, name="trial-doctor-sheet"),
    path("trials/<nct>/preview/", preview.trial_preview, name="trial-preview"),
    path("trials/<nct>/report/", report.trial_report, name="trial-report"),
    path("trials/<nct>/report/sent/", report.trial_report_sent, name="trial-report-sent"),
    path("trials/<nct>/sites/", trial.trial_sites, name="trial-sites"),
    path("find/", find.find_by_number, name="find-by-number"),
    path("conditions/", condition_list.condition_list, name="condition-list"),
    path("conditions/<condition_slug:slug>/", condition.condition_detail, name="condition-detail"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("glossary/<slug:term>/", glossary.glossary_term, name="glossary-term"),
    path("confirm/", confirm.confirm, name="confirm"),
    path("confirm/thanks/<answer>/", confirm.confirm_thanks, name="confirm-thanks"),
    path("about/", statements.about, name="about"),
    path("how-we-work/", statements.how_we_work, name="how-we-work"),
    path("privacy/", statements.privacy, name="privacy"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("robots.txt", site_files.robots, name="robots"),
    path("favicon.ico", site_files.favicon, name="favicon"),
]

"""Addresses of the pages."""

from django.urls import path, register_converter

from trials.pages import (
    condition,
    condition_list,
    confirm,
    download,
    find,
    freshness,
    glossary,
    home,
    preview,
    report,
    results,
    site_files,
    site_table,
    statements,
    trial,
    unsubscribe,
)
from trials.pages.converters import ConditionSlug
from trials.pages.team import account, sign_in
from trials.pages.team import site as team_site
from trials.pages.team import sites as team_sites

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
    path("trials/<nct>/sites.csv", site_table.site_table, name="trial-site-table"),
    path("find/", find.find_by_number, name="find-by-number"),
    path("conditions/", condition_list.condition_list, name="condition-list"),
    path("conditions/<condition_slug:slug>/", condition.condition_detail, name="condition-detail"),
    path("glossary/", glossary.glossary, name="glossary"),
    path("glossary/<slug:term>/", glossary.glossary_term, name="glossary-term"),
    path("confirm/", confirm.confirm, name="confirm"),
    path("confirm/corrections/", confirm.confirm_corrections, name="confirm-corrections"),
    path("confirm/thanks/<answer>/", confirm.confirm_thanks, name="confirm-thanks"),
    path("coordinators/", sign_in.ask, name="sign-in"),
    path("coordinators/enter/", sign_in.enter, name="sign-in-enter"),
    path("coordinators/sign-out/", sign_in.sign_out, name="team-sign-out"),
    path("coordinators/account/", account.account, name="team-account"),
    path("coordinators/left/", account.left, name="team-left"),
    path("coordinators/sites/", team_sites.sites, name="team-sites"),
    path("coordinators/sites/<int:site>/", team_site.site, name="team-site"),
    path(
        "coordinators/sites/<int:site>/registry-sheet/",
        team_site.registry_sheet,
        name="team-registry-sheet",
    ),
    path("unsubscribe/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("freshness/", freshness.freshness, name="freshness"),
    path("freshness.json", freshness.freshness_json, name="freshness-json"),
    path("about/", statements.about, name="about"),
    path("how-we-work/", statements.how_we_work, name="how-we-work"),
    path("privacy/", statements.privacy, name="privacy"),
    path("accessibility/", statements.accessibility, name="accessibility"),
    path("robots.txt", site_files.robots, name="robots"),
    path("favicon.ico", site_files.favicon, name="favicon"),
]

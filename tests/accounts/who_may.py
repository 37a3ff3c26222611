"""The table of who may open what; test_who_may.py holds the site to it."""

# An address of each route, and what pat, uma, ada, ben, cleo and sam get there; one answer: all.
ROUTES: dict[str, tuple[str, str]] = {
    # Everybody
    "home": ("/", "200"),
    "trial-list": ("/trials/", "200"),
    "trial-download": ("/trials/download.csv", "200"),
    "trial-detail": ("/trials/NCT20990001/", "200"),
    "trial-doctor-sheet": ("/trials/NCT20990001/doctor/", "200"),
    "trial-sites": ("/trials/NCT20990001/sites/", "200"),
    "trial-site-table": ("/trials/NCT20990001/sites.csv", "200"),
    "trial-report": ("/trials/NCT20990001/report/", "200"),
    "trial-report-sent": ("/trials/NCT20990001/report/sent/", "200"),
    "find-by-number": ("/find/", "200"),
    "condition-list": ("/conditions/", "200"),
    "condition-detail": ("/conditions/wakefulness/", "200"),
    "glossary": ("/glossary/", "200"),
    "glossary-term": ("/glossary/placebo/", "200"),
    "confirm": ("/confirm/", "404"),
    "confirm-corrections": ("/confirm/corrections/", "404"),
    "confirm-thanks": ("/confirm/thanks/right/", "200"),
    "freshness": ("/freshness/", "200"),
    "freshness-json": ("/freshness.json", "200"),
    "unsubscribe": ("/unsubscribe/", "404"),
    # Coordinators have sessions of their own: to anybody else their pages lead to the way in
    "sign-in": ("/coordinators/", "200"),
    "sign-in-enter": ("/coordinators/enter/", "404"),
    "team-left": ("/coordinators/left/", "200"),
    "team-sign-out": ("/coordinators/sign-out/", "405"),
    "team-account": ("/coordinators/account/", "away"),
    "team-sites": ("/coordinators/sites/", "away"),
    "team-site": ("/coordinators/sites/1/", "away"),
    "team-registry-sheet": ("/coordinators/sites/1/registry-sheet/", "away"),
    "about": ("/about/", "200"),
    "how-we-work": ("/how-we-work/", "200"),
    "privacy": ("/privacy/", "200"),
    "accessibility": ("/accessibility/", "200"),
    "robots": ("/robots.txt", "200"),
    "favicon": ("/favicon.ico", "away"),
    "healthz": ("/healthz", "200"),
    "readyz": ("/readyz", "200"),
    "choose-theme": ("/theme/", "405"),
    # The way in
    "account_login": ("/account/login/", "200 away away away away away"),
    "account-choose-password": ("/account/password/choose/", "410"),
    "mfa_authenticate": ("/account/second-step/show/", "login away away away away away"),
    # One's own account
    "account_logout": ("/account/logout/", "login 200 200 200 200 200"),
    "account_reauthenticate": ("/account/reauthenticate/", "login 200 200 200 200 200"),
    "account_change_password": ("/account/password/", "login 200 200 200 200 200"),
    "mfa_index": ("/account/second-step/", "login 200 200 200 200 200"),
    "mfa_reauthenticate": ("/account/second-step/again/", "login away away away away away"),
    "mfa_activate_totp": ("/account/second-step/app/", "login away away away away away"),
    "mfa_deactivate_totp": ("/account/second-step/app/remove/", "login 404 404 404 404 404"),
    "mfa_view_recovery_codes": ("/account/second-step/codes/", "login 404 404 404 404 404"),
    "mfa_generate_recovery_codes": (
        "/account/second-step/codes/new/",
        "login away away away away away",
    ),
    "mfa_download_recovery_codes": (
        "/account/second-step/codes/download/",
        "login 404 404 404 404 404",
    ),
    "mfa_list_webauthn": ("/account/second-step/passkeys/", "login 200 200 200 200 200"),
    "mfa_add_webauthn": ("/account/second-step/passkeys/add/", "login away away away away away"),
    "mfa_reauthenticate_webauthn": (
        "/account/second-step/passkeys/again/",
        "login away away away away away",
    ),
    "mfa_remove_webauthn": (
        "/account/second-step/passkeys/0/remove/",
        "login away away away away away",
    ),
    "mfa_edit_webauthn": (
        "/account/second-step/passkeys/0/edit/",
        "login away away away away away",
    ),
    # The desk
    "admin:index": ("/admin/", "login 200 200 200 200 200"),
    "admin:login": ("/admin/login/", "login"),
    "admin:logout": ("/admin/logout/", "login 405 405 405 405 405"),
    "admin:password_change": ("/admin/password_change/", "login away away away away away"),
    "admin:password_change_done": ("/admin/password_change/done/", "login 200 200 200 200 200"),
    "admin:autocomplete": ("/admin/autocomplete/", "login 403 403 403 403 403"),
    "admin:jsi18n": ("/admin/jsi18n/", "login 200 200 200 200 200"),
    "admin:view_on_site": ("/admin/r/0/0/", "login 404 404 404 404 404"),
    "admin:app_list": ("/admin/auth/", "login 404 404 404 404 200"),
    "admin:auth_user_password_change": (
        "/admin/auth/user/0/password/",
        "login 403 403 403 403 404",
    ),
    "admin:trials_recordversion_file": (
        "/admin/trials/recordversion/0/record.json",
        "login 403 404 404 404 404",
    ),
    "admin:desk-bulk": ("/admin/desk/bulk/", "login 405 405 405 405 405"),
    "admin:desk-export": ("/admin/desk/export.csv", "login 404 200 200 200 200"),
    "admin:desk-coordinators": ("/admin/desk/coordinators/", "login 404 200 200 200 200"),
    "admin:desk-site-list": ("/admin/desk/coordinators/list/", "login 404 away away away away"),
    "admin:desk-not-given": (
        "/admin/desk/coordinators/list/not-given.csv",
        "login 405 405 405 405 405",
    ),
    "admin:desk-take-away": (
        "/admin/desk/coordinators/0/take-away/",
        "login 404 404 404 404 404",
    ),
    "admin:desk-site-coordinators": (
        "/admin/desk/sites/0/coordinators/",
        "login 405 405 405 405 405",
    ),
    "admin:desk-contacts": ("/admin/desk/contacts.csv", "login 404 200 200 200 200"),
    "admin:desk-registry-sheet": (
        "/admin/desk/sites/0/registry-sheet/",
        "login 404 404 404 404 404",
    ),
    "admin:desk-mail": ("/admin/desk/mail/", "login 404 200 200 200 200"),
    "admin:desk-answer": ("/admin/desk/answers/0/", "login 404 404 404 404 404"),
    "admin:desk-site": ("/admin/desk/sites/0/", "login 404 404 404 404 404"),
    "admin:desk-text": ("/admin/desk/NCT20990001/", "login 404 200 200 200 200"),
    "admin:desk-act": ("/admin/desk/NCT20990001/act/", "login 405 405 405 405 405"),
    "admin:desk-check": ("/admin/desk/NCT20990001/check/", "login 405 405 405 405 405"),
    "admin:desk-history": ("/admin/desk/NCT20990001/history/", "login 404 200 200 200 200"),
    "trial-preview": ("/trials/NCT20990001/preview/", "login 404 200 200 200 200"),
}

# What uma, ada, ben, cleo and sam may do with the rows of a table of the admin: view, add, change,
# delete.
_TO_READ = """
    arm auditevent centralcontact condition criterion facility idredirect
    importproblem importrun intervention outcomemeasure outdatedtext overallofficial overduetrial
    readerreport recordversion reference secondaryid site sitecontact sitewithoutpoint sponsor trial
    trialcondition trialsponsor trialwithoutcontact
"""
LISTS: dict[str, str] = {
    **{f"trials_{table}": "- v v v v" for table in _TO_READ.split()},
    "trials_editorialtext": "- vc vc vc vc",  # its form is the desk's
    "trials_conditionintroduction": "- vac vac vac vacd",
    "trials_glossaryterm": "- vac vac vac vac",
    "trials_synonym": "- vac vac vac vac",
    "auth_group": "- - - - vacd",
    "auth_user": "- - - - vacd",
}

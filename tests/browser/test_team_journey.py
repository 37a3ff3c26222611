"""From a mail to the public page: a coordinator is asked, signs in, corrects; the desk accepts."""

import re
import time
from email import message_from_bytes, policy
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import LOOKS, LogIn, Look, Visit
from tests.browser.test_confirm_journey import assert_good, import_record
from tests.browser.watch import axe_complaints
from tests.project.processes import Demo

NCT_ID = "NCT99909002"
PHONE, NEW_PHONE = "+47 55 50 01 12", "+47 55 50 01 99"
TEAM = "liv@team.example"
NO_SCRIPT = Look("no-script", script=False)
_PATIENCE_SECONDS = 20


def mailed_links(portal: Demo, path: str) -> list[str]:
    """Return the links to a page in the letters to our coordinator so far, the oldest first."""
    files = sorted((portal.var / "mail").glob("*.log"), key=lambda file: file.stat().st_mtime)
    return [link for file in files for link in _links(file) if path in link]


def _links(file: Path) -> list[str]:
    message = message_from_bytes(file.read_bytes(), policy=policy.default)
    text = message.get_body(("plain",))
    is_ours = message["To"] == TEAM  # others go to the demonstration's own study teams
    return re.findall(r"http\S+", text.get_content()) if text and is_ours else []


def wait_for_link(portal: Demo, path: str) -> str:
    """Return the newest link to a page, once its letter is there: it is sent in the background."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not (found := mailed_links(portal, path)) and time.monotonic() < end:
        time.sleep(0.2)
    return found[-1]


def give_site(editor: Page) -> None:
    """Give the trial's only site to its coordinator, at the desk."""
    editor.get_by_role("link", name="Sites and their contacts").click()
    editor.locator("#result_list tbody th a").click()
    editor.get_by_role("link", name="Confirm it by a link").click()
    coordinators = editor.locator("section", has_text="Coordinators of this site")
    coordinators.get_by_label("Email address").fill(TEAM)
    coordinators.get_by_role("button", name="Give them this site").click()
    expect(editor.locator("body")).to_contain_text("now looks after")
    assert axe_complaints(editor) == []


def test_coordinator_confirms_from_a_letter_and_then_corrects_in_the_area(
    log_in: LogIn, visit: Visit, portal: Demo, tmp_path: Path
) -> None:
    import_record(portal, tmp_path, PHONE, nct_id=NCT_ID)
    where = f"/trials/{NCT_ID}/#contacts"
    editor = log_in("demo-writer", f"/admin/desk/{NCT_ID}/")
    give_site(editor)

    # A reminder, and two clicks from it, without script.
    portal.manage("send_reminders", "--dry-run")
    assert mailed_links(portal, "/confirm/") == []
    portal.manage("send_reminders")
    portal.manage("send_reminders")
    (link,) = mailed_links(portal, "/confirm/")
    team = visit(link, NO_SCRIPT)
    team.get_by_role("button", name="These details are right").click()
    expect(visit(where).locator("#contacts")).to_contain_text("Confirmed by the study team on")

    # The area: a link by mail, good once.
    team = visit("/coordinators/")
    team.get_by_label("Your email address").fill(TEAM)
    team.get_by_role("button", name="Email me a link").click()
    expect(team.locator("h1")).to_have_text("Look into your mail")
    key = wait_for_link(portal, "/coordinators/enter/")
    team.goto(key)
    team.get_by_role("button", name="Sign in").click()
    expect(team.locator("h1")).to_have_text("My sites")
    expect(team.locator("main")).to_contain_text("Nothing needs an answer from you today.")
    assert "used already" in visit(key).locator("h1").inner_text()

    # A correction and a fact.
    team.get_by_role("link", name="Correct or add something").click()
    team.get_by_text("Suggest a correction").click()
    team.get_by_label("What must change?").select_option(label=f"Phone number (now: {PHONE})")
    team.get_by_label("What should it say?").fill(NEW_PHONE)
    team.get_by_role("button", name="Send correction").click()
    expect(team.locator("main")).to_contain_text("Waits for an editor.")
    team.get_by_text("Languages, interpreter").click()
    team.get_by_label("Parking").select_option("Yes, free")
    team.get_by_role("button", name="Save").click()
    expect(team.locator("main")).to_contain_text("Readers see what you added")
    for look in LOOKS:
        team.set_viewport_size({"width": look.width, "height": 900})
        team.emulate_media(color_scheme="dark" if look.scheme == "dark" else "light")
        for path in ("", "account/", "sites/"):
            team.goto(f"{portal.address}/coordinators/{path}")
            assert_good(team, look)
        team.get_by_role("link", name="Correct or add something").click()
        assert_good(team, look)

    # The desk accepts; readers see both values.
    editor.goto("/admin/?queue=corrections")
    editor.locator("tr", has_text=NCT_ID).get_by_role("link").first.click()
    assert axe_complaints(editor) == []
    editor.get_by_role("button", name=re.compile("^Accept( |$)")).first.click()
    contacts = visit(where).locator("#contacts")
    expect(contacts).to_contain_text(NEW_PHONE)
    expect(contacts).to_contain_text(f"The registry says: {PHONE}")
    expect(contacts).to_contain_text("Confirmed by the study team on")
    expect(visit(f"/trials/{NCT_ID}/#where").locator("#where")).to_contain_text("Yes, free")
    team.goto(f"{portal.address}/coordinators/sites/")
    expect(team.locator("main")).to_contain_text("Confirmed")

    # The registry agrees: the correction is over, and the contact stays confirmed.
    import_record(portal, tmp_path, NEW_PHONE, nct_id=NCT_ID)
    contacts = visit(where).locator("#contacts")
    expect(contacts).to_contain_text(NEW_PHONE)
    expect(contacts).not_to_contain_text("The registry says")
    expect(contacts).to_contain_text("Confirmed by the study team on")
    team.get_by_role("link", name="Correct or add something").click()
    expect(team.locator("main")).to_contain_text("The registry says so, too.")

    # What the server wrote down holds no key and no address.
    logged = (portal.var / "logs" / "access.log").read_text()
    assert "/coordinators/enter/" in logged
    assert "key=" not in logged
    assert TEAM not in logged

"""From an editor's link to the public page and back to the desk, in a real browser."""

import json
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import LOOKS, LogIn, Look, Visit
from tests.browser.watch import axe_complaints, scrolls_sideways
from tests.project.processes import Demo
from tests.project.production import REPOSITORY

RECORD = REPOSITORY / "tests" / "data" / "registry" / "journey.json"
NCT_ID = "NCT99909001"
CONTACT = {"name": "Liv Berg", "role": "CONTACT", "phone": "+47 55 50 01 12"}
NO_SCRIPT = Look("no-script", script=False)


def import_record(
    portal: Demo, folder: Path, phone: str = CONTACT["phone"], *, nct_id: str = NCT_ID
) -> None:
    study = json.loads(RECORD.read_text())
    protocol = study["protocolSection"]
    protocol["identificationModule"]["nctId"] = nct_id
    contact = CONTACT | {"phone": phone, "email": "liv@fjord.example"}
    protocol["contactsLocationsModule"]["locations"][0]["contacts"] = [contact]
    path = folder / f"{nct_id}.json"
    path.write_text(json.dumps(study))
    portal.manage("import_studies", str(path))


def make_link(editor: Page) -> str:
    editor.get_by_role("button", name="Make a link").click()
    expect(editor.get_by_text("Liv Berg, liv@fjord.example").first).to_be_visible()
    assert axe_complaints(editor) == []
    return editor.get_by_label("The new link.").input_value()


def assert_good(page: Page, look: Look) -> None:
    assert axe_complaints(page, forced_colors=look.forced_colors == "active") == []
    assert not scrolls_sideways(page)


def test_study_team_confirms_by_a_link_and_then_asks_for_a_change(
    log_in: LogIn, visit: Visit, portal: Demo, tmp_path: Path
) -> None:
    import_record(portal, tmp_path)
    where = f"/trials/{NCT_ID}/#contacts"
    expect(visit(where).locator("#contacts")).to_contain_text("Not confirmed by the study team.")

    # An editor finds the site and makes a link.
    editor = log_in("demo-writer", f"/admin/desk/{NCT_ID}/")
    editor.get_by_role("link", name="Sites and their contacts").click()
    editor.locator("#result_list tbody th a").click()
    editor.get_by_role("link", name="Confirm it by a link").click()
    site_page = editor.url
    link = make_link(editor)

    # The page of the link in every look; then two clicks without script.
    for look in LOOKS:
        assert_good(visit(link, look), look)
    team = visit(link, NO_SCRIPT)
    expect(team.locator("main")).to_contain_text("Liv Berg")
    team.get_by_role("button", name="These details are right").click()
    expect(team.locator("h1")).to_have_text("Thank you. The details are confirmed")
    assert team.context.cookies() == []
    expect(visit(where).locator("#contacts")).to_contain_text("Confirmed by the study team on")
    assert "answered already" in visit(link).locator("h1").inner_text()

    # The registry changes the number: nothing counts as confirmed any more.
    import_record(portal, tmp_path, "+47 55 50 01 13")
    changed = "Not confirmed by the study team: the phone number has changed"
    expect(visit(where).locator("#contacts")).to_contain_text(changed)

    # The team says what must change, without script; the desk accepts it.
    editor.goto(site_page)
    team = visit(make_link(editor), NO_SCRIPT)
    team.get_by_role("button", name="Something must change").click()
    expect(team.locator("h1")).to_have_text("Thank you. What must change?")
    expect(visit(where).locator("#contacts")).to_contain_text("something here must change")
    for look in LOOKS:
        assert_good(visit(team.url, look), look)
    team.get_by_role("button", name="Send to the editors").click()
    expect(team.get_by_role("alert")).to_contain_text("Choose at least one thing")
    team.get_by_label("What must change?").select_option("PHONE|Liv Berg")
    team.get_by_label("What should it say?").fill("+47 55 50 01 14")
    team.get_by_role("button", name="Add another correction").click()
    expect(team.get_by_label("What should it say?").first).to_have_value("+47 55 50 01 14")
    team.get_by_role("button", name="Send to the editors").click()
    expect(team.locator("h1")).to_contain_text("An editor will check your corrections")
    assert team.context.cookies() == []
    editor.goto("/admin/?queue=corrections")
    expect(editor.locator("body")).to_contain_text("+47 55 50 01 13 → +47 55 50 01 14")
    editor.get_by_role("link", name="Evening Light and Sleep").first.click()
    assert axe_complaints(editor) == []
    for width in (390, 1280):
        editor.set_viewport_size({"width": width, "height": 900})
        assert not scrolls_sideways(editor)
    editor.get_by_role("button", name="Accept").click()
    expect(editor.locator("body")).to_contain_text("Settled: Corrected")
    assert axe_complaints(editor) == []
    expect(visit(where).locator("#contacts")).to_contain_text("Confirmed by the study team on")

    # The registry takes it over: the correction is over, the contact stays confirmed.
    import_record(portal, tmp_path, "+47 55500114")
    expect(visit(where).locator("#contacts")).to_contain_text("Confirmed by the study team on")
    editor.reload()
    expect(editor.locator("#corrections").locator("..")).to_contain_text("The registry agrees")

    # What the server wrote down holds no key.
    logged = (portal.var / "logs" / "access.log").read_text()
    assert "/confirm/" in logged
    assert "key=" not in logged

"""From a file of coordinators to their sites and back to a file, in a real browser."""

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import LOOKS, LogIn, Look
from tests.browser.watch import axe_complaints, scrolls_sideways

NCT_ID = "NCT07193667"
WITH_ADDRESS = "NCT99900003"  # the registry lists an address at its first site
PAGE = "/admin/desk/coordinators/"


def assert_good(page: Page, look: Look) -> None:
    assert axe_complaints(page, forced_colors=look.forced_colors == "active") == []
    assert not scrolls_sideways(page)


def assert_good_in_every_look(page: Page) -> None:
    for look in LOOKS:
        page.set_viewport_size({"width": look.width, "height": 900})
        page.emulate_media(color_scheme=look.scheme, forced_colors=look.forced_colors)
        assert_good(page, look)


def download(page: Page, folder: Path, button: str = "Download as CSV") -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    path = folder / "contacts.csv"
    waiting.value.save_as(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_editor_gives_sites_by_a_list_and_takes_one_away(log_in: LogIn, tmp_path: Path) -> None:
    editor = log_in("demo-writer")
    editor.get_by_role("link", name="Coordinators of sites").click()
    assert_good_in_every_look(editor)

    # The file of all sites, filled in for the first, with a name that fits none.
    editor.locator("#export_trial").fill(NCT_ID)
    sites = download(editor, tmp_path)
    first = sites[0] | {"name": "Liv Berg", "email": "liv@fjord.example"}
    wrong = first | {"site": "Nowhere", "email": "bo@fjord.example"}
    path = tmp_path / "list.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, first.keys())
        writer.writeheader()
        writer.writerows([first, wrong])

    # What it means, then one press.
    editor.locator("#id_file").set_input_files(path)
    editor.get_by_role("button", name="Show what it means").click()
    expect(editor.locator("h1")).to_have_text("What the list means")
    expect(editor.get_by_text("has the name or city “Nowhere”")).to_be_visible()
    assert_good_in_every_look(editor)
    editor.get_by_role("button", name="Give 1 site as shown").click()
    expect(editor.get_by_text("1 line is written down.")).to_be_visible()

    # The line that fits no site is shown once more, and comes as a file.
    expect(editor.get_by_text("1 line could not be given")).to_be_visible()
    expect(editor.get_by_text("has the name or city “Nowhere”")).to_be_visible()
    assert_good_in_every_look(editor)
    (rest,) = download(editor, tmp_path, "Download this line as CSV")
    assert (rest["site"], rest["email"]) == ("Nowhere", "bo@fjord.example")
    editor.get_by_role("link", name="Back to the coordinators").click()
    expect(editor.get_by_text("liv@fjord.example")).to_be_visible()
    assert_good_in_every_look(editor)

    # On the page of the site, with its sheet for the registry.
    editor.locator(f"a[href='/admin/desk/sites/{first['site']}/']").click()
    expect(editor.locator("#coordinators")).to_be_visible()
    assert_good_in_every_look(editor)
    site_page = editor.url
    editor.get_by_role("link", name="What to correct in the registry").click()
    expect(editor.get_by_text("There is nothing to change.")).to_be_visible()
    assert_good_in_every_look(editor)
    editor.goto(site_page)
    editor.get_by_role("link", name="Take away").click()
    expect(editor.get_by_text("They no longer see this site")).to_be_visible()
    assert_good_in_every_look(editor)
    editor.get_by_role("link", name="Leave it with them").click()
    expect(editor).to_have_url(site_page)
    editor.get_by_role("link", name="Take away").click()
    editor.get_by_role("button", name="Take it away").click()
    expect(editor.get_by_text("no longer looks after")).to_be_visible()
    expect(editor).to_have_url(site_page)
    editor.goto(PAGE)
    expect(editor.locator("#who")).to_be_visible()
    expect(editor.get_by_text("liv@fjord.example")).to_have_count(0)


def open_first_site(editor: Page) -> None:
    editor.get_by_role("link", name="Sites and their contacts").click()
    editor.locator("#result_list tbody th a").first.click()
    editor.get_by_role("link", name="Confirm it by a link").click()


@pytest.mark.parametrize("may_write", [True, False])
def test_new_link_is_copied_by_a_button(log_in: LogIn, may_write: bool) -> None:
    editor = log_in("demo-writer", f"/admin/desk/{WITH_ADDRESS}/")
    open_first_site(editor)
    editor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if not may_write:
        editor.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error())")
    editor.get_by_role("button", name="Make a link").click()
    field, button = editor.locator("#made"), editor.get_by_role("button", name="Copy the link")
    said = editor.locator("p", has=button).get_by_role("status")
    expect(said).to_have_text("")
    button.press("Enter")
    if may_write:
        expect(said).to_have_text("Copied.")
        assert editor.evaluate("navigator.clipboard.readText()") == field.input_value()
    else:
        expect(said).to_contain_text("The link is marked.")
        assert editor.evaluate("String(getSelection())") == field.input_value()
    assert_good_in_every_look(editor)


def test_new_link_without_script_is_a_field_alone(log_in: LogIn) -> None:
    editor = log_in("demo-writer", f"/admin/desk/{WITH_ADDRESS}/", Look("no-script", script=False))
    open_first_site(editor)
    editor.get_by_role("button", name="Make a link").click()
    assert "/confirm/?key=" in editor.locator("#made").input_value()
    expect(editor.get_by_role("button", name="Copy the link")).to_have_count(0)


def test_long_word_in_a_list_leaves_room_for_what_is_wrong(log_in: LogIn) -> None:
    editor = log_in("demo-writer")
    editor.set_viewport_size({"width": 1280, "height": 900})
    editor.goto(editor.url.split("/admin/")[0] + PAGE)
    long = "n" * 300
    lines = ["trial,site,name,email", f"{NCT_ID},{long},{long},{long}@fjord.example"]
    file = {"name": "list.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    editor.locator("#id_file").set_input_files(file)
    editor.get_by_role("button", name="Show what it means").click()

    table = editor.get_by_role("region", name="Line by line")
    assert table.evaluate("each => each.scrollWidth <= each.clientWidth")
    widths = table.locator("tbody tr td").evaluate_all("all => all.map(each => each.clientWidth)")
    assert widths[0] >= 260
    above = editor.locator("section.desk-panel").bounding_box()
    heading = editor.get_by_role("heading", name="Line by line").bounding_box()
    assert above
    assert heading
    assert heading["y"] - above["y"] - above["height"] >= 12

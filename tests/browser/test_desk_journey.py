"""A text's way from the registry to its readers and back, as new editors would go it.

One story, told in the order in which it happens. It takes the screenshots of docs/editors.md:
`make screenshots` keeps them, every other run throws them away.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, LogIn, Look, Visit
from tests.browser.watch import axe_complaints, scrolls_sideways
from tests.project.processes import Demo
from tests.project.production import REPOSITORY

RECORD = REPOSITORY / "tests" / "data" / "registry" / "journey.json"
NCT_ID = "NCT99909000"
DESK = f"/admin/desk/{NCT_ID}/"
PUBLIC = f"/trials/{NCT_ID}/"
TITLE = "Bright light in the evening for people who sleep badly"
WORDS = {
    "plain_title": TITLE,
    "plain_summary": "This trial tests if bright light in the evening may help adults sleep.",
    "what_it_studies": (
        "60 people sit near a lamp for 30 minutes each evening, for 4 weeks. "
        "One group gets bright light. The other gets dim light."
    ),
    "good_fit": "you are 18 to 65 years old\nyou have slept badly for at least 3 months",
    "not_a_fit": "you worked night shifts in the last 6 months",
    "potential_benefit": "You may sleep longer. No one knows yet. The light may tire your eyes.",
    "similar_studies": "",
    "taking_part": "Ask the study team how often you would have to come.",
}


@pytest.fixture
def shoot(tmp_path: Path) -> Callable[[Page, str], None]:
    folder = REPOSITORY / "docs" / "editors" if os.environ.get("SCREENSHOTS") else tmp_path

    def keep(page: Page, name: str) -> None:
        folder.mkdir(exist_ok=True)
        page.screenshot(path=folder / f"{name}.png")

    return keep


def import_record(portal: Demo, folder: Path, criteria: str = "", status: str = "") -> None:
    study = json.loads(RECORD.read_text())
    protocol = study["protocolSection"]
    if criteria:
        protocol["eligibilityModule"]["eligibilityCriteria"] = criteria
    if status:
        protocol["statusModule"]["overallStatus"] = status
    path = folder / f"{NCT_ID}.json"
    path.write_text(json.dumps(study))
    portal.manage("import_studies", str(path))


def fill(page: Page, **changes: str) -> None:
    for name, words in (WORDS | changes).items():
        page.locator(f"#id_{name}").fill(words)
    for name, words in (WORDS | changes).items():
        if words:
            page.locator(f"#id_sign-{name}").check()


def cover(page: Page) -> None:
    lines = ["you are 18 to 65", "at least 3 months", "night shifts"]
    selects = page.locator("select[name^=cover-]")
    assert selects.count() == len(lines)
    for number, line in enumerate(lines):
        option = selects.nth(number).locator("option", has_text=line).first
        selects.nth(number).select_option(str(option.get_attribute("value")))


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def test_text_goes_from_the_queue_to_its_readers_and_comes_back_when_the_record_changes(
    log_in: LogIn, visit: Visit, portal: Demo, shoot: Callable[[Page, str], None], tmp_path: Path
) -> None:
    import_record(portal, tmp_path)

    # A writer takes the trial from the queue; a first draft waits.
    writer = log_in("demo-writer", "/admin/?queue=new")
    shoot(writer, "queue")
    writer.get_by_role("link", name="Evening Light and Sleep in Adults With Insomnia").click()
    press(writer, "Start writing")
    assert writer.locator("#id_good_fit").input_value() != ""
    assert writer.get_by_text("Unreviewed: nobody has signed this field").count() > 0
    shoot(writer, "first-draft")

    # A slip: 18 became 8. The check says so while one writes, and again at submit.
    slip = "you are 8 to 65 years old\nyou have slept badly for at least 3 months"
    fill(writer, good_fit=slip)
    report = writer.locator('[data-report="good_fit"]')
    expect(report.locator("li.desk-block")).to_contain_text("8")
    report.scroll_into_view_if_needed()
    shoot(writer, "warned")
    press(writer, "Save and submit for review")
    expect(writer.locator(".messagelist")).to_contain_text("Saved, but not submitted.")
    shoot(writer, "refused")

    # Mended, covered, submitted.
    fill(writer)
    press(writer, "Save draft")
    cover(writer)
    writer.locator("#coverage").scroll_into_view_if_needed()
    shoot(writer, "coverage")
    press(writer, "Save and submit for review")
    expect(writer.locator(".messagelist")).to_contain_text("Submitted.")

    # A second person returns it with a reason; the writer changes a word and submits again.
    reviewer = log_in("demo-reviewer", DESK)
    reviewer.get_by_label("What has to change?").fill("Say that it is a lamp, please.")
    shoot(reviewer, "review")
    press(reviewer, "Return to the writer")
    writer.goto("/admin/?queue=returned")
    expect(writer.locator("#result, .desk-table")).to_contain_text(NCT_ID)
    writer.goto(DESK)
    expect(writer.get_by_text("Say that it is a lamp, please.").first).to_be_visible()
    summary = "This trial tests if a bright lamp in the evening may help adults sleep."
    writer.locator("#id_plain_summary").fill(summary)
    writer.locator("#id_sign-plain_summary").check()
    press(writer, "Save and submit for review")
    expect(writer.locator(".messagelist")).to_contain_text("Submitted.")

    # Approved, looked at as patients will see it, published.
    reviewer.goto(DESK)
    press(reviewer, "Approve")
    publisher = log_in("demo-publisher", DESK)
    publisher.get_by_role("link", name="Preview as patients will see it").click()
    expect(publisher.locator("h1")).to_have_text(TITLE)
    shoot(publisher, "preview")
    publisher.goto(DESK)
    shoot(publisher, "publish")
    press(publisher, "Publish")
    expect(publisher.locator(".messagelist")).to_contain_text("Patients see these words now.")
    patient = visit(PUBLIC, PHONE)
    expect(patient.locator("h1")).to_have_text(TITLE)
    expect(patient.locator("#changed")).to_have_count(0)

    # The record changes: the page says so, the queue shows it, the field is stale.
    import_record(
        portal,
        tmp_path,
        criteria=(
            "Inclusion Criteria:\n\n* Aged 18 to 65 years\n* Insomnia for at least 6 months\n\n"
            "Exclusion Criteria:\n\n* Night shift work in the last 6 months"
        ),
        status="SUSPENDED",
    )
    patient.goto(PUBLIC)
    notice = patient.locator("section", has=patient.locator("#changed"))
    expect(notice).to_contain_text("if it is open")
    expect(notice).to_contain_text("who can join")
    shoot(patient, "changed-page")
    writer.goto("/admin/?queue=changed")
    row = writer.locator("tr", has_text=NCT_ID)
    expect(row).to_contain_text("Urgent: if it is open")
    shoot(writer, "changed-queue")
    row.get_by_role("link").first.click()
    expect(writer.locator("#changed")).to_be_visible()
    expect(writer.get_by_text("Stale: eligibility criteria changed").first).to_be_visible()
    shoot(writer, "stale")
    writer.get_by_role("link", name="History").click()
    expect(writer.locator(".desk-acts")).to_contain_text("published the text")
    shoot(writer, "history")


@pytest.mark.parametrize(
    "look",
    [Look("desktop"), PHONE, Look("dark", scheme="dark"), Look("dark-phone", 390, scheme="dark")],
    ids=str,
)
def test_pages_of_the_desk_are_accessible_and_fit(log_in: LogIn, look: Look) -> None:
    page = log_in("demo-writer", look=look)
    text = "/admin/desk/NCT07193667/"
    for path in ("/admin/", "/admin/?queue=new", text, f"{text}history/?left=1&right=1"):
        page.goto(path)
        assert axe_complaints(page) == [], path
        assert not scrolls_sideways(page), path


def test_desk_works_without_script(log_in: LogIn) -> None:
    page = log_in("demo-writer", "/admin/desk/NCT99900025/", Look("no-script", script=False))
    press(page, "Start writing")
    page.locator("#id_plain_title").fill("Tablets and messages to stop smoking")
    press(page, "Save draft")
    expect(page.locator(".messagelist")).to_contain_text("Saved as revision 2")


def test_queue_works_from_the_keyboard(log_in: LogIn) -> None:
    page = log_in("demo-writer", "/admin/?queue=new")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".desk-table tbody tr").first.locator("[type=checkbox]")).to_be_checked()
    page.keyboard.press("j")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/desk/**")

"""What readers do with a page: open a note, choose colors, tick, print."""

import io
import re

import pypdf
from playwright.sync_api import Page, expect

from tests.browser.conftest import Look, Visit

TRIAL = "/trials/NCT07193667/"
NO_SCRIPT = Look("no-script", script=False)
PHONE_NO_SCRIPT = Look("phone-no-script", width=390, script=False)


def test_note_of_a_word_opens_and_closes_without_script(visit: Visit) -> None:
    page = visit(TRIAL, PHONE_NO_SCRIPT)
    link = page.locator("a[href^='#w-']").first
    note = page.locator(str(link.get_attribute("href")))
    expect(note).not_to_be_visible()
    link.click()
    expect(note).to_be_visible()
    note.get_by_role("link", name="Close this note").click()
    expect(note).not_to_be_visible()


def test_chosen_colors_stay_on_the_next_page_and_can_be_given_back(visit: Visit) -> None:
    page = visit(TRIAL, NO_SCRIPT)
    light = _background(page)
    page.get_by_role("button", name="Dark").click()
    assert page.url.endswith(TRIAL)
    page.goto("/about/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    assert _background(page) != light
    page.get_by_role("button", name="Same as my device").click()
    assert page.context.cookies() == []
    assert _background(page) == light


def test_public_pages_set_no_cookie(visit: Visit) -> None:
    page = visit("/")
    for path in ("/trials/", TRIAL, f"{TRIAL}sites/", "/conditions/breast-cancer/", "/about/"):
        page.goto(path)
    assert page.context.cookies() == []


def test_checklist_keeps_its_ticks_on_this_device(visit: Visit) -> None:
    page = visit(TRIAL)
    page.wait_for_load_state("networkidle")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.locator("#need-1").check()
    assert sent == []
    page.reload()
    expect(page.locator("#need-1")).to_be_checked()
    expect(page.locator("#need-2")).not_to_be_checked()
    page.get_by_role("button", name="Clear my ticks").click()
    page.reload()
    expect(page.locator("#need-1")).not_to_be_checked()


def test_printed_trial_shows_what_is_folded_on_the_screen(visit: Visit) -> None:
    page = visit(TRIAL, NO_SCRIPT)
    folded = page.locator("main details:not([open]) :is(p, li, dd)").all_text_contents()
    assert len(folded) > 10
    printed = _squeezed(_text_of(page.pdf(prefer_css_page_size=True)))
    missing = [text for text in folded if _squeezed(text) and _squeezed(text) not in printed]
    assert missing == []


def test_doctor_sheet_prints_on_two_sides(visit: Visit) -> None:
    page = visit(f"{TRIAL}doctor/")
    pdf = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert len(pdf.pages) <= 2


def test_trial_works_from_the_keyboard(visit: Visit) -> None:
    page = visit(TRIAL)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#main$"))
    folded = page.locator("main details:not([open])")
    before = folded.count()
    folded.locator("> summary").first.focus()
    page.keyboard.press("Enter")
    expect(folded).to_have_count(before - 1)


def _background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def _text_of(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def _squeezed(text: str) -> str:
    """Return the letters and digits alone: a printed line breaks where it likes."""
    return re.sub(r"[\W_]+", "", text)

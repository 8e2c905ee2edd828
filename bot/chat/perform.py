"""Sends one call: a photo is uploaded once and then known by its file id; its text goes even without it."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError
from telegram import InputFile, InputMedia, InputMediaPhoto
from telegram.error import BadRequest

from bot.chat.errors import (
    MakingError,
    MissingPhotoError,
    is_gone,
    is_not_modified,
    is_refused_file_id,
    is_refused_photo,
)
from bot.chat.making import MADE, MadeFile, Maker, from_json
from bot.chat.raw_bot import RawBot
from bot.chat.topics import TOPIC, Topics
from bot.knowledge.model import PhotoFile
from bot.locales import words_in
from bot.outbox.call import Call
from bot.store import attachments, photo_files
from bot.store.database import Database

logger = logging.getLogger(__name__)

Json = dict[str, Any]


ATTACHED = "_attached"
"""The key in a call's params under which stand hash and name of a kept file. Telegram never sees it."""


class _Shown(NamedTuple):
    """A photo and what stands under it."""

    file: PhotoFile | MadeFile
    params: Mapping[str, Any]


class Performer:
    """Sends calls through one bot. `photos` returns the pictures of the live knowledge by file name."""

    def __init__(
        self, bot: RawBot, database: Database, photos: Callable[[], Mapping[str, PhotoFile]], maker: Maker
    ) -> None:
        self._bot = bot
        self._database = database
        self._photos = photos
        self._maker = maker
        self._topics = Topics(bot, database)

    async def perform(self, call: Call) -> list[int]:
        """Sends a call and returns the ids of the messages that it made or changed.

        Raises what `classify` understands; whatever it raises, nothing was sent twice.
        """
        if TOPIC in call.params:
            return await self._topics.send(call, self.perform)
        if MADE in call.params:
            return await self._perform_made(
                replace(call, params=_without(MADE, call.params)), call.params[MADE]
            )
        if ATTACHED in call.params:
            return await self._send_attached(call, call.params[ATTACHED])
        if not call.photos:
            return await self._send_plain(call)
        shown = self._shown(call)
        try:
            if not shown:
                raise MissingPhotoError(f"not in the knowledge folder: {', '.join(call.photos)}")
            return await self._send_photos(call, shown)
        except (MissingPhotoError, BadRequest) as error:
            if "caption" not in call.params or not is_refused_photo(error):
                raise
            logger.warning("Sent the text without its photo. %s", error)
            return await self._send_plain(_without_photo(call))

    async def _perform_made(self, call: Call, kept: Json) -> list[int]:
        """Sends a call with the file that its params named, or its text and a word of regret."""
        if not call.method.startswith("send"):
            return await self._send_plain(call)  # an edit of the caption leaves the file as it is
        made = from_json(kept)
        try:
            file = await self._maker.make(made)
            if call.method == "sendPhoto":
                return await self._send_photos(call, [_Shown(file, call.params)])
            return await self._send_plain(replace(call, params={**call.params, "document": _upload(file)}))
        except (MakingError, BadRequest) as error:
            if "caption" not in call.params or not is_refused_photo(error):
                raise
            logger.warning("Sent the text without its file. %s", error)
            words = words_in(made.language)
            sorry = words("I could not make this file. Please try again later.")
            caption = f"{call.params['caption']}\n\n{sorry}"
            return await self._send_plain(
                _without_photo(replace(call, params={**call.params, "caption": caption}))
            )

    async def _send_attached(self, call: Call, kept: Json) -> list[int]:
        """Sends a call with the file that its params named; it was kept in the database."""
        data = await self._database.read(lambda connection: attachments.read(connection, kept["sha256"]))
        if data is None:
            raise MissingPhotoError(f"the file {kept['name']} is not kept any more")
        field = "photo" if call.method == "sendPhoto" else "document"
        file = InputFile(data, filename=kept["name"])
        return await self._send_plain(replace(call, params={**_without(ATTACHED, call.params), field: file}))

    async def _send_plain(self, call: Call) -> list[int]:
        params = {"chat_id": call.chat_id, **call.params}
        if call.method == "sendMediaGroup":
            params["media"] = [_input_media(item) for item in params["media"]]
        try:
            return _message_ids(await self._bot.raw(call.method, params))
        except BadRequest as error:
            if is_not_modified(error):
                return [call.params["message_id"]]
            if is_gone(error):
                return []
            raise

    def _shown(self, call: Call) -> list[_Shown]:
        """The photos that are still there; an album goes on without the others."""
        live = self._photos()
        under = call.params["media"] if call.method == "sendMediaGroup" else [call.params]
        pairs = zip(call.photos, under, strict=True)
        return [_Shown(live[name], params) for name, params in pairs if name in live]

    async def _send_photos(self, call: Call, shown: Sequence[_Shown]) -> list[int]:
        hashes = {photo.file.sha256 for photo in shown}
        known = await self._database.read(
            lambda connection: photo_files.read(connection, self._bot.id, hashes)
        )
        try:
            messages = await self._send_known(call, shown, known)
        except BadRequest as error:
            if not known or not is_refused_file_id(error):
                raise
            known = {}
            messages = await self._send_known(call, shown, known)
        await self._remember(shown, messages, known)
        return _message_ids(messages)

    async def _send_known(self, call: Call, shown: Sequence[_Shown], known: Mapping[str, str]) -> list[Json]:
        """Sends photos by the file ids in `known`, and uploads the others."""
        params: Json = {"chat_id": call.chat_id, **_without("media", call.params)}
        if len(shown) == 1:
            [photo] = shown
            image = known.get(photo.file.sha256) or _upload(photo.file)
            return [
                await self._bot.raw("sendPhoto", {**params, **_without("type", photo.params), "photo": image})
            ]
        params["media"] = [
            InputMediaPhoto(
                known.get(photo.file.sha256) or _upload(photo.file, attach=True),
                api_kwargs=dict(photo.params),
            )
            for photo in shown
        ]
        messages: list[Json] = await self._bot.raw("sendMediaGroup", params)
        return messages

    async def _remember(
        self, shown: Sequence[_Shown], messages: Sequence[Json], known: Collection[str]
    ) -> None:
        """Keeps the file ids of what was uploaded. The photos are sent: no failure here may undo that."""
        uploaded = [pair for pair in zip(shown, messages, strict=True) if pair[0].file.sha256 not in known]

        def work(connection: Connection) -> None:
            for photo, message in uploaded:
                file_id = message["photo"][-1]["file_id"]  # the largest size is the last
                photo_files.write(connection, self._bot.id, photo.file.sha256, file_id)

        try:
            if uploaded:
                await self._database.write(work)
        except (SQLAlchemyError, LookupError, TypeError):
            logger.exception("A file id could not be kept; the photo will be uploaded again")


def _without_photo(call: Call) -> Call:
    """The caption as a message of its own."""
    renamed = {"caption": "text", "caption_entities": "entities"}
    params = {renamed.get(name, name): value for name, value in call.params.items()}
    return Call(call.chat_id, "sendMessage", params)


def _without(name: str, params: Mapping[str, Any]) -> Json:
    return {each: value for each, value in params.items() if each != name}


def _input_media(item: Mapping[str, Any]) -> InputMedia:
    """An album's item with a file id, as the library wants it."""
    more = {name: value for name, value in item.items() if name not in {"type", "media"}}
    return InputMedia(item["type"], item["media"], api_kwargs=more)


def _upload(file: PhotoFile | MadeFile, *, attach: bool = False) -> InputFile:
    return InputFile(file.data, filename=file.name, attach=attach)


def _message_ids(result: object) -> list[int]:
    messages = result if isinstance(result, list) else [result]
    return [message["message_id"] for message in messages if isinstance(message, Mapping)]

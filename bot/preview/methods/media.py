"""Methods that send files: photos, documents, albums; uploaded once, then by file_id."""

import asyncio
import secrets
from typing import Any

from bot.preview.entities import checked_caption
from bot.preview.errors import bad_request
from bot.preview.files import DOWNLOAD_BYTES, StoredFile
from bot.preview.methods.chats import reachable_chat
from bot.preview.methods.sending import caption_of, deliver, markup_of
from bot.preview.params import Params
from bot.preview.world import World

Json = dict[str, Any]

ALBUM = range(2, 11)


async def stored(world: World, params: Params, value: object, name: str, kind: str) -> StoredFile:
    """The file a call sends: uploaded under `name` or as `attach://…`, or known by its file_id."""
    upload = params.upload(value) or params.uploads.get(name)
    if upload is not None:
        if kind == "photo":
            return await asyncio.to_thread(world.files.add_photo, upload)
        return world.files.add(kind, upload)
    if not isinstance(value, str) or not value or value.startswith("attach://"):
        raise bad_request(f"there is no {kind} in the request")
    if value.startswith(("http://", "https://")):
        raise bad_request("failed to get HTTP URL content")  # this server never goes out
    return world.files.find(value, kind)


def shown(world: World, file: StoredFile) -> Json:
    """The part of a message that shows a photo or a document."""
    if file.kind == "photo":
        return {"photo": world.files.photo_sizes(file)}
    return {"document": {**file.as_json(), "file_name": file.name, "mime_type": file.mime}}


async def send_photo(world: World, params: Params) -> Json:
    """A photo with an optional caption."""
    return await _send_one(world, params, "sendPhoto", "photo")


async def send_document(world: World, params: Params) -> Json:
    """Any file with an optional caption."""
    return await _send_one(world, params, "sendDocument", "document")


async def _send_one(world: World, params: Params, method: str, kind: str) -> Json:
    chat = reachable_chat(world, params)
    texts = {**caption_of(params), **markup_of(params)}
    file = await stored(world, params, params.values.get(kind), kind, kind)
    return deliver(world, method, params, [{**shown(world, file), **texts}], chat)[0]


async def send_media_group(world: World, params: Params) -> list[Json]:
    """2–10 photos or documents as one album."""
    chat = reachable_chat(world, params)
    media = params.json("media")
    if not isinstance(media, list):
        raise bad_request("media expected Array" if media else 'parameter "media" is required')
    if not media:
        raise bad_request("there are no messages to send")
    if len(media) not in ALBUM:
        few = len(media) < ALBUM.start
        raise bad_request(f"too {'few' if few else 'many'} messages to send as an album")
    if len({item.get("type") for item in media if isinstance(item, dict)}) > 1:
        raise bad_request("document can't be mixed with other media types")
    group = str(secrets.randbelow(10**17) + 10**17)
    contents = [{"media_group_id": group, **await input_media(world, params, item)} for item in media]
    return deliver(world, "sendMediaGroup", params, contents, chat)


async def input_media(world: World, params: Params, item: object) -> Json:
    """What an InputMedia shows. Raises 400 when it is of another type than photo or document."""
    if not isinstance(item, dict):
        raise bad_request("can't parse InputMedia: expected an Object")
    if item.get("type") not in {"photo", "document"}:
        raise bad_request(f'can\'t parse InputMedia: type "{item.get("type")}" is unsupported')
    text, entities = checked_caption(
        item.get("caption") or "", item.get("parse_mode") or "", item.get("caption_entities")
    )
    value = item.get("media")
    if isinstance(value, str) and value.startswith("attach://") and params.upload(value) is None:
        raise bad_request("can't parse InputMedia: media not found")
    file = await stored(world, params, value, "", item["type"])
    return {
        **shown(world, file),
        **({"caption": text} if text else {}),
        **({"caption_entities": entities} if entities else {}),
    }


async def get_file(world: World, params: Params) -> Json:
    """Where a file can be downloaded."""
    file = world.files.get(params.text("file_id"))
    if file is None:
        raise bad_request("invalid file_id")
    if len(file.content) > DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**file.as_json(), "file_path": file.path}

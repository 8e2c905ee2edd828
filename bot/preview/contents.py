"""What people send, as the Bot API shows it, and whether the bot gets to see it."""

import io
import secrets
from typing import Any

from PIL import Image

from bot.preview.entities import detected
from bot.preview.files import FileStore, StoredFile, Upload
from bot.preview.world import Chat, User

Json = dict[str, Any]


def written(text: str) -> Json:
    """A text with the commands, links and mentions that Telegram finds in it."""
    entities = detected(text, [])
    return {"text": text, **({"entities": entities} if entities else {})}


def sticker(files: FileStore) -> Json:
    """A static sticker."""
    file = files.add("sticker", Upload(_blank_picture("WEBP"), "sticker.webp", "image/webp"))
    return {
        "sticker": {
            **file.as_json(),
            "type": "regular",
            "width": 64,
            "height": 64,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        }
    }


def voice(files: FileStore) -> Json:
    """A voice message of three seconds."""
    file = files.add("voice", Upload(secrets.token_bytes(64), "voice.ogg", "audio/ogg"))
    return {"voice": {**file.as_json(), "duration": 3, "mime_type": "audio/ogg"}}


def photo(files: FileStore, content: bytes | None, caption: str) -> Json:
    """A photo, a plain one when no content is given."""
    file = files.add_photo(Upload(content or _blank_picture("JPEG"), "photo.jpg", "image/jpeg"))
    return {"photo": files.photo_sizes(file), **({"caption": caption} if caption else {})}


def document(file: StoredFile, caption: str) -> Json:
    """A file with its name."""
    described = {**file.as_json(), "file_name": file.name, "mime_type": file.mime}
    return {"document": described, **({"caption": caption} if caption else {})}


def seen_by_bot(chat: Chat, message: Json, bot: User) -> bool:
    """Whether the bot gets a person's message: in a group with privacy mode only what is meant for it."""
    if chat.type == "private" or not chat.privacy:
        return True
    if message.get("reply_to_message", {}).get("from", {}).get("id") == bot.id:
        return True
    text = (message.get("text") or message.get("caption") or "").lower()
    name = f"@{bot.username}".lower()
    command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
    return name in text or (bool(command) and "@" not in command)


def chat_member_change(chat: Chat, by: User, bot: User, *, date: int, old: str, new: str) -> Json:
    """The ChatMemberUpdated that tells the bot about itself in a chat."""

    def member(status: str) -> Json:
        return {
            "user": bot.as_json(),
            "status": status,
            **({"until_date": 0} if status == "kicked" else {}),
        }

    return {
        "chat": chat.as_json(),
        "from": by.as_json(),
        "date": date,
        "old_chat_member": member(old),
        "new_chat_member": member(new),
    }


def _blank_picture(encoding: str) -> bytes:
    encoded = io.BytesIO()
    Image.new("RGB", (64, 64), "#7aa7d9").save(encoded, encoding)
    return encoded.getvalue()

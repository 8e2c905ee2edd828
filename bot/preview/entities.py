"""Text and its entities as Telegram's servers check, clean and complete them. Offsets are in UTF-16 units."""

import re
from typing import Any

from bot.preview.errors import bad_request

Json = dict[str, Any]

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
MOST_ENTITIES = 100  # Telegram drops the rest
BYTES_LIMIT = 1 << 15

_STYLES = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote", "expandable_blockquote",
    "code", "pre", "text_link", "text_mention", "custom_emoji", "date_time",
}  # fmt: skip
_FOUND_BY_TELEGRAM = {
    "mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number", "bank_card_number",
}  # fmt: skip
_REMOVED = set("\r\u030a\u0333\u033f") | {chr(code) for code in range(0x2028, 0x202F)}

_DETECTED = (
    ("url", re.compile(r"https?://[^\s<>\"'*]+[\w/#=&%-]")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z]\w{3,31}\b")),
    ("bot_command", re.compile(r"(?<![\w/@])/[A-Za-z0-9_]{1,32}(?:@[A-Za-z]\w{3,31})?\b")),
    ("hashtag", re.compile(r"(?<![\w#&/])#\w*[^\W\d]\w*")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d(?:[ -]?\d){6,14}(?!\w)")),
)


def utf16_length(text: str) -> int:
    """The length as Telegram counts it: an emoji beyond the basic plane is two units."""
    return len(text) + sum(character > "\uffff" for character in text)


def checked_text(text: str, parse_mode: str, entities: object) -> tuple[str, list[Json]]:
    """A message's text and entities, as Telegram would show them. Raises 400 as Telegram would."""
    if not text:
        raise bad_request("message text is empty")
    cleaned, found = _checked(text, parse_mode, entities)
    if not cleaned:
        raise bad_request("text must be non-empty")
    if utf16_length(cleaned) > TEXT_LIMIT:
        raise bad_request("message is too long")
    return cleaned, found


def checked_caption(text: str, parse_mode: str, entities: object) -> tuple[str, list[Json]]:
    """A caption and its entities; both may be empty. Raises 400 as Telegram would."""
    cleaned, found = _checked(text, parse_mode, entities)
    if utf16_length(cleaned) > CAPTION_LIMIT:
        raise bad_request("message caption is too long")
    return cleaned, found


def detected(text: str, styled: list[Json]) -> list[Json]:
    """Links, commands, mentions and the like that Telegram finds in a text outside code and links."""
    taken = [
        (entity["offset"], entity["offset"] + entity["length"])
        for entity in styled
        if entity["type"] in {"code", "pre", "text_link", "text_mention"}
    ]
    found: list[Json] = []
    for kind, pattern in _DETECTED:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(match.group())
            if all(end <= left or right <= start for left, right in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return sorted(found, key=lambda entity: int(entity["offset"]))


def _checked(text: str, parse_mode: str, entities: object) -> tuple[str, list[Json]]:
    if parse_mode:
        raise bad_request("can't parse entities: this server takes `entities` only, not parse_mode")
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    if size > BYTES_LIMIT:
        raise bad_request("text is too long")
    if entities is not None and not isinstance(entities, list):
        raise bad_request("can't parse entities: an Array of MessageEntity is expected")
    given = [_entity(entity) for entity in entities or []]
    cleaned, styled = _cleaned(text, [entity for entity in given if entity["type"] in _STYLES])
    shown = [*styled, *detected(cleaned, styled)][:MOST_ENTITIES]
    return cleaned, sorted(shown, key=lambda entity: (entity["offset"], -entity["length"]))


def _entity(value: object) -> Json:
    """One entity with its fields checked, but not yet where it lies in the text."""
    if not isinstance(value, dict):
        raise bad_request("can't parse MessageEntity: expected an Object")
    for name in ("offset", "length"):
        if name not in value:
            raise bad_request(f"can't parse MessageEntity: Can't find field \"{name}\"")
        if not isinstance(value[name], int) or isinstance(value[name], bool):
            raise bad_request(f'can\'t parse MessageEntity: Field "{name}" must be of type Number')
        if not 0 <= value[name] <= 1_000_000:
            raise bad_request(f"receive an entity with incorrect {name} {value[name]}")
    kind = value.get("type")
    if kind not in _STYLES | _FOUND_BY_TELEGRAM:
        raise bad_request("can't parse MessageEntity: Unsupported type specified")
    if kind == "text_link":
        check_url(value.get("url"), "entity URL")
    if kind == "text_mention" and not isinstance(value.get("user"), dict):
        raise bad_request("can't parse MessageEntity: Can't find field \"user\"")
    return dict(value)


def check_url(url: object, what: str) -> None:
    """Refuses a link that Telegram would not make clickable."""
    if not isinstance(url, str):
        raise bad_request("can't parse MessageEntity: Can't find field \"url\"")
    scheme, found, rest = url.partition("://")
    if found and scheme.lower() not in {"http", "https", "tg", "ton"}:
        raise bad_request(f"{what} '{url}' is invalid: Unsupported URL protocol")
    if scheme.lower() in {"tg", "ton"}:
        return
    host = re.split(r"[/?#]", rest if found else url, maxsplit=1)[0]
    if not host:
        raise bad_request(f"{what} '{url}' is invalid: URL host is empty")
    if not re.fullmatch(r"[^\s@:]+\.[^\s@:.]{2,}(:\d+)?|(\d+\.){3}\d+(:\d+)?", host):
        raise bad_request(f"{what} '{url}' is invalid: Wrong HTTP URL")


def _cleaned(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Control characters become spaces, some marks go, white space around the text goes; entities follow."""
    kept: list[str] = []
    moved = {0: 0}  # where each boundary between characters lies, before → after
    before = after = 0
    for character in text:
        width = 1 + (character > "\uffff")
        before += width
        if character not in _REMOVED:
            kept.append(" " if character < " " and character != "\n" else character)
            after += width
        moved[before] = after
    placed = [_placed(entity, moved, before) for entity in entities if entity["length"]]
    return _trimmed("".join(kept), [entity for entity in placed if entity["length"]])


def _placed(entity: Json, moved: dict[int, int], length: int) -> Json:
    start, end = entity["offset"], entity["offset"] + entity["length"]
    if start > length:
        raise bad_request(f"entity begins after the end of the text at UTF-16 offset {start}")
    if end > length:
        raise bad_request(
            f"entity beginning at UTF-16 offset {start} ends after the end of the text at UTF-16 offset {end}"
        )
    if start not in moved:
        raise bad_request(f"entity begins in a middle of a UTF-16 symbol at UTF-16 offset {start}")
    if end not in moved:
        raise bad_request(
            f"entity beginning at UTF-16 offset {start} ends in a middle of a UTF-16 symbol at offset {end}"
        )
    return {**entity, "offset": moved[start], "length": moved[end] - moved[start]}


def _trimmed(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    blank = len(text) - len(text.lstrip())
    cut = min([blank, *(entity["offset"] for entity in entities)])
    shown = text[cut:].rstrip()
    end = utf16_length(shown)
    moved = [{**entity, "offset": entity["offset"] - cut} for entity in entities]
    clipped = [
        {**entity, "length": min(entity["length"], end - entity["offset"])}
        for entity in moved
        if entity["offset"] < end
    ]
    return shown, clipped

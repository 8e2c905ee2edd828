"""What somebody typed becomes Markdown: what they made bold in Telegram is bold in the knowledge."""

from telegram import Message, MessageEntity

_MARKS = {MessageEntity.BOLD: "**", MessageEntity.ITALIC: "*", MessageEntity.CODE: "`"}


def typed_markdown(message: Message) -> str:
    """The text or caption of a message, with its formatting as marks of Markdown; typed marks stay marks."""
    text, entities = message.text or message.caption or "", message.entities or message.caption_entities
    units = text.encode("utf-16-le")  # Telegram counts UTF-16 units
    inserts: list[tuple[int, int, str]] = []
    for number, entity in enumerate(sorted(entities, key=lambda each: (each.offset, -each.length))):
        start, end = entity.offset * 2, (entity.offset + entity.length) * 2
        within = units[start:end].decode("utf-16-le")
        start += len(within[: len(within) - len(within.lstrip())].encode("utf-16-le"))
        end -= len(within[len(within.rstrip()) :].encode("utf-16-le"))
        marks = _marks_of(entity)
        if marks and start < end:
            inserts += [(start, number, marks[0]), (end, -number, marks[1])]
    parts, done = [], 0
    for place, _, mark in sorted(inserts):
        parts += [units[done:place].decode("utf-16-le"), mark]
        done = place
    return "".join([*parts, units[done:].decode("utf-16-le")]).strip()


def _marks_of(entity: MessageEntity) -> tuple[str, str] | None:
    if entity.type == MessageEntity.TEXT_LINK:
        return "[", f"]({entity.url})"
    mark = _MARKS.get(entity.type)
    return (mark, mark) if mark else None

"""Telegram's rules for a text with entities, written down a second time and independently of the bot's code.

Source: the Bot API's pages on MessageEntity and on formatting options.
"""

from itertools import combinations

from bot.chat.formatted import FormattedText

STYLES = {"bold", "italic", "strikethrough"}


def covered(text: FormattedText) -> list[tuple[str, str]]:
    """Each entity's type and the text under it. Fails when a border lies inside a surrogate pair."""
    data = text.text.encode("utf-16-le")
    return [
        (
            entity["type"],
            data[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le"),
        )
        for entity in text.entities
    ]


def assert_telegram_takes(text: FormattedText, limit: int | None = None) -> None:
    """Fails with the reason for which Telegram would refuse or change the entities."""
    units = len(text.text.encode("utf-16-le")) // 2
    assert limit is None or units <= limit
    for entity in text.entities:
        assert entity["offset"] >= 0 and entity["length"] > 0, entity
        assert entity["offset"] + entity["length"] <= units, entity
        allowed = {"text_link": {"url"}, "pre": {"language"}}.get(entity["type"], set())
        assert entity.keys() - {"type", "offset", "length"} <= allowed, entity
    covered(text)
    for one, other in combinations(text.entities, 2):
        _assert_may_meet(one["type"], other["type"], *(_span(entity) for entity in (one, other)))


def _span(entity: object) -> tuple[int, int]:
    assert hasattr(entity, "__getitem__")
    return entity["offset"], entity["offset"] + entity["length"]


def _assert_may_meet(one: str, other: str, first: tuple[int, int], second: tuple[int, int]) -> None:
    apart = first[1] <= second[0] or second[1] <= first[0]
    if apart:
        return
    within = (first[0] <= second[0] and second[1] <= first[1]) or (
        second[0] <= first[0] and first[1] <= second[1]
    )
    assert within, f"{one} {first} and {other} {second} overlap"
    both = {one, other}
    assert one != other, f"{one} in {other}"
    code = both & {"code", "pre"}
    assert not code or both == code | {"blockquote"}, f"{both} mixed"
    assert code or both & (STYLES | {"blockquote"}), f"{both} nested"

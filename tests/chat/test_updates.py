"""A raw update is read as far as the bot needs it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.raw_bot import RawBot, make_bot
from bot.chat.updates import person_id_in, person_in, read_update
from bot.settings import Settings

MESSAGE = {"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}, "text": "Hi"}


@pytest.fixture(scope="module")
def raw_bot() -> RawBot:
    return make_bot(Settings(telegram_bot_token="1:x"))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def test_kinds_that_nobody_handles_are_not_even_looked_at(raw_bot: RawBot) -> None:
    assert read_update({"update_id": 1, "poll": {"broken": True}}, raw_bot) is None


@given(fields=st.dictionaries(st.text(min_size=1).filter(lambda name: name not in MESSAGE), JSON))
def test_fields_and_kinds_to_come_do_no_harm(raw_bot: RawBot, fields: dict[str, Any]) -> None:
    known = {"from", "sender_chat", "reply_to_message", "entities", "photo", "via_bot"}
    new = {f"new_{name}": value for name, value in fields.items() if name not in known}
    update = read_update({"update_id": 1, "message": {**MESSAGE, **new}, **new}, raw_bot)
    assert update is not None
    assert update.message is not None
    assert update.message.text == "Hi"


@pytest.mark.parametrize("broken", [{"message_id": 1}, {**MESSAGE, "date": "x"}, {**MESSAGE, "chat": 5}])
def test_a_broken_message_is_an_error_of_its_own(raw_bot: RawBot, broken: dict[str, Any]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError, AttributeError)):
        read_update({"update_id": 1, "message": broken}, raw_bot)


@given(part=JSON)
def test_anything_is_of_a_person_or_of_nobody(part: Any) -> None:
    assert person_in({"update_id": 1, "message": part}) is None
    assert person_in({"update_id": 1, "callback_query": {"message": part}}) is None


def test_the_person_of_a_message_and_of_a_button_is_found() -> None:
    sender = {"id": 7, "language_code": "es"}
    assert person_in({"update_id": 1, "edited_message": {**MESSAGE, "from": sender}}) == (7, "es")
    assert person_in({"update_id": 1, "callback_query": {"message": MESSAGE, "from": 5}}) == (7, None)


ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
GROUP = {"id": -5, "type": "supergroup", "title": "Everybody"}
PERSON = {"id": 7, "is_bot": False, "first_name": "Ana"}


@pytest.mark.parametrize(
    ("sender", "person_id"),
    [
        ({"from": PERSON}, 7),
        ({"from": ANONYMOUS, "sender_chat": GROUP}, None),
        ({"from": ANONYMOUS}, None),
        ({"from": PERSON, "sender_chat": {"id": -9, "type": "channel", "title": "News"}}, None),
        ({"sender_chat": {"id": -9, "type": "channel", "title": "News"}}, None),
    ],
)
def test_anonymous_admins_and_channels_are_no_persons(
    raw_bot: RawBot, sender: dict[str, Any], person_id: int | None
) -> None:
    for kind in ("message", "edited_message"):
        update = read_update({"update_id": 1, kind: {**MESSAGE, "chat": GROUP, **sender}}, raw_bot)
        assert update and person_id_in(update) == person_id


def test_an_anonymous_admin_who_presses_a_button_is_a_person(raw_bot: RawBot) -> None:
    press = {"id": "1", "from": PERSON, "chat_instance": "1", "data": "x"}
    shown = {**MESSAGE, "chat": GROUP, "from": ANONYMOUS, "sender_chat": GROUP}
    update = read_update({"update_id": 1, "callback_query": {**press, "message": shown}}, raw_bot)
    assert update and person_id_in(update) == 7

"""An edited question: what the bot said to it before becomes what it would say now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.chat.making import MADE
from bot.outbox.call import Call
from bot.outbox.delivery import SentCall

Params = Mapping[str, Any]

_EDITS = {"sendMessage": "editMessageText", "sendPhoto": "editMessageCaption"}
_ONLY_WHEN_SENT = {"message_thread_id", "reply_parameters"}


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the chat shows of one earlier call."""

    method: str
    photos: tuple[str, ...]
    params: Params
    message_ids: tuple[int, ...]


def revise(sent: Sequence[SentCall], calls: Sequence[Call]) -> list[Call]:
    """The calls that turn what `sent` shows into what `calls` would.

    Texts and captions that differ are edited. If the messages differ in kind or number, or in a photo, a
    made file or a place, the old ones are deleted and new ones sent. Nothing shown: simply `calls`.
    """
    shown = _shown(sent)
    if len(shown) == len(calls) and all(map(_can_become, shown, calls)):
        pairs = zip(shown, calls, strict=True)
        return [_edit(old, new) for old, new in pairs if _content(old.params) != _content(new.params)]
    old_ids = [message_id for old in shown for message_id in old.message_ids]
    deletion = (
        [Call(calls[0].chat_id, "deleteMessages", {"message_ids": old_ids})] if old_ids and calls else []
    )
    return [*deletion, *calls]


def _shown(sent: Sequence[SentCall]) -> list[_Shown]:
    """What is left of sent calls after the edits and deletions among them."""
    shown: list[_Shown] = []
    for call in sent:
        if call.method.startswith("send"):
            shown.append(_Shown(call.method, call.photos, call.params, call.message_ids))
        elif call.method.startswith("delete"):
            gone = set(call.params["message_ids"])
            shown = [old for old in shown if not gone & set(old.message_ids)]
        else:
            edited = (call.params["message_id"],)
            params = {name: value for name, value in call.params.items() if name != "message_id"}
            shown = [replace(old, params=params) if old.message_ids == edited else old for old in shown]
    return shown


def _can_become(old: _Shown, new: Call) -> bool:
    if (old.method, old.photos, old.params.get(MADE)) != (new.method, new.photos, new.params.get(MADE)):
        return False
    return old.method in _EDITS or _content(old.params) == _content(new.params)


def _edit(old: _Shown, new: Call) -> Call:
    [message_id] = old.message_ids
    return Call(new.chat_id, _EDITS[old.method], {"message_id": message_id, **_content(new.params)})


def _content(params: Params) -> dict[str, Any]:
    return {name: value for name, value in params.items() if name not in _ONLY_WHEN_SENT}

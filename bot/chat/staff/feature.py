"""A feature of the chat beside the answers, and which one an update belongs to."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from telegram.constants import ChatType

from bot.chat.turn import Turn
from bot.store.roles import Role

Act = Callable[[Turn], Awaitable[None]]
Look = Callable[[Turn], Awaitable[bool]]
"""Looks at a message, new or edited, and says whether it acted on it."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What people with at least `role` may do. The role is checked before each act, also of old buttons.

    `turn.argument` holds what follows the name of a command, the verb of a button or the prefix of a link.
    """

    role: Role
    commands: Mapping[str, Act] = field(default_factory=dict)  # by name, without the slash
    presses: Mapping[str, Act] = field(default_factory=dict)  # by the verb before `:` in a button's action
    links: Mapping[str, Act] = field(default_factory=dict)  # by the prefix before `-` in a link's payload
    steps: Mapping[str, Act] = field(default_factory=dict)  # by the name of the open step
    look: Look | None = None  # at what is no command, nor what an open step waits for
    private: bool = True  # only in private chats
    for_strangers: bool = False  # also for who is not let in to a programme for the invited only


class Features:
    """All features. Names are unique; what nobody with the role may do is not found."""

    def __init__(self, features: Sequence[Feature] = ()) -> None:
        self._features = features

    def command(self, name: str, turn: Turn) -> Act | None:
        """What a command does."""
        return self._found("commands", name, turn)

    def press(self, verb: str, turn: Turn) -> Act | None:
        """What a button does."""
        return self._found("presses", verb, turn)

    def link(self, prefix: str, turn: Turn) -> Act | None:
        """What a link that opens the chat does."""
        return self._found("links", prefix, turn)

    def step(self, turn: Turn) -> Act | None:
        """What takes the next message of somebody with an open step."""
        return self._found("steps", turn.step.name, turn) if turn.step else None

    async def look(self, turn: Turn) -> bool:
        """Whether a feature acted on a message that is no command and belongs to no open step."""
        for feature in self._features:
            if feature.look and _may_use(feature, turn) and await feature.look(turn):
                return True
        return False

    def is_button(self, verb: str) -> bool:
        """Whether a button belongs to a feature, whoever pressed it."""
        return any(verb in feature.presses for feature in self._features)

    def _found(self, kind: str, name: str, turn: Turn) -> Act | None:
        for feature in self._features:
            acts: Mapping[str, Act] = getattr(feature, kind)
            if name in acts and _may_use(feature, turn):
                return acts[name]
        return None


def _may_use(feature: Feature, turn: Turn) -> bool:
    chat = turn.update.effective_chat
    in_private = chat is not None and chat.type == ChatType.PRIVATE
    let_in = turn.let_in or feature.for_strangers
    return let_in and turn.role >= feature.role and (in_private or not feature.private)

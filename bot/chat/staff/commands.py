"""The commands of staff: listed for each of them behind the menu button, and by /help."""

from sqlalchemy import Connection

from bot.assistant.assistant import Assistant
from bot.chat.commands import listed
from bot.chat.render import message
from bot.chat.turn import Turn, remembered_in, words_of
from bot.locales import Words
from bot.outbox.call import Call
from bot.store.roles import Role


def descriptions(words: Words) -> dict[str, tuple[Role, str]]:
    """What each command does and who may use it, in the order of the list."""
    return {
        "broadcast": (Role.ORGANIZER, words("Write an announcement")),
        "broadcasts": (Role.ORGANIZER, words("Announcements so far, and what became of them")),
        "move": (Role.ORGANIZER, words("Move a session to another time")),
        "place": (Role.ORGANIZER, words("Give a session another place")),
        "cancel": (Role.ORGANIZER, words("Cancel a session")),
        "questions": (Role.ORGANIZER, words("Questions that wait for a person's answer")),
        "desk": (Role.ORGANIZER, words("In a group: questions for people come here")),
        "group": (Role.ORGANIZER, words("Groups of participants: who belongs, and links to join")),
        "country": (Role.ORGANIZER, words("Where people come from, for announcements to some countries")),
        "stats": (Role.ORGANIZER, words("How the bot is used")),
        "kb": (Role.ADMIN, words("The knowledge: what is live, and its files")),
        "edit": (Role.ADMIN, words("Change an answer")),
        "add": (Role.ADMIN, words("Write a new answer")),
        "misses": (Role.ADMIN, words("Questions that had no answer")),
        "history": (Role.ADMIN, words("What was live before, and the way back")),
        "status": (Role.ADMIN, words("How the bot is doing")),
        "admins": (Role.ADMIN, words("Admins and organizers: who they are, and inviting more")),
        "audit": (Role.ADMIN, words("What admins and organizers did")),
    }


def for_role(role: Role, words: Words) -> dict[str, str]:
    """The commands of staff with a role, by name, with what they do."""
    return {name: text for name, (needed, text) in descriptions(words).items() if role >= needed}


def staff_list(person_id: int, role: Role, words: Words) -> Call:
    """Shows a person in their private chat the commands of their role."""
    scope = {"scope": {"type": "chat", "chat_id": person_id}}
    if role is Role.PARTICIPANT:
        return Call(person_id, "deleteMyCommands", scope)
    own = [{"command": name, "description": text} for name, text in for_role(role, words).items()]
    return Call(person_id, "setMyCommands", {"commands": [*own, *listed(words)], **scope})


def words_for(connection: Connection, person_id: int, assistant: Assistant) -> Words:
    """The bot's words in the language that a person reads."""
    return words_of(remembered_in(connection, person_id), assistant)


async def show_help(turn: Turn) -> None:
    """The help of everybody, and below it the commands of staff."""
    turn.reply(turn.assistant.command("help", turn.conversation, turn.moment))
    lines = [f"/{name} – {text}" for name, text in for_role(turn.role, turn.words).items()]
    turn.send(message(turn.chat_id, "\n".join([turn.words("For you as staff:"), "", *lines])))

"""All that admins do with the knowledge in the chat: files, small edits, new entries, questions to teach."""

from bot.chat.inquiries.teaching import teaching
from bot.chat.raw_bot import RawBot
from bot.chat.staff.adding import Adding
from bot.chat.staff.drafting import Drafting
from bot.chat.staff.editing import Editing
from bot.chat.staff.feature import Feature
from bot.chat.staff.knowledge import KnowledgeFiles
from bot.chat.staff.misses import Misses
from bot.chat.staff.revisions import History
from bot.revisions.live import LiveKnowledge
from bot.store.database import Database


def knowledge_keeping(bot: RawBot, live: LiveKnowledge, database: Database) -> tuple[Feature, ...]:
    """The features: they share each admin's draft."""
    drafting = Drafting(bot, live, database)
    adding = Adding(live, drafting)
    return (
        drafting.feature(),
        KnowledgeFiles(bot, live, database, drafting).feature(),
        Editing(bot, drafting).feature(),
        adding.feature(),
        Misses(live, database, drafting, adding).feature(),
        teaching(database, adding),
        History(live, database).feature(),
    )

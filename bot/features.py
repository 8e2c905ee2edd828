"""What the bot does beside answering: one visible ordered list, of which the first that fits acts."""

from collections.abc import Sequence

from bot.chat.admission.asking import asking_to_come_in
from bot.chat.enrolling import enrolling
from bot.chat.inquiries.answering import answering
from bot.chat.inquiries.asking import asking
from bot.chat.inquiries.desk import desk_choosing
from bot.chat.missing import wishing
from bot.chat.opening import opening
from bot.chat.privacy import Privacy
from bot.chat.rating import rating_by_participants, rating_results
from bot.chat.raw_bot import RawBot
from bot.chat.staff.broadcast_desk import Desk
from bot.chat.staff.broadcasting import broadcasting
from bot.chat.staff.countries import country_keeping
from bot.chat.staff.feature import Feature
from bot.chat.staff.group_links import group_links
from bot.chat.staff.groups import group_keeping
from bot.chat.staff.history import audit_list
from bot.chat.staff.joining import joining
from bot.chat.staff.keeping import knowledge_keeping
from bot.chat.staff.roles import role_keeping
from bot.chat.staff.session_changes import session_changes
from bot.chat.staff.statistics import Statistics
from bot.chat.staff.status import status
from bot.chat.subscribing import subscribing
from bot.clock import system_clock
from bot.revisions.live import LiveKnowledge
from bot.settings import Settings
from bot.status.state import Setup
from bot.store.database import Database
from bot.store.roles import Role


def in_order(
    settings: Settings, bot: RawBot, database: Database, live: LiveKnowledge, *, desk: Desk, setup: Setup
) -> Sequence[Feature]:
    """The features. Names of commands, buttons, links and steps are unique among them."""
    roles = settled_roles(settings)
    return (
        opening(),
        enrolling(database),
        *asking_to_come_in(roles),
        group_keeping(database),
        group_links(bot),
        country_keeping(database),
        *([subscribing(settings.webhook_url)] if settings.webhook_url else []),
        joining(roles),
        *asking(database, roles),
        *answering(database, roles),
        desk_choosing(),
        *role_keeping(bot, database, roles),
        audit_list(database),
        Statistics(database).feature(),
        rating_by_participants(),
        rating_results(database),
        status(database, setup, system_clock),
        Privacy(
            database,
            question_days=settings.keep_questions_days,
            purge_days=settings.purge_days,
        ).feature(),
        *broadcasting(desk),
        session_changes(desk, live),
        *knowledge_keeping(bot, live, database),
        wishing(),
    )


def settled_roles(settings: Settings) -> dict[int, Role]:
    """The roles that the settings give, by numeric id."""
    return {
        **dict.fromkeys(settings.organizer_ids, Role.ORGANIZER),
        **dict.fromkeys(settings.admin_ids, Role.ADMIN),
    }

"""The moment at which to try the bot out when the programme is not on."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.knowledge.model import Programme

MORNING = time(8, 10)


def rehearsal_moment(programme: Programme, moment: datetime) -> datetime:
    """`moment` itself during the programme, else its second morning: 'what is next?' then makes sense."""
    zone = ZoneInfo(programme.time_zone)
    if programme.starts <= moment.astimezone(zone).date() <= programme.ends:
        return moment
    return datetime.combine(programme.starts + timedelta(1), MORNING, zone)

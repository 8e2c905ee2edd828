"""Timetable pictures for phones: one day, or the whole programme, in the reader's language and script."""

from bot.timetable.cache import TimetableCache
from bot.timetable.day import day_picture
from bot.timetable.programme import programme_picture

__all__ = ["TimetableCache", "day_picture", "programme_picture"]

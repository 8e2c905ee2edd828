"""Announcements: what they say, to whom, when, what became of them, and what changed in the schedule."""

"""Reminders: when each is due, computed from the schedule, and a loop that queues it once for each person."""

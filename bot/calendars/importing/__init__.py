"""Calendars and spreadsheets that organizers keep become the file `schedule.yaml`."""

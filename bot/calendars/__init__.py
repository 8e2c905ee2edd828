"""The schedule as calendar files for phones, and calendars and spreadsheets as the schedule."""

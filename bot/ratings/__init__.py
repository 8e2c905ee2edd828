"""Participants rate a session with one to five stars once it is over; organizers see the results."""

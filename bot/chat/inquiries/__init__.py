"""Asking a person: a participant's question goes to the organizers, and their answer comes back."""

"""The door of a programme for the invited only: who is let in, and how others ask to be."""

"""Which revision of the knowledge is live, how another one takes its place, and what that changes."""

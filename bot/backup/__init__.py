"""Copies the whole database into one file while the bot runs, and puts it into an empty one."""

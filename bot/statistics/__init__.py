"""What organizers want to know about the use of the bot, as text, picture and table."""

"""How the bot is doing: for admins in the chat, and for machines that watch it."""

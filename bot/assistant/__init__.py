"""A question, who asks it and when, becomes a Reply. Pure: no I/O, no Telegram."""

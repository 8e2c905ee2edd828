"""A text becomes ranked topics with a calibrated confidence. Pure: no I/O, no asyncio, no Telegram."""

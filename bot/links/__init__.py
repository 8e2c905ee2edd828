"""Links that open the bot at one answer, printed or as a sheet of QR codes."""

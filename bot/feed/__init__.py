"""The calendar that phones subscribe to: its addresses, the versions of its events, and the file itself."""

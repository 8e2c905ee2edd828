"""Durable send: what goes out is a row first, sent by one paced loop, never silently twice."""

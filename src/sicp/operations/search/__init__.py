"""Finds what the site holds, for who asks."""

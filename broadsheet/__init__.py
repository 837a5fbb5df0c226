"""Broadsheet: an independent publication in one box."""

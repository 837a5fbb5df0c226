"""The addresses of the discussion that are not prints."""

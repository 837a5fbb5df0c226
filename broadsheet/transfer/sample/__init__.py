"""The sample publication: a harbour town's paper of our own invention, shown on first run.

This package holds its words and pictures and knows nothing of the database.
`reading.read_sample()` gives all of it.
"""

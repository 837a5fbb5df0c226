"""The cast of the discussion says hostile things."""

import django

django.setup()  # see broadsheet/discussion/tests/conftest.py

from broadsheet.discussion.tests.cast import *  # noqa: E402, F403

"""The cast is everybody's."""

import django

django.setup()  # see broadsheet/discussion/tests/conftest.py

from broadsheet.discussion.tests.cast import *  # noqa: E402, F403

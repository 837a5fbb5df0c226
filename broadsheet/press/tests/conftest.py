"""The cast of the discussion, and a whole small publication whose every page is printed."""

import django

django.setup()  # see broadsheet/discussion/tests/conftest.py

from broadsheet.discussion.tests.cast import *  # noqa: E402, F403
from broadsheet.press.tests.paper import *  # noqa: E402, F403

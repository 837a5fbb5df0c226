"""The cast of the discussion has accounts."""

import django

django.setup()  # see broadsheet/discussion/tests/conftest.py

from broadsheet.accounts.tests.cast import *  # noqa: E402, F403
from broadsheet.discussion.tests.cast import *  # noqa: E402, F403

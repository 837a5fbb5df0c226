"""The cast of the discussion, and what the worker does."""

import django

django.setup()  # the cast knows models, and pytest may read this file before any plugin has set Django up

from broadsheet.discussion.tests.cast import *  # noqa: E402, F403
from broadsheet.notices.tests.cast import mail_set_up  # noqa: E402, F401

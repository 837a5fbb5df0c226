"""The cast is everybody's."""

import django

django.setup()  # the cast knows models, and pytest may read this file before any plugin has set Django up

from broadsheet.discussion.tests.cast import *  # noqa: E402, F403

from broadsheet.discussion.models.appeal import Appeal
from broadsheet.discussion.models.closure import Closure
from broadsheet.discussion.models.comment import Comment
from broadsheet.discussion.models.comment_revision import CommentRevision
from broadsheet.discussion.models.guest import Guest
from broadsheet.discussion.models.hold import Hold
from broadsheet.discussion.models.order import Order, StaleOrder
from broadsheet.discussion.models.pin import Pin
from broadsheet.discussion.models.pingback import Pingback
from broadsheet.discussion.models.removal import Removal
from broadsheet.discussion.models.thread import Thread
from broadsheet.discussion.models.voice import Voice
from broadsheet.discussion.models.withdrawal import Withdrawal

__all__ = [
    "Appeal",
    "Closure",
    "Comment",
    "CommentRevision",
    "Guest",
    "Hold",
    "Order",
    "Pin",
    "Pingback",
    "Removal",
    "StaleOrder",
    "Thread",
    "Voice",
    "Withdrawal",
]

from broadsheet.discussion.models.appeal import Appeal
from broadsheet.discussion.models.attached_picture import AttachedPicture
from broadsheet.discussion.models.closure import Closure
from broadsheet.discussion.models.comment import Comment
from broadsheet.discussion.models.comment_revision import CommentRevision
from broadsheet.discussion.models.guest import Guest
from broadsheet.discussion.models.hold import Hold
from broadsheet.discussion.models.linked_page import CommentLink, LinkedPage
from broadsheet.discussion.models.order import Order, StaleOrder
from broadsheet.discussion.models.passage import Passage
from broadsheet.discussion.models.pick import Pick
from broadsheet.discussion.models.pin import Pin
from broadsheet.discussion.models.pingback import Pingback
from broadsheet.discussion.models.poll import Choice, Poll, PollVoice
from broadsheet.discussion.models.prompt import Prompt
from broadsheet.discussion.models.question_time import Expert, Question, QuestionTime
from broadsheet.discussion.models.removal import Removal
from broadsheet.discussion.models.reserved_name import ReservedName
from broadsheet.discussion.models.rules import Rules
from broadsheet.discussion.models.thread import Thread
from broadsheet.discussion.models.voice import Voice
from broadsheet.discussion.models.withdrawal import Withdrawal

__all__ = [
    "Appeal",
    "AttachedPicture",
    "Choice",
    "Closure",
    "Comment",
    "CommentLink",
    "CommentRevision",
    "Expert",
    "Guest",
    "Hold",
    "LinkedPage",
    "Order",
    "Passage",
    "Pick",
    "Pin",
    "Pingback",
    "Poll",
    "PollVoice",
    "Prompt",
    "Question",
    "QuestionTime",
    "Removal",
    "ReservedName",
    "Rules",
    "StaleOrder",
    "Thread",
    "Voice",
    "Withdrawal",
]

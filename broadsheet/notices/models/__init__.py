from broadsheet.notices.models.follow import Follow
from broadsheet.notices.models.follower import Follower, Mode
from broadsheet.notices.models.notice import Notice
from broadsheet.notices.models.preference import Preference
from broadsheet.notices.models.telling import Telling

__all__ = ["Follow", "Follower", "Mode", "Notice", "Preference", "Telling"]

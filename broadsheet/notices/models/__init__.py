from broadsheet.notices.models.follow import Follow
from broadsheet.notices.models.follower import Follower
from broadsheet.notices.models.telling import Telling

__all__ = ["Follow", "Follower", "Telling"]

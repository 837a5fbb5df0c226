from broadsheet.mail.models.letter import Letter
from broadsheet.mail.models.outage import Outage
from broadsheet.mail.models.suppression import Suppression

__all__ = ["Letter", "Outage", "Suppression"]

from broadsheet.mail.models.letter import Letter
from broadsheet.mail.models.suppression import Suppression

__all__ = ["Letter", "Suppression"]

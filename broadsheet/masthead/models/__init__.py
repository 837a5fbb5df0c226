from broadsheet.masthead.models.person import Person
from broadsheet.masthead.models.publication import Publication

__all__ = ["Person", "Publication"]

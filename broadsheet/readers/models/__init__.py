from broadsheet.readers.models.reader import Reader
from broadsheet.readers.models.sign_in_code import SignInCode
from broadsheet.readers.models.sign_in_link import SignInLink

__all__ = ["Reader", "SignInCode", "SignInLink"]

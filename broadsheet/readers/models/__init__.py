from broadsheet.readers.models.address_change import AddressChange
from broadsheet.readers.models.departure import Departure
from broadsheet.readers.models.profile import Profile
from broadsheet.readers.models.profile_picture import ProfilePicture
from broadsheet.readers.models.reader import Reader
from broadsheet.readers.models.sign_in_code import SignInCode
from broadsheet.readers.models.sign_in_link import SignInLink

__all__ = ["AddressChange", "Departure", "Profile", "ProfilePicture", "Reader", "SignInCode", "SignInLink"]

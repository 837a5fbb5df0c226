"""Addresses of signing in and out, and of one's own account; they stand before Wagtail's own, which they replace.

Some names are allauth's, which leads to them itself.
"""

from django.urls import include, path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access

from broadsheet.readers.views import doors, security
from broadsheet.readers.views.account import AccountView
from broadsheet.readers.views.again import again

_doors = [
    path("login/", doors.LoginView.as_view(), name="account_login"),
    path("login/passkey/", doors.sign_in_by_passkey, name="mfa_login_webauthn"),
    path("login/link/", doors.send_link, name="sign_in_link_by_mail"),
    path("login/code/", doors.sign_in_by_code, name="sign_in_by_code"),
    path("login/second-factor/", doors.SecondFactorView.as_view(), name="mfa_authenticate"),
    path("login/again/", again, name="account_reauthenticate"),
    path("sign-in/<str:token>/", doors.sign_in_by_link, name="sign_in_by_link"),
    path("logout/", doors.LogoutView.as_view(), name="sign_out"),
]

_security = [
    path("", security.security, name="mfa_index"),
    path("passkeys/", security.add_passkey, name="security_add_passkey"),
    path("passkeys/<int:pk>/", security.passkey, name="security_passkey"),
    path("passkeys/<int:pk>/removal/", security.remove_passkey, name="security_passkey_removal"),
    path("app/", security.add_app, name="security_app"),
    path("app/removal/", security.remove_app, name="security_app_removal"),
    path("recovery-codes/", security.recovery_codes, name="security_recovery_codes"),
    path("password/", security.password, name="security_password"),
    path("sessions/end/", security.end_sessions, name="security_sessions_end"),
    path("sessions/<int:pk>/end/", security.end_session, name="security_session_end"),
]

urlpatterns = [
    path("newsroom/", include(_doors)),
    path("newsroom/account/", never_cache(require_admin_access(AccountView.as_view())), name="own_account"),
    path("newsroom/account/security/", include(_security)),
]

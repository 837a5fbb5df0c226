"""Addresses of readers' accounts, beneath `/account/`."""

from django.urls import path

from broadsheet.accounts.views import address, doors, leaving, own, profile, security

urlpatterns = [
    path("", own.account, name="reader_account"),
    path("sign-in/", doors.sign_in, name="reader_sign_in"),
    path("sign-in/<str:token>/", doors.sign_in_by_link, name="reader_sign_in_by_link"),
    path("letters/", doors.letters, name="reader_letters"),
    path("code/<str:asked>/", doors.code, name="reader_code"),
    path("passkey/", doors.sign_in_by_passkey, name="reader_passkey"),
    path("second-factor/", doors.second_factor, name="reader_second_factor"),
    path("sign-out/", doors.sign_out, name="reader_sign_out"),
    path("name/", own.name, name="reader_name"),
    path("claim/", own.claim, name="reader_claim"),
    path("profile/", profile.profile, name="reader_profile"),
    path("profile/picture.webp", profile.picture, name="reader_picture"),
    path("takeout/", leaving.takeout, name="reader_takeout"),
    path("leaving/", leaving.leave, name="reader_leaving"),
    path("address/", address.change, name="reader_address"),
    path("address/stop/<str:token>/", address.stop, name="reader_address_stop"),
    path("address/<str:token>/", address.agree, name="reader_address_agree"),
    path("again/", security.again, name="reader_again"),
    path("security/", security.security, name="reader_security"),
    path("security/passkeys/", security.add_passkey, name="reader_passkeys"),
    path("security/passkeys/<int:pk>/removal/", security.remove_passkey, name="reader_passkey_removal"),
    path("security/app/", security.add_app, name="reader_app"),
    path("security/app/removal/", security.remove_app, name="reader_app_removal"),
    path("security/recovery-codes/", security.recovery_codes, name="reader_recovery_codes"),
    path("security/password/", security.password, name="reader_password"),
    path("security/sessions/end/", security.end_sessions, name="reader_sessions_end"),
    path("security/sessions/<int:pk>/end/", security.end_session, name="reader_session_end"),
    path("comments/", own.comments, name="reader_comments"),
]

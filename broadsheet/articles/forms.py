"""What the forms of whatever has a body have in common."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.admin.forms import WagtailAdminModelForm

from broadsheet.articles import raw_html


class BodyForm(WagtailAdminModelForm):
    def clean_body(self) -> Any:
        body = self.cleaned_data["body"]
        try:
            raw_html.check_change(self.instance.body, body, by=self.for_user)
        except PermissionDenied as refusal:
            raise ValidationError(str(refusal)) from None
        return body

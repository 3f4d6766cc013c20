"""The page on which an admin writes news."""

from typing import Any

from wtforms import HiddenField
from wtforms.validators import InputRequired, Length, Regexp

from shop.core.codes import secret_token
from shop.core.forms import Form, LongTextField, PlainTextField
from shop.core.i18n import lazy_gettext as _l
from shop.core.outbox import SUBJECT

LONGEST = 1500  # characters of a letter
LANGUAGES = {"vi": "Tiếng Việt", "en": "English", "hi": "हिन्दी"}
_WRITE = InputRequired(_l("Write this too. Each person reads it in the own language."))
_SUBJECT = [_WRITE, Length(max=SUBJECT, message=_l("At most %(max)d letters."))]
_BODY = [_WRITE, Length(max=LONGEST, message=_l("At most %(max)d letters."))]


class NewsForm(Form):
    """Subject and text in three languages, and where the button leads."""

    subject_vi = PlainTextField(_l("Subject"), _SUBJECT)
    body_vi = LongTextField(_l("Text"), _BODY)
    subject_en = PlainTextField(_l("Subject"), _SUBJECT)
    body_en = LongTextField(_l("Text"), _BODY)
    subject_hi = PlainTextField(_l("Subject"), _SUBJECT)
    body_hi = LongTextField(_l("Text"), _BODY)
    leads_to = PlainTextField(
        _l("Page in the market that the button opens"),
        [Regexp(r"/(?!/)[^\s\\]*\Z", message=_l("Begin with /, for example /search?q=tea"))],
        default="/",
    )
    attempt = HiddenField(default=secret_token)

    def words(self) -> dict[str, dict[str, Any]]:
        """Return subject and body by language."""
        return {lang: {part: self[f"{part}_{lang}"].data for part in ("subject", "body")} for lang in LANGUAGES}

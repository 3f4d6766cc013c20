"""Sending by Zalo with a key that renews itself."""

from shop.config import Settings
from shop.notices.failures import NotSent
from shop.notices.renewal import tasks
from shop.notices.zalo import Zalo

ENDED = {"Zalo -124", "Zalo -216"}  # the key counts no more, whatever we thought of its end


class RenewingZalo:
    """Zalo's own service; a key that it does not take is renewed once, and the message sent again."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def send(self, recipient: str, template: str, filled: dict[str, str], tracking_id: str) -> None:
        """Send one message to an E.164 number; raises NotSent, or Refused for what no other try will mend."""
        message = recipient, template, filled, tracking_id
        key = tasks.current(self.settings)
        try:
            Zalo(self.settings.zalo_url, key.access).send(*message)
        except NotSent as problem:
            if str(problem) not in ENDED:
                raise
            tasks.distrust(key)
            Zalo(self.settings.zalo_url, tasks.current(self.settings).access).send(*message)

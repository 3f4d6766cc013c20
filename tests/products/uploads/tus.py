"""A tus client for tests: it says just what the protocol says."""

import hashlib
from base64 import b64encode

KEY = "a-key-that-a-phone-made-up"


class Tus:
    """Speaks tus 1.0.0 to the app as our script does."""

    def __init__(self, browser, key=KEY):
        self.browser, self.key = browser, key

    def ask(self, method, path="/my/uploads", data=b"", **headers):
        sent = {"X-Draft-Key": self.key, "Origin": self.browser.origin, "Tus-Resumable": "1.0.0"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in sent.items() if value is not None}
        return self.browser.client.open(path, method=method, base_url=self.browser.origin, data=data, headers=sent)

    def begin(self, data, length=None, **said):
        words = {"draft": self.key, "sha256": hashlib.sha256(data).hexdigest()} | said
        pairs = ",".join(f"{name} {b64encode(str(text).encode()).decode()}" for name, text in words.items())
        return self.ask("POST", Upload_Metadata=pairs, Upload_Length=str(len(data) if length is None else length))

    def offset(self, path):
        return int(self.ask("HEAD", path).headers["Upload-Offset"])

    def patch(self, path, data, offset, **headers):
        words = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": str(offset)} | headers
        return self.ask("PATCH", path, data, **words)

    def send(self, data, **said):
        """The whole way in one go; returns the last answer."""
        begun = self.begin(data, **said)
        return self.patch(begun.headers["Location"], data, 0) if begun.status_code == 201 else begun

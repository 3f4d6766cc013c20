"""Refusals in the shape that Stripe's API gives them."""

from typing import Any


class ApiError(Exception):
    """One refusal: an HTTP status and what goes under "error" in the body."""

    def __init__(self, status: int, message: str, *, code: str = "", param: str = "", kind: str = "") -> None:
        super().__init__(message)
        self.status = status
        self.error: dict[str, Any] = {"type": kind or "invalid_request_error", "message": message}
        if code:
            self.error["code"] = code
            self.error["doc_url"] = f"https://stripe.com/docs/error-codes/{code.replace('_', '-')}"
        if param:
            self.error["param"] = param

    @property
    def body(self) -> dict[str, Any]:
        """The JSON body of the answer."""
        return {"error": self.error}


def bad(message: str, param: str = "", code: str = "") -> ApiError:
    """Return a refusal of the request as it stands (400)."""
    return ApiError(400, message, code=code, param=param)


def missing(param: str) -> ApiError:
    """Return the refusal for a parameter that must be there."""
    return bad(f"Missing required param: {param}.", param, "parameter_missing")


def no_such(kind: str, found: str, param: str, status: int = 404) -> ApiError:
    """Return the refusal for an id that names nothing: 404 in an address, 400 in a parameter."""
    return ApiError(status, f"No such {kind}: '{found}'", code="resource_missing", param=param)

"""The four ways in which a request can be turned down; web/errors.py alone maps them to HTTP."""


class ShopError(Exception):
    """`code` is stable and public (`room.what`); `message` says what to do, in a full sentence."""

    def __init__(self, code: str, message: str = "", **details: object) -> None:
        super().__init__(f"{code}: {message}" if message else code)
        self.code = code
        self.message = message
        self.details = details


class NotFound(ShopError):  # noqa: N818 - the word of the house: a page that is not there is no fault
    """No such thing, or none that this person may see (404)."""


class Conflict(ShopError):  # noqa: N818 - as NotFound
    """It changed under the person's hands, or exists already (409)."""


class Refused(ShopError):  # noqa: N818 - as NotFound
    """The input cannot be accepted; the message says what to do instead (422)."""


class Unavailable(ShopError):  # noqa: N818 - as NotFound
    """Something that we stand on does not answer; trying again later may help (503)."""

"""What the desk's actions raise."""


class NotAllowedError(Exception):
    """The action is not possible now; the message is the sentence that the editor reads."""

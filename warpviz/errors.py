"""The one exception for what a user can mend."""


class WarpvizError(ValueError):
    """One sentence: the subject, what was expected, what came, and what to do next."""

"""The verbs themselves, one function each, loaded when it is run."""

from warpviz.names import unknown_name


def test_the_nearest_name_is_offered_or_else_all() -> None:
    known = ["relu", "tanh"]
    assert str(unknown_name("activation", "RELU", known)).endswith("did you mean 'relu'?")
    assert str(unknown_name("activation", "?", known)).endswith("choose one of relu, tanh.")

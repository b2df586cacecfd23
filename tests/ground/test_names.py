from warpviz.names import unknown_name


def test_the_nearest_name_is_offered_or_else_all() -> None:
    known = ["relu", "tanh"]
    assert str(unknown_name("activation", "RELU", known)).endswith("did you mean 'relu'?")
    assert str(unknown_name("activation", "?", known)).endswith("choose one of relu, tanh.")


def test_of_many_names_the_first_are_told() -> None:
    known = [f"name{number:03}" for number in range(100)]
    told = str(unknown_name("activation", "?", known))
    assert told.endswith("name023, ….") and len(told) < 300

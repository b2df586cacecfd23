"""A right call of every public function, with all of its arguments by name, by subject."""

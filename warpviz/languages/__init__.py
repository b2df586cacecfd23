"""What a film says, in several languages: a table of sentences each."""

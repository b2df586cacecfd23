"""What a film says: captions, sentences, formulas, alternative texts."""

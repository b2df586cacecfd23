"""Text in pictures: fonts, letters of any script, legends."""

"""What is drawn of a film, and how: what one may ask of its look."""

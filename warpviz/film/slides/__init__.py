"""A film as slides: an act a video that plays on the click and rests on its last picture."""

"""A text → the stretches of it that stand word for word in a view, and where: an index over the view's bytes."""

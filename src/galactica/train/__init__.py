"""An edition → models: encoders and rankers, made by one command each, and made again by anyone."""

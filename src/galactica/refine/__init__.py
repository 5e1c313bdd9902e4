"""Documents → articles and passages. Cleaning rules are data that carry their own examples."""

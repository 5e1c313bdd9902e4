"""Where people talk: which sentence tells what is asked, and how likely so? Exchanges are read, not only passages."""

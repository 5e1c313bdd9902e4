"""The chapters of the primer, in the order in which they are read. Each gives its pieces from the facts of a printing."""

"""The chapters of the primer, a module each. Each gives its pieces from the facts of a printing."""

"""Documents, presentations and spreadsheets of Office programs: one module a format, what they share beside them."""

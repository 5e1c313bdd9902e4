"""Sources in, an edition out: reading, refining by workers, the ledger, indexes. `build.build` is where it begins."""

"""From records that arrived to an edition: a store that survives a loss of power, the whole, or what is there."""

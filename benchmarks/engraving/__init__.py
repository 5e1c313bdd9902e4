"""What benchmarks of engraved pages share: a printer and a scanner, made up."""

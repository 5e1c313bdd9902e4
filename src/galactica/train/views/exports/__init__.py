"""A view in the forms that other trainers read: lines, Parquet, MosaicML's shards, WebDataset, files of tokens."""

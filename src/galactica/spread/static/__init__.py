"""A static edition: laid out so that a plain file server, bucket or disc is enough, and read there by ranges alone."""

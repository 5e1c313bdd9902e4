"""Questions and cited answers out of editions, as a chat-format data set."""

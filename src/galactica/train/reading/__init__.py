"""How is the reader made again? What it learns from, its network, learning, the file it becomes."""

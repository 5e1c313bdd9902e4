"""A view → batches of tokens: one stream for everybody who names the same view, tokenizer, seed and length.

`loader.Loader` is the way in. `order` shuffles documents, `mixing` says whose turn it is, `packing` fills sequences,
`batch` holds what comes out, `states` says where a run stands. Tokens come from `store`, which keeps what
`vocabulary` made of a text (quickly, by `words`); `filling` makes them ahead of need, in processes of its own.
`making` trains a tokenizer on a view. `torch_batches` gives the same batches as tensors; nothing else here knows
PyTorch.
"""

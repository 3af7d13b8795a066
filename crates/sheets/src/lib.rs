//! Tables as workbooks: a template out, the filled sheet in, every fault with its row and column.

"""Views and copies in another shape: sizes, strides, who shares memory, and the way back."""

from vocabulary import ALL, FLOATS, LAYOUTS, STRIDED, T, op

for call in (
    "x.view(6)",
    "x.view(3, 2)",
    "x.view(-1)",
    "x.view(2, -1)",
    "x.view(5)",
    "x.view(-1, -1)",
    "x.reshape(3, 2)",
    "x.reshape(-1)",
    "x.reshape(4)",
    "x.t()",
    "x.T",
    "x.mT",
    "x.transpose(0, 1)",
    "x.transpose(0, 2)",
    "x.permute(1, 0)",
    "x.permute(0, 0)",
    "x.unsqueeze(0)",
    "x.unsqueeze(-1)",
    "x.unsqueeze(3)",
    "x.squeeze()",
    "x.squeeze(0)",
    "x.flatten()",
    "x.ravel()",
    "x.unflatten(1, (3, 1))",
    "x.unflatten(1, (2, 2))",
    "x.expand(4, 2, 3)",
    "x.expand(-1, 3)",
    "x.expand(2, 4)",
    "x.expand_as(torch.zeros(2, 2, 3))",
    "x.broadcast_to((2, 2, 3))",
    "x.narrow(1, 1, 2)",
    "x.narrow(1, 2, 2)",
    "x.select(1, -1)",
    "x.select(1, 3)",
    "x.diagonal()",
    "x.diagonal(1)",
    "x.unfold(1, 2, 1)",
    "x.movedim(0, 1)",
    "x.swapaxes(0, 1)",
    "x.swapdims(0, 1)",
    "x.chunk(2, 1)",
    "x.split(2, 1)",
    "x.split([1, 2], 1)",
    "x.split([1, 1], 1)",
    "x.tensor_split(2, 1)",
    "x.unbind(0)",
    "x.unbind(2)",
    "x.detach()",
    "x.contiguous()",
    "x.clone()",
    "x.flip(0)",
    "x.flip(0, 1)",
    "x.flip(0, 0)",
    "x.roll(1)",
    "x.roll((1, 1), (0, 1))",
    "x.rot90()",
    "x.repeat(2, 2)",
    "x.repeat(2)",
    "x.tile((2,))",
    "x.repeat_interleave(2, 1)",
    "x.tril()",
    "x.triu(1)",
    "torch.diag(x)",
    "torch.diag_embed(x)",
    "torch.atleast_3d(x)",
    "torch.fliplr(x)",
    "torch.hsplit(x, 3)",
    "torch.vsplit(x, 2)",
    "x.as_strided((2, 2), (1, 1))",
    "x.view_as(torch.zeros(3, 2))",
):
    op(call, x=T(2, 3), dtypes=["float32", "int64", "bool"], layouts=LAYOUTS)
for call in (
    "torch.cat([x, y])",
    "torch.cat([x, y], 1)",
    "torch.cat((x, y), dim=2)",
    "torch.stack([x, y])",
    "torch.stack([x, y], -1)",
    "torch.hstack([x, y])",
    "torch.vstack([x, y])",
    "torch.dstack([x, y])",
    "torch.block_diag(x, y)",
    "torch.kron(x, y)",
    "torch.broadcast_tensors(x, y)",
):
    op(call, x=T(2, 3), y=T(2, 3), dtypes=ALL, layouts=LAYOUTS)
    op(call, x=T(2, 3), y=T(2, 3), dtypes=[("float32", "float64"), ("int64", "float32"), ("bool", "int32")])
    op(call, x=T(2, 3), y=T(1, 3))
op("torch.meshgrid(x, y, indexing='ij')", x=T(2), y=T(3), dtypes=ALL)
op("torch.meshgrid(x, y, indexing='xy')", x=T(2), y=T(3))
op("torch.combinations(x)", x=T(3))
op("torch.cartesian_prod(x, y)", x=T(2), y=T(3))
op("x.view(torch.int32)", x=T(2, 3, dtype="float32", grad=False))
for dtype in ALL:
    op(f"x.to(torch.{dtype})", x=T(2, 3), dtypes=ALL, layouts=STRIDED)
for name in "double float long int bool".split():
    op(f"x.{name}()", x=T(2, 3), dtypes=[*FLOATS, "int64", "bool"])
op("x.type(torch.float64)", x=T(2, 3), dtypes=ALL)
op("x.to(y)", x=T(2, 3), y=T(1), dtypes=[("float32", "float64"), ("int64", "float32")])

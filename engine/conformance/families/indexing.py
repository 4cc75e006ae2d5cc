"""Reading and writing parts of a tensor: slices, integers, tensors and masks as indices; gather and scatter."""

from vocabulary import ALL, LAYOUTS, STRIDED, Given, T, op

INDICES = """0 -1 2 1.5 ... None : 1: ::2 :1 1:1 ::-1 'a' True False []
0,1 ...,0 0,... :,1 None,0 1:,::2 [0] [0,1] [0,0] [-1] [2] [0,1],[1,2] [[0],[1]],[0,1] :,[0,2] [1],None
torch.tensor(1) torch.tensor([1,0]) torch.tensor([True,False]) torch.tensor([True,False,True]) x>0 x>9 0,0,0""".split()

for index in INDICES:
    op(f"x[{index}]", x=T(2, 3), dtypes=["float32", "int64", "bool"], layouts=LAYOUTS, of="x[…]")
for call in (
    "x.gather(1, i)",
    "x.gather(0, i)",
    "x.gather(2, i)",
    "torch.take_along_dim(x, i, 1)",
    "x.scatter(1, i, 9)",
    "x.scatter(1, i, y)",
    "x.scatter_add(1, i, y)",
    "x.scatter_reduce(1, i, y, 'sum')",
    "x.scatter_reduce(1, i, y, 'amax', include_self=False)",
    "x.scatter_reduce(1, i, y, 'prod')",
    "x.scatter_reduce(1, i, y, 'mean')",
):
    op(call, x=T(2, 3), y=T(2, 3), i=Given([[0, 2], [1, 0]]), dtypes=["float32", "float64", "int64"], layouts=STRIDED)
for call in (
    "x.index_select(0, i)",
    "x.index_select(1, i)",
    "x.index_select(2, i)",
    "x.index_add(0, i, y)",
    "x.index_add(0, i, y, alpha=2)",
    "x.index_copy(0, i, y)",
    "x.index_fill(0, i, 9)",
    "torch.take(x, i)",
    "x.index_put((i,), y)",
    "x.index_put((i,), y, accumulate=True)",
    "x.index_reduce(0, i, y, 'prod')",
):
    op(call, x=T(2, 3), y=T(2, 3), i=Given([1, 0]), dtypes=ALL, layouts=LAYOUTS)
for call in (
    "x.masked_fill(m, 9)",
    "x.masked_fill(m, 'a')",
    "x.masked_select(m)",
    "x.masked_scatter(m, y)",
    "torch.where(m, x, y)",
    "x[m]",
):
    op(call, x=T(2, 3), y=T(2, 3), m=Given([[True, False, True], [False, True, False]]), dtypes=ALL, layouts=STRIDED)
    op(call, x=T(2, 3), y=T(2, 3), m=Given([True, False, True]))
for call in (
    "torch.select_scatter(x, y[0], 0, 1)",
    "torch.slice_scatter(x, y[:1], 0, 1)",
    "torch.diagonal_scatter(x, y[0, :2])",
    "torch.select_scatter(x, y, 0, 1)",
):
    op(call, x=T(2, 3), y=T(2, 3), layouts=STRIDED)
op("torch.searchsorted(s, x)", x=T(2, 3), s=Given([-1.0, 0.0, 1.0]), dtypes=["float32"])
op("torch.bucketize(x, s, right=True)", x=T(2, 3), s=Given([-1.0, 0.0, 1.0]), dtypes=["float32"])
op("torch.bincount(i)", i=Given([0, 2, 2]))
op("torch.bincount(i, minlength=5)", i=Given([0, 2, 2]))
op("F.one_hot(i, 4)", i=Given([0, 2, 3]))
op("F.one_hot(i)", i=Given([0, 2]))
op("F.one_hot(i, 2)", i=Given([0, 2]))
op("F.embedding(i, x)", x=T(4, 3), i=Given([[0, 2], [3, 0]]))
op("F.embedding(i, x, padding_idx=0)", x=T(4, 3), i=Given([[0, 2], [3, 0]]))

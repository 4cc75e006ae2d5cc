"""Products of vectors and matrices, and what linear algebra asks of a matrix."""

from vocabulary import FLOATS, STRIDED, Given, T, op

NUMBERS = [*FLOATS, "int64"]
SHAPES = [((2, 3), (3, 2)), ((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 2)), ((2, 2, 3), (3, 2)), ((2, 1, 2, 3), (3, 3, 2))]

for one, other in [*SHAPES, ((2, 3), (2, 3)), ((), (3,)), ((0, 3), (3, 2)), ((2, 0), (0, 3))]:
    op("torch.matmul(x, y)", x=T(*one), y=T(*other), dtypes=[*NUMBERS, ("float32", "float64")], layouts=STRIDED)
    op("x @ y", x=T(*one), y=T(*other), of="matmul")
for call in ("torch.mm(x, y)", "torch.tensordot(x, y, 1)", "torch.einsum('ij,jk->ik', x, y)", "torch.einsum('ij,jk', x, y)"):
    op(call, x=T(2, 3), y=T(3, 2), dtypes=NUMBERS, layouts=STRIDED)
    op(call, x=T(2, 3), y=T(2, 3))
for call in ("torch.dot(x, y)", "torch.outer(x, y)", "torch.inner(x, y)", "torch.linalg.vecdot(x, y)", "torch.linalg.cross(x, y)"):
    op(call, x=T(3), y=T(3), dtypes=NUMBERS, layouts=STRIDED)
    op(call, x=T(2, 3), y=T(3))
op("torch.mv(x, y)", x=T(2, 3), y=T(3), dtypes=NUMBERS, layouts=STRIDED)
op("torch.bmm(x, y)", x=T(2, 2, 3), y=T(2, 3, 2), dtypes=NUMBERS, layouts=STRIDED)
op("torch.bmm(x, y)", x=T(2, 3), y=T(2, 3, 2))
op("torch.addmm(z, x, y, beta=0.5, alpha=2)", x=T(2, 3), y=T(3, 2), z=T(2), layouts=STRIDED)
op("torch.addmv(z, x, y)", x=T(2, 3), y=T(3), z=T(2), layouts=STRIDED)
op("torch.addr(z, x, y)", x=T(2), y=T(3), z=T(2, 3), layouts=STRIDED)
op("torch.baddbmm(z, x, y)", x=T(2, 2, 3), y=T(2, 3, 2), z=T(2, 2), layouts=STRIDED)
op("F.linear(x, y, z)", x=T(4, 3), y=T(2, 3), z=T(2), layouts=STRIDED)
op("F.linear(x, y)", x=T(3), y=T(2, 3), layouts=STRIDED)
op("F.linear(x, y)", x=T(4, 3), y=T(2, 2))
op("F.bilinear(x, y, w)", x=T(4, 3), y=T(4, 2), w=T(5, 3, 2))
for equation in ("ii->i", "ii", "ij->ji", "ij->", "i...->...", "ij->j"):
    op(f"torch.einsum('{equation}', x)", x=T(3, 3), layouts=STRIDED)
for call in (
    "torch.linalg.det(x)",
    "torch.logdet(x @ x.mT)",
    "torch.linalg.slogdet(x)",
    "torch.linalg.inv(x)",
    "torch.linalg.cholesky(x @ x.mT + torch.eye(3, dtype=x.dtype))",
    "torch.linalg.matrix_power(x, 3)",
    "torch.linalg.matrix_power(x, -1)",
    "torch.linalg.matrix_power(x, 0)",
    "torch.matrix_power(x, 2)",
    "torch.linalg.matrix_norm(x)",
    "torch.linalg.matrix_norm(x, 1)",
    "torch.linalg.matrix_norm(x, float('inf'))",
    "torch.linalg.norm(x)",
    "torch.trace(x)",
    "torch.linalg.multi_dot([x, x, x])",
    "torch.linalg.solve(x, x)",
    "torch.linalg.solve(x, x[0])",
    "torch.linalg.solve_triangular(x.triu(), x, upper=True)",
    "torch.linalg.eigvalsh(x @ x.mT)",
    "torch.linalg.svdvals(x)",
    "torch.linalg.pinv(x)",
    "torch.linalg.qr(x)",
    "torch.linalg.diagonal(x)",
    "torch.cov(x)",
    "torch.corrcoef(x)",
    "torch.cdist(x, x + 1)",
    "F.pdist(x)",
):
    op(call, x=Given([[2.0, 0.5, -1.0], [0.25, 3.0, 0.5], [1.0, -0.5, 2.5]], "float64", grad=True))
    op(call, x=Given([[2.0, 0.5, -1.0], [0.25, 3.0, 0.5], [1.0, -0.5, 2.5]], "float32", grad=True))
for call in ("torch.linalg.det(x)", "torch.linalg.inv(x)", "torch.linalg.solve(x, x)", "torch.linalg.cholesky(x)"):
    op(call, x=Given([[1.0, 2.0], [2.0, 4.0]], grad=True))
    op(call, x=T(2, 3))
    op(call, x=T(3, 3, dtype="int64"))

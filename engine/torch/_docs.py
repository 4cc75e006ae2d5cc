"""What each operation does, in a sentence: the docstrings of functions that the engine provides.

A name that ends in `_` is the same operation in place.
"""

from __future__ import annotations

_TEXT = """
abs: The absolute value of each element; its derivative at 0 is taken to be 0.
acos: The angle whose cosine is x. NaN outside of -1 to 1.
acosh: The number whose hyperbolic cosine is x.
add: The sum of two tensors, broadcast; `other` is first multiplied by `alpha`.
addbmm: beta · input + alpha · (the sum of the products of two batches of matrices).
addcdiv: input + value · tensor1 / tensor2.
addcmul: input + value · tensor1 · tensor2.
addmm: beta · input + alpha · (mat1 @ mat2).
addmv: beta · input + alpha · (mat @ vec).
addr: beta · input + alpha · (the outer product of two vectors).
all: True if every element is, over all of them or along `dim`.
allclose: Are all elements close: |input - other| <= atol + rtol · |other|?
amax: The largest elements along `dim`. Ties share the gradient evenly.
amin: The smallest elements along `dim`. Ties share the gradient evenly.
any: True if some element is, over all of them or along `dim`.
argmax: Where the largest element is. Has no gradient.
argmin: Where the smallest element is. Has no gradient.
argsort: The indices that would sort the elements along `dim`.
as_strided: A view of the same storage with sizes, strides and offset of your own.
asin: The angle whose sine is x. NaN outside of -1 to 1.
asinh: The number whose hyperbolic sine is x.
atan: The angle whose tangent is x.
atan2: The angle of the point (other, input), from -pi to pi.
atanh: The number whose hyperbolic tangent is x.
baddbmm: beta · input + alpha · (batch1 @ batch2), for batches of matrices.
bernoulli: 1 with the probability that each element says, else 0.
bernoulli_: Fills with 1 with probability `p`, else 0.
bitwise_and: Bit by bit and; for bool tensors the logical one.
bitwise_not: Every bit turned round; for bool tensors the logical not.
bitwise_or: Bit by bit or; for bool tensors the logical one.
bitwise_xor: Bit by bit exclusive or.
bmm: The products of two batches of matrices: (b, n, m) and (b, m, p) give (b, n, p).
broadcast_to: A view of the tensor, expanded to a shape. No memory is copied.
cat: The tensors joined along an existing dimension. All other sizes must agree.
cdist: The p-norm distance of every row of one matrix from every row of the other.
ceil: The smallest whole number that is not below x. Its derivative is 0.
chunk: Views that split the tensor along `dim` into so many pieces, as even as possible.
clamp: Each element, not below `min` and not above `max`.
clone: A copy with memory of its own, and with the same history.
contiguous: The tensor with its elements in row-major order: itself, if they already are.
copy_: Puts the elements of another tensor, broadcast and converted, into this one.
copysign: The size of one number with the sign of another.
cos: The cosine of each element, in radians.
cosh: The hyperbolic cosine of each element.
cross: The cross product of vectors of three components.
cumprod: The running product along `dim`.
cumsum: The running sum along `dim`.
detach: A tensor with the same memory and version counter, and without history.
diag: The diagonal of a matrix, or a matrix with this diagonal.
diag_embed: A matrix with these elements on its diagonal, for each vector.
diagonal: A view of the diagonal of two dimensions.
digamma: The derivative of the logarithm of the gamma function.
dist: The p-norm of input - other.
div: The quotient of two tensors, broadcast; rounded as `rounding_mode` says.
dot: The sum of the products of two vectors. Both must be 1-D and of one size.
eq: Element by element: are they equal? Has no gradient.
equal: Have the two tensors the same shape and the same elements?
erf: The error function.
erfc: 1 - erf(x), without loss of digits where that is small.
erfinv: The inverse of the error function.
exp: e to the power of each element.
exp2: 2 to the power of each element.
expand: A view in which dimensions of size 1 are repeated. -1 keeps a size.
expand_as: `expand` to the shape of another tensor.
expm1: e to the power of x, minus 1, without loss of digits where x is small.
exponential_: Fills with exponentially distributed numbers.
fill_: Puts one value into every element.
flatten: Dimensions from `start_dim` to `end_dim` joined into one; a view where possible.
flip: The elements in reverse order along some dimensions.
float_power: Powers, computed in float64.
floor: The largest whole number that is not above x. Its derivative is 0.
floor_divide: The quotient rounded down.
fmax: The larger of two elements; the number where the other is NaN.
fmin: The smaller of two elements; the number where the other is NaN.
fmod: The remainder of a division, with the sign of the dividend.
frac: The part of each element behind the point.
gather: The elements that `index` names along `dim`. The result has the shape of `index`.
ge: Element by element: is it greater or equal? Has no gradient.
gt: Element by element: is it greater? Has no gradient.
hstack: The tensors joined side by side.
hypot: The root of the sum of two squares.
index_add: The tensor with slices of `source` added where `index` says along `dim`.
index_copy: The tensor with slices of `source` put where `index` says along `dim`.
index_fill: The tensor with one value in the slices that `index` names along `dim`.
index_put: The tensor with `values` put where `indices` say.
index_select: The slices along `dim` that the vector `index` names, copied.
inner: The sum of products over the last dimension of both tensors.
isclose: Element by element: |input - other| <= atol + rtol · |other|?
isfinite: Is each element neither infinite nor NaN?
isinf: Is each element infinite?
isnan: Is each element NaN?
kthvalue: The k-th smallest elements along `dim`, and where they are.
le: Element by element: is it less or equal? Has no gradient.
lerp: input + weight · (end - input): from one to the other as the weight goes from 0 to 1.
lgamma: The logarithm of the absolute value of the gamma function.
log: The natural logarithm of each element: NaN below 0, minus infinity at 0.
log10: The logarithm to base 10.
log1p: The logarithm of 1 + x, without loss of digits where x is small.
log2: The logarithm to base 2.
logaddexp: log(e^input + e^other), without overflow.
logcumsumexp: log of the running sum of e^x along `dim`, without overflow.
logical_and: Element by element: are both not 0?
logical_not: Element by element: is it 0?
logical_or: Element by element: is one of them not 0?
logical_xor: Element by element: is just one of them not 0?
logit: log(x / (1 - x)), the inverse of sigmoid.
logsumexp: log of the sum of e^x along `dim`, without overflow.
lt: Element by element: is it less? Has no gradient.
masked_fill: The tensor with `value` wherever the mask is True.
masked_scatter: The tensor with the elements of `source`, in order, where the mask is True.
masked_select: The elements where the mask is True, as a vector.
matmul: The product of vectors, matrices or batches of matrices: what `@` computes.
max: The largest element; with `dim` the largest ones and where they are; or the larger of two.
maximum: The larger of two elements. Where they are equal each gets half the gradient.
mean: The mean of all elements, or along `dim`. The dtype must be floating point.
median: The middle element; of an even number the lower of the two in the middle.
min: The smallest element; with `dim` the smallest ones and where they are; or the smaller of two.
minimum: The smaller of two elements. Where they are equal each gets half the gradient.
mm: The product of two matrices. Raises RuntimeError unless (n, m) meets (m, p).
movedim: A view with dimensions moved to other places.
mul: The product of two tensors element by element, broadcast.
mv: The product of a matrix and a vector.
nan_to_num: The tensor with numbers in the place of NaN and infinities.
narrow: A view of `length` entries from `start` on along `dim`.
ne: Element by element: do they differ? Has no gradient.
neg: -x.
nonzero: The indices of the elements that are not 0, one a row.
norm: The length of vectors.
normal_: Fills with normally distributed numbers.
outer: The product of each element of one vector with each of another.
permute: A view with the dimensions in another order.
positive: x itself.
pow: Powers: each element of `input` to the power of `exponent`.
prod: The product of all elements, or along `dim`.
put: The tensor with values put where `index` says, counted over all elements.
random_: Fills with whole numbers, evenly distributed.
ravel: All dimensions joined into one.
reciprocal: 1 / x.
relu: max(0, x); its derivative at 0 is taken to be 0.
remainder: The remainder of a division, with the sign of the divisor, as Python's %.
repeat: The tensor tiled so many times along each dimension, copied.
reshape: The same elements in another shape: a view where possible, else a copy.
roll: The elements shifted along some dimensions; those that fall out come in again.
rot90: A plane of two dimensions turned by k right angles.
round: The nearest whole number, halves to the even one. Its derivative is 0.
rsqrt: 1 / sqrt(x).
rsub: other - alpha · input.
scatter: The tensor with the elements of `src` put where `index` says along `dim`.
scatter_add: Like `scatter`, but adding.
select: A view of one slice: `dim` is dropped.
sgn: The sign of each element: -1, 0 or 1.
sigmoid: 1 / (1 + e^-x).
sign: The sign of each element: -1, 0 or 1.
signbit: Does each element bear a minus sign?
sin: The sine of each element, in radians.
sinc: sin(pi·x) / (pi·x), and 1 at 0.
sinh: The hyperbolic sine of each element.
sort: The elements in order along `dim`, and where they were.
split: Views along `dim`, of one size or of the sizes listed.
sqrt: The square root: NaN below 0; the derivative at 0 is infinite.
square: x².
squeeze: A view without the dimensions of size 1.
stack: The tensors side by side along a new dimension. All shapes must agree.
std: The standard deviation.
std_mean: The standard deviation and the mean.
sub: The difference of two tensors, broadcast; `other` is first multiplied by `alpha`.
sum: The sum of all elements, or along `dim`.
sum_to_size: Summed over dimensions until it has a shape that broadcasts to this one.
t: The transpose of a matrix, as a view.
take: The elements that `index` names, counted over all elements.
tan: The tangent of each element, in radians.
tanh: The hyperbolic tangent of each element.
tile: The tensor repeated along each dimension.
topk: The k largest elements along `dim`, and where they were.
trace: The sum of the diagonal of a matrix.
transpose: A view with two dimensions swapped.
tril: The lower triangle of a matrix, zeros above.
triu: The upper triangle of a matrix, zeros below.
trunc: The whole part of each element. Its derivative is 0.
unbind: Views of all slices along `dim`, as a tuple.
unflatten: A view with one dimension taken apart into several.
unfold: A view of all windows of a size along a dimension.
uniform_: Fills with evenly distributed numbers.
unsqueeze: A view with a new dimension of size 1.
var: The variance.
var_mean: The variance and the mean.
view: The same memory in another shape. Raises RuntimeError where that is not possible.
view_as: `view` in the shape of another tensor.
vstack: The tensors joined on top of each other.
where: `input` where the condition holds, `other` elsewhere.
xlogy: input · log(other), and 0 where the input is 0.
zero_: Puts 0 into every element.
"""

_SAME = {
    "absolute": "abs",
    "clamp_max": "clamp",
    "clamp_min": "clamp",
    "clip": "clamp",
    "concat": "cat",
    "concatenate": "cat",
    "divide": "div",
    "fix": "trunc",
    "greater": "gt",
    "greater_equal": "ge",
    "less": "lt",
    "less_equal": "le",
    "multiply": "mul",
    "negative": "neg",
    "not_equal": "ne",
    "reshape_as": "reshape",
    "subtract": "sub",
    "swapaxes": "transpose",
    "swapdims": "transpose",
    "true_divide": "div",
}

_sentences: dict[str, str] = dict(
    line.split(": ", 1)
    for line in _TEXT.strip().splitlines()  # type: ignore[misc]
)


def sentence(name: str) -> str:
    """What the operation `name` does; empty where nobody has said it yet."""
    if name in _sentences:
        return _sentences[name]
    plain = name.removesuffix("_").replace("arc", "a", 1) if name.startswith("arc") else name
    plain = _SAME.get(plain.removesuffix("_"), plain.removesuffix("_"))
    text = _sentences.get(plain, "")
    return text + " In place." if text and name.endswith("_") else text

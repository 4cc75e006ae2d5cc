"""The errors and warnings that learners meet, commonest areas first."""

from vocabulary import program


# --- autograd

# backward() on a result none of whose inputs requires grad
program("torch.ones(3).sum().backward()", "no_grad_fn")

# loss rebuilt from .item() (a Python number wrapped again)
program("""
x=torch.ones(3,requires_grad=True)
loss=torch.tensor(x.sum().item())
loss.backward()
""", "no_grad_fn_item")

# argmax/comparison in the path cuts the graph
program("""
x=torch.ones(3,requires_grad=True)
(x>0).float().sum().backward()
""", "no_grad_fn_argmax")

# forward ran under torch.no_grad()
program("""
x=torch.ones(3,requires_grad=True)
with torch.no_grad():
    y=(x*2).sum()
y.backward()
""", "no_grad_fn_nograd")

# backward() without an argument on a non-scalar
program("""
x=torch.ones(3,requires_grad=True)
(x*2).backward()
""", "scalar_only")

# autograd.grad without grad_outputs on a non-scalar
program("""
x=torch.ones(3,requires_grad=True)
torch.autograd.grad(x*2,x)
""", "scalar_only_grad")

# backward() on an integer-valued output is not possible; complex scalar output
program("""
x=torch.ones((),dtype=torch.complex64,requires_grad=True)
(x*2).backward()
""", "scalar_real_only")

# backward twice through a graph whose saved tensors were freed
program("""
x=torch.ones(3,requires_grad=True)
y=(x*x).sum()
y.backward()
y.backward()
""", "second_backward")

# reading a saved tensor attribute after backward
program("""
x=torch.ones(3,requires_grad=True)
y=x.exp()
y.sum().backward()
y.grad_fn._saved_result
""", "second_saved_access")

# grad_outputs of another shape
program("""
x=torch.ones(2,3,requires_grad=True)
torch.autograd.grad(x*2,x,torch.ones(3,2))
""", "grad_shape_grad")

# number of grad_outputs differs from number of outputs
program("""
x=torch.ones(3,requires_grad=True)
torch.autograd.backward([x*2,x*3],[torch.ones(3)])
""", "grad_outputs_len")

# autograd.grad for an input that is not in the graph
program("""
x=torch.ones(3,requires_grad=True)
y=torch.ones(3,requires_grad=True)
torch.autograd.grad((x*2).sum(),y)
""", "unused_input")

# autograd.grad with respect to a tensor that does not require grad
program("""
x=torch.ones(3,requires_grad=True)
y=torch.ones(3)
torch.autograd.grad((x*y).sum(),y)
""", "unused_int")

# autograd.grad with no inputs
program("""
x=torch.ones(3,requires_grad=True)
torch.autograd.grad((x*2).sum(),[])
""", "grad_empty_inputs")

# backward(inputs=[])
program("""
x=torch.ones(3,requires_grad=True)
(x*2).sum().backward(inputs=[])
""", "backward_empty_inputs")

# allow_unused=False with materialize_grads=True
program("""
x=torch.ones(3,requires_grad=True)
torch.autograd.grad((x*2).sum(),x,allow_unused=False,materialize_grads=True)
""", "materialize_unused")

# output dtype cannot have a gradient
program("""
x=torch.arange(3)
x.sum().backward()
""", "backward_int_output")

# backward(create_graph=True) reference-cycle warning
program("""
x=torch.ones(3,requires_grad=True)
(x*x).sum().backward(create_graph=True)
""", "create_graph_warn")

# operator with no derivative
program("""
x=torch.ones(3,requires_grad=True)
torch.nextafter(x,x).sum().backward()
""", "accumulate_fn_none")

# integer tensor with requires_grad=True
program("torch.tensor([1,2],requires_grad=True)", "int_requires_grad")

# integer factory with requires_grad=True
program("torch.ones(2,dtype=torch.int64,requires_grad=True)", "int_requires_grad_ones")

# requires_grad_() on an integer tensor
program("torch.tensor([1,2]).requires_grad_()", "int_requires_grad_")

# x.requires_grad = True on an integer tensor
program("""
x=torch.arange(3)
x.requires_grad=True
""", "int_requires_grad_attr")

# requires_grad = False on a non-leaf
program("""
x=torch.ones(3,requires_grad=True)
y=x*2
y.requires_grad=False
""", "nonleaf_requires_grad_false")

# retain_grad() on a tensor that does not require grad
program("torch.ones(3).retain_grad()", "retain_grad_no_rg")

# --- tensor

# torch.tensor(existing_tensor) copy-construct warning
program("""
x=torch.ones(3,requires_grad=True)
torch.tensor(x)
""", "tensor_of_tensor_warn")

# --- nn

# nn.Parameter of an integer tensor
program("torch.nn.Parameter(torch.tensor([1,2]))", "parameter_int")

# --- autograd

# .grad read on a non-leaf
program("""
x=torch.ones(3,requires_grad=True)
y=x*2
y.sum().backward()
y.grad
""", "nonleaf_grad_warn")

# .grad assigned a tensor of another shape
program("""
x=torch.ones(3,requires_grad=True)
x.grad=torch.ones(2)
""", "assign_grad_shape")

# .grad assigned a tensor of another dtype
program("""
x=torch.ones(3,requires_grad=True)
x.grad=torch.ones(3,dtype=torch.float64)
""", "assign_grad_dtype")

# x.grad.zero_() before any backward
program("""
x=torch.ones(3,requires_grad=True)
x.grad.zero_()
""", "none_grad_zero")

# update with x.grad that is None
program("""
x=torch.ones(3,requires_grad=True)
x.detach()-0.1*x.grad
""", "none_grad_arith")

# in-place op on a leaf that requires grad
program("""
w=torch.ones(3,requires_grad=True)
w-=0.1
""", "leaf_inplace")

# add_ on a leaf that requires grad
program("""
w=torch.ones(3,requires_grad=True)
w.add_(1)
""", "leaf_inplace_add_")

# index assignment into a leaf that requires grad
program("""
w=torch.ones(3,requires_grad=True)
w[0]=5.
""", "leaf_setitem")

# in-place op on a view of a leaf that requires grad
program("""
w=torch.ones(4,requires_grad=True)
w.view(2,2).add_(1)
""", "leaf_view_inplace")

# tensor needed for backward changed in place (mul)
program("""
x=torch.ones(3,requires_grad=True)
y=x*2
z=y*y
y+=1
z.sum().backward()
""", "version_mul")

# result saved by exp changed in place
program("""
x=torch.ones(3,requires_grad=True)
y=x.exp()
y.mul_(2)
y.sum().backward()
""", "version_exp")

# result of sigmoid changed in place
program("""
x=torch.ones(3,requires_grad=True)
y=torch.sigmoid(x)
y+=1
y.sum().backward()
""", "version_sigmoid")

# result of relu changed in place by item assignment
program("""
x=torch.ones(2,2,requires_grad=True)
y=torch.relu(x)
y[0]=0
y.sum().backward()
""", "version_relu")

# weight changed in place between forward and backward
program("""
w=torch.ones(2,2,requires_grad=True)
x=torch.ones(1,2,requires_grad=True)
y=(x@w).sum()
with torch.no_grad():
    w-=0.1
y.backward()
""", "version_matmul_T")

# in-place on a view made under no_grad
program("""
x=torch.ones(4,requires_grad=True)
y=x.clone()
with torch.no_grad():
    v=y.view(2,2)
v.add_(x.view(2,2))
""", "inplace_view_nograd")

# in-place on an output of unbind/split/chunk
program("""
x=torch.ones(2,2,requires_grad=True)
a,b=x.clone().unbind(0)
a.add_(1)
""", "inplace_multi_view")

# in-place op whose result type does not fit
program("""
x=torch.ones(3,dtype=torch.int64)
x+=0.5
""", "inplace_dtype")

# in-place on an expanded tensor
program("""
x=torch.ones(1).expand(3)
x.add_(torch.ones(3))
""", "inplace_expand")

# out= with tensors that require grad
program("""
x=torch.ones(3,requires_grad=True)
torch.add(x,x,out=torch.empty(3))
""", "out_requires_grad")

# .numpy() on a tensor that requires grad (needs NumPy installed)
program("""
x=torch.ones(3,requires_grad=True)
x.numpy()
""", "numpy_requires_grad")

# --- tensor

# .item() on several elements
program("torch.ones(3).item()", "item_many")

# if tensor: with several elements
program("bool(torch.ones(3))", "bool_many")

# bool() of an empty tensor
program("bool(torch.ones(0))", "bool_empty")

# --- autograd

# float(x) of a tensor that requires grad: conversion warning
program("""
x=torch.ones((),requires_grad=True)
float(x)
""", "float_rg_warn")

# copy.deepcopy of a non-leaf
program("""
import copy
x=torch.ones(3,requires_grad=True)
copy.deepcopy(x*2)
""", "deepcopy_nonleaf")

# --- tensor

# iterating over a 0-d tensor
program("list(torch.tensor(1.))", "iter_0d")

# indexing a 0-d tensor
program("torch.tensor(1.)[0]", "index_0d")

# broadcasting failure
program("torch.ones(2,3)+torch.ones(2,4)", "size_mismatch_add")

# matrix product size mismatch
program("torch.ones(2,3)@torch.ones(2,3)", "matmul_mismatch")

# vector product size mismatch
program("torch.ones(3)@torch.ones(4)", "matmul_1d")

# matrix product of different dtypes
program("torch.ones(2,2)@torch.ones(2,2,dtype=torch.float64)", "matmul_dtype")

# matrix-vector size mismatch
program("torch.ones(2,3)@torch.ones(2)", "mv_mismatch")

# bmm with matrices
program("torch.bmm(torch.ones(3,3),torch.ones(3,3))", "bmm_dims")

# view to an impossible size
program("torch.ones(6).view(4,2)", "view_size")

# reshape to an impossible size
program("torch.ones(6).reshape(4,2)", "reshape_size")

# view of a transposed tensor
program("torch.ones(2,3).t().view(-1)", "view_stride")

# two -1 in a shape
program("torch.ones(6).view(-1,-1)", "view_two_minus1")

# dim out of range
program("torch.ones(2,3).sum(dim=2)", "dim_range")

# index out of range
program("torch.ones(3)[5]", "index_range")

# float tensor used as index
program("torch.ones(3)[torch.tensor([0.])]", "index_type")

# boolean mask of another shape
program("torch.ones(3)[torch.tensor([True,False])]", "index_mask_shape")

# stack with different sizes
program("torch.stack([torch.ones(2),torch.ones(3)])", "stack_mismatch")

# mean of an integer tensor
program("torch.arange(3).mean()", "mean_int")

# expand to another size
program("torch.ones(3).expand(2,4)", "expand_mismatch")

# t() of a 3-d tensor
program("torch.ones(2,3,4).t()", "t_3d")

# .T of a tensor that is not 2-d
program("torch.ones(2,3,4).T", "T_warn")

# torch.tensor of a ragged list
program("torch.tensor([[1,2],[3]])", "tensor_ragged")

# function called with a Python list
program("torch.exp([1.,2.])", "wrong_arg_type")

# function called with a Python number
program("torch.exp(1.0)", "exp_float")

# function called without a required argument
program("torch.matmul(torch.ones(2))", "missing_arg")

# unknown tensor attribute
program("torch.ones(3).foo", "no_attr")

# unknown torch attribute
program("torch.foo", "no_module_attr")

# subtracting bool tensors
program("torch.tensor([True])-torch.tensor([True])", "sub_bool")

# gather with an index that is not int64
program("torch.ones(3).gather(0,torch.tensor([0.]))", "gather_dtype")

# --- nn

# cross_entropy with int32 target
program("torch.nn.functional.cross_entropy(torch.ones(2,3),torch.zeros(2,dtype=torch.int32))", "cross_entropy_target_dtype")

# cross_entropy target out of range
program("torch.nn.functional.cross_entropy(torch.ones(2,3),torch.tensor([0,3]))", "cross_entropy_target_range")

# mse_loss with sizes that broadcast
program("torch.nn.functional.mse_loss(torch.ones(3,1),torch.ones(3))", "mse_broadcast_warn")

# binary_cross_entropy outside [0, 1]
program("torch.nn.functional.binary_cross_entropy(torch.tensor([1.5]),torch.tensor([1.]))", "bce_range")

# binary_cross_entropy with different sizes
program("torch.nn.functional.binary_cross_entropy(torch.ones(3),torch.ones(3,1))", "bce_shape")

# --- tensor

# normal_ with a negative std
program("torch.ones(3).normal_(0,-1)", "normal_neg_std")

# --- nn

# one_hot of a float tensor
program("torch.nn.functional.one_hot(torch.ones(3))", "one_hot_float")

# linear layer fed the wrong number of features
program("torch.nn.Linear(3,2)(torch.ones(1,4))", "linear_mismatch")

# linear layer fed float64
program("torch.nn.Linear(3,2)(torch.ones(1,3,dtype=torch.float64))", "linear_dtype")

# linear layer fed int64
program("torch.nn.Linear(3,2)(torch.ones(1,3,dtype=torch.int64))", "linear_int")

# --- optim

# optimizer given a tensor, not a list
program("torch.optim.SGD(torch.ones(3,requires_grad=True),lr=0.1)", "optim_tensor")

# optimizer given a non-leaf
program("""
x=torch.ones(3,requires_grad=True)
torch.optim.SGD([x*2],lr=0.1)
""", "optim_nonleaf")

# optimizer with a negative learning rate
program("torch.optim.SGD([torch.ones(3,requires_grad=True)],lr=-1)", "optim_lr")

# lr_scheduler.step() before optimizer.step()
program("""
o=torch.optim.SGD([torch.ones(3,requires_grad=True)],lr=0.1)
s=torch.optim.lr_scheduler.StepLR(o,1)
s.step()
""", "sched_order_warn")

# --- nn

# submodule set before super().__init__()
program("""
class M(torch.nn.Module):
    def __init__(self):
        self.l=torch.nn.Linear(1,1)
M()
""", "module_init")

# load_state_dict with a missing key
program("torch.nn.Linear(1,1).load_state_dict({})", "load_state_missing")

# --- autograd

# register_hook on a tensor that does not require grad
program("torch.ones(3).register_hook(lambda g: g)", "hook_no_rg")

# hook that returns a gradient of another shape
program("""
x=torch.ones(3,requires_grad=True)
x.register_hook(lambda g: torch.ones(2))
x.sum().backward()
""", "hook_bad_shape")

# backward_hooks given something else
program("""
x=torch.ones(3,requires_grad=True)
x._backward_hooks=1
""", "hook_not_callable")

# register_post_accumulate_grad_hook without requires_grad
program("torch.ones(3).register_post_accumulate_grad_hook(lambda t: None)", "post_acc_no_rg")

# calling a Function instance
program("""
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx,x): return x
    @staticmethod
    def backward(ctx,g): return g
F()(torch.ones(3))
""", "fn_instantiate")

# Function without forward
program("""
class F(torch.autograd.Function): pass
F.apply(torch.ones(3,requires_grad=True))
""", "fn_no_forward")

# Function without backward
program("""
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx,x): return x*2
F.apply(torch.ones(3,requires_grad=True)).sum().backward()
""", "fn_no_backward")

# backward returns the wrong number of gradients
program("""
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx,x,y): return x*y
    @staticmethod
    def backward(ctx,g): return g
F.apply(torch.ones(3,requires_grad=True),torch.ones(3)).sum().backward()
""", "fn_wrong_count")

# backward returns too many gradients
program("""
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx,x): return x*2
    @staticmethod
    def backward(ctx,g): return g,g
F.apply(torch.ones(3,requires_grad=True)).sum().backward()
""", "fn_wrong_count_more")

# backward returns a gradient of the wrong shape
program("""
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx,x): return x*2
    @staticmethod
    def backward(ctx,g): return torch.ones(7)
F.apply(torch.ones(3,requires_grad=True)).sum().backward()
""", "fn_wrong_shape")

# save_for_backward of a non-tensor
program("""
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx,x):
        ctx.save_for_backward(2.0)
        return x*2
    @staticmethod
    def backward(ctx,g): return g
F.apply(torch.ones(3,requires_grad=True))
""", "fn_save_nontensor")

# saved_tensors after the graph was freed
program("""
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx,x):
        ctx.save_for_backward(x)
        return x*2
    @staticmethod
    def backward(ctx,g):
        x,=ctx.saved_tensors
        return g
y=F.apply(torch.ones(3,requires_grad=True)).sum()
y.backward()
y.backward()
""", "fn_saved_twice")

# double backward through once_differentiable
program("""
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx,x):
        ctx.save_for_backward(x)
        return x*x
    @staticmethod
    @torch.autograd.function.once_differentiable
    def backward(ctx,g):
        x,=ctx.saved_tensors
        return 2*g*x
x=torch.ones(3,requires_grad=True)
g,=torch.autograd.grad(F.apply(x),x,torch.ones(3,requires_grad=True),create_graph=True)
g.sum().backward()
""", "fn_once_diff")

# Function.apply with keyword arguments
program("""
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx,x): return x*2
    @staticmethod
    def backward(ctx,g): return g
F.apply(x=torch.ones(3))
""", "fn_kwargs")

# forward returns something that is not a tensor
program("""
class F(torch.autograd.Function):
    @staticmethod
    def forward(ctx,x): return 'a',x*2
    @staticmethod
    def backward(ctx,a,g): return 1
F.apply(torch.ones(3,requires_grad=True))[1].sum().backward()
""", "fn_return_nontensor")

# backward on a result computed in inference mode
program("""
x=torch.ones(3,requires_grad=True)
with torch.inference_mode():
    y=(x*2).sum()
y.backward()
""", "inference_backward")

# inference tensor saved for backward
program("""
with torch.inference_mode():
    a=torch.ones(3)
w=torch.ones(3,requires_grad=True)
(a*w).sum()
""", "inference_save")

# requires_grad_ on an inference tensor
program("""
with torch.inference_mode():
    a=torch.ones(3)
a.requires_grad_()
""", "inference_requires_grad")

# _version of an inference tensor
program("""
with torch.inference_mode():
    a=torch.ones(3)
a._version
""", "inference_version")

# anomaly mode: nan in backward
program("""
x=torch.zeros(1,requires_grad=True)
with torch.autograd.detect_anomaly(check_nan=True):
    (x.sqrt()*0).sum().backward()
""", "anomaly_nan")

# detect_anomaly speed warning
program("torch.autograd.detect_anomaly()", "anomaly_warn")

# --- functional

# gradcheck with float32 input
program("""
x=torch.ones(2,requires_grad=True)
torch.autograd.gradcheck(lambda t: t*1.0,(x,),eps=1e-2,atol=1e-2)
""", "gradcheck_precision_warn")

# gradcheck with no input that requires grad
program("torch.autograd.gradcheck(lambda t: t*2,(torch.ones(2,dtype=torch.float64),))", "gradcheck_no_rg")

# functional.hessian of a non-scalar function
program("torch.autograd.functional.hessian(lambda x: x*2, torch.ones(2))", "hessian_nonscalar")

# functional.vjp without v for a non-scalar
program("torch.autograd.functional.vjp(lambda x: x*2, torch.ones(2))", "vjp_missing_v")

# functional.jacobian strict with an independent output
program("torch.autograd.functional.jacobian(lambda x: torch.ones(2), torch.ones(2), strict=True)", "jacobian_strict")

# functional.jacobian given a list
program("torch.autograd.functional.jacobian(lambda x: x*2, [1.,2.])", "functional_input_type")

# --- tensor

# moving to CUDA on a CPU-only build
program("torch.ones(3).cuda()", "cuda_missing")

# unknown device string
program("torch.ones(3,device='gpu')", "device_string")

"""Views, changes in place, versions, and the history they get."""

from vocabulary import program

program("""
x = torch.ones(4, requires_grad=True)
def st(*ts):
    for t in ts: print(t._version, t.is_leaf, t.requires_grad, type(t.grad_fn).__name__, t._is_view(), t.output_nr, t._base is not None)
b = x*1; v = b[:2]; w = b[2:]
st(b,v,w); v.mul_(2); st(b,v,w)
print(v.grad_fn.next_functions, w.grad_fn.next_functions, b.grad_fn.next_functions)
b.sum().backward(); print(x.grad)
""")
program("""
x = torch.ones(4, requires_grad=True)
b = x*1; v = b[:2]; vv = v[:1]
vv.mul_(3); 
print(b.grad_fn, v.grad_fn, vv.grad_fn, vv._base is b)
(b*torch.arange(4.)+0).sum().backward() if False else (v.sum()+vv.sum()).backward()
print(x.grad)
""")
program("""
x = torch.ones(4, requires_grad=True)
v = x[:2]
for f in (lambda: v.mul_(2), lambda: x.mul_(2), lambda: x.add_(1), lambda: x.zero_(), lambda: v.zero_(), lambda: x.__setitem__(0, 1.), lambda: v.__setitem__(0, 1.), lambda: x.data.mul_(1), lambda: x.detach().mul_(1)):
    try: f(); print("ok", x._version)
    except Exception as e: print(type(e), e)
""")
program("""
x = torch.ones(2,2, requires_grad=True)
for mk in (lambda t: t.unbind(0), lambda t: t.split(1), lambda t: t.chunk(2), lambda t: t.unbind(1), lambda t: torch.tensor_split(t,2)):
    b = x*1
    a = mk(b)[0]
    try: a.mul_(2); print("ok")
    except Exception as e: print(type(e), e)
    b = x*1
    a = mk(b)[0]
    b.mul_(2)
    try: print(a.grad_fn)
    except Exception as e: print(type(e), e)
    try: (a*2)
    except Exception as e: print(type(e), e)
""")
program("""
x = torch.ones(2,2, requires_grad=True)
b = x*1
with torch.no_grad(): v = b[0]
print(v.requires_grad, v.grad_fn, v.is_leaf, v._is_view())
try: v.mul_(2)
except Exception as e: print(type(e), e)
with torch.no_grad(): v.mul_(2)
print(b)
b.mul_(2)
try: print(v.grad_fn)
except Exception as e: print(type(e), e)
try: print(v*2)
except Exception as e: print(type(e), e)
print(v.requires_grad)
""")
program("""
b = torch.ones(2,2)
with torch.no_grad(): v = b[0]
w = torch.ones(2, requires_grad=True)
try: v.mul_(w)
except Exception as e: print(type(e), e)
b = torch.ones(2,2)
v = b[0]
v.mul_(w)
print(b.grad_fn, v.grad_fn, b.requires_grad)
b.sum().backward(); print(w.grad)
""")
program("""
with torch.inference_mode():
    b = torch.ones(2,2); v = b[0]
print(v._is_view(), v.is_inference(), v._base)
w = torch.ones(2, requires_grad=True)
for f in (lambda: v.mul_(w), lambda: v.mul_(2), lambda: b.add_(1), lambda: b*w, lambda: b+w, lambda: b.requires_grad_(), lambda: b._version, lambda: b.view(4), lambda: (b*2).is_inference(), lambda: b.clone().is_inference(), lambda: b.view(4).is_inference(), lambda: b.detach().is_inference(), lambda: b.data.is_inference(), lambda: setattr(b,'requires_grad',True), lambda: setattr(b,'requires_grad',False), lambda: b.exp_(), lambda: b.clone().requires_grad_().is_inference(), lambda: torch.stack([b,b]).is_inference(), lambda: w.copy_(v), lambda: (w*1).copy_(v), lambda: b.backward(), lambda: setattr(w,'grad',v), lambda: w.grad.is_inference()):
    try: print(f())
    except Exception as e: print(type(e), e)
""")
program("""
w = torch.ones(2, requires_grad=True)
y = w*2
with torch.inference_mode():
    z = w*3
    print(z.requires_grad, z.is_inference(), w.is_inference(), z.is_leaf, z.grad_fn)
    v = y[0:1]
    print(v.is_inference(), v._is_view(), v.requires_grad, v.grad_fn)
    y.mul_(2)
    print(y._version, y.grad_fn)
    w2 = torch.ones(2, requires_grad=True)
    print(w2.requires_grad, w2.is_inference())
    print(torch.is_grad_enabled(), torch.is_inference_mode_enabled())
    with torch.enable_grad():
        q = w*3
        print(q.requires_grad, q.is_inference(), torch.is_grad_enabled())
        print(w2*2)
    with torch.inference_mode(False):
        q = w*3
        print(q.requires_grad, q.is_inference(), torch.is_grad_enabled())
try: v.mul_(2)
except Exception as e: print(type(e), e)
print(w2*2 if False else w2.requires_grad)
try: w2*w
except Exception as e: print(type(e), e)
""")
program("""
x = torch.ones(3, requires_grad=True)
y = x.exp()
y.add_(1)
try: y.sum().backward()
except Exception as e: print(e)
y = x.sin(); y.add_(1); y.sum().backward()
""")
program("""
x = torch.ones(3, requires_grad=True)
for mk in (lambda a: a.exp(), lambda a: a.sigmoid(), lambda a: a.tanh(), lambda a: a*a, lambda a: a/a, lambda a: a**2, lambda a: a.sqrt(), lambda a: a.relu(), lambda a: a.softmax(0), lambda a: a.prod(), lambda a: a@a, lambda a: a.norm(), lambda a: a.max(), lambda a: a.cumprod(0), lambda a: a.abs()):
    a = x*1
    y = mk(a); a.add_(1)
    try: y.sum().backward(); print("fine")
    except Exception as e: print(e)
    a = x*1
    y = mk(a); y.add_(1)
    try: y.sum().backward(); print("fine")
    except Exception as e: print(e)
""")
program("""
x = torch.ones(2,3, dtype=torch.float64, requires_grad=True)
a = x*1
v = a[0]
y = v*v
a.mul_(2)
try: y.sum().backward()
except Exception as e: print(e)
a = x*1
v = a[0]
y = a*a
v.mul_(2)
try: y.sum().backward()
except Exception as e: print(e)
a = x.detach().clone()
w = torch.ones(3, dtype=torch.float64, requires_grad=True)
y = w*a[0]
a[0].add_(1)
try: y.sum().backward()
except Exception as e: print(e)
a, b = (x*1).unbind(0)
y = a*b
with torch.no_grad(): a.add_(1)
try: y.sum().backward()
except Exception as e: print(e)
""")
program("""
x = torch.ones(3, requires_grad=True)
a = x*2
d = a.detach()
print(d._version, d.requires_grad, d._is_view(), d._base)
y = a*a
d.add_(1)
print(a._version, d._version)
try: y.sum().backward()
except Exception as e: print(e)
a = x*2; y = a*a
a.data.add_(1)
print(a._version, a.data._version)
y.sum().backward(); print(x.grad)
""")
program("""
x = torch.ones(3, requires_grad=True)
a = x*2
a.detach_()
print(a.requires_grad, a.is_leaf, a.grad_fn, a._version)
a.requires_grad_(); a.sum().backward(); print(a.grad, x.grad)
v = (x*2)[0]
try: v.detach_()
except Exception as e: print(type(e), e)
try: x[0].detach_()
except Exception as e: print(type(e), e)
x.detach_(); print(x.requires_grad)
t = torch.ones(3)[0:1]
try: t.detach_()
except Exception as e: print(type(e), e)
""")
program("""
x = torch.ones(3, requires_grad=True)
y = x*2
for f in (lambda: y.requires_grad_(False), lambda: y.requires_grad_(), lambda: setattr(y,'requires_grad',False), lambda: setattr(y,'requires_grad',True), lambda: x[0].requires_grad_(False), lambda: torch.ones(2,dtype=torch.int64).requires_grad_(), lambda: setattr(torch.ones(2,dtype=torch.int64),'requires_grad',True), lambda: torch.ones(2,dtype=torch.int64).requires_grad_(False), lambda: setattr(x,'requires_grad',1), lambda: x.requires_grad_(1), lambda: x.requires_grad_(None), lambda: torch.ones(2, dtype=torch.int64, requires_grad=True), lambda: torch.tensor([1], requires_grad=True), lambda: torch.ones(2).requires_grad_(requires_grad=False).requires_grad):
    try: print(f())
    except Exception as e: print(type(e), e)
""")
program("""
b = torch.ones(4)
v = b[:2]
v.requires_grad_()
print(v.is_leaf, v._is_view(), b.requires_grad, v._base.requires_grad)
try: v.mul_(2)
except Exception as e: print(type(e), e)
try: b.mul_(2); print("ok", b._version, v._version)
except Exception as e: print(type(e), e)
(v*3).sum().backward(); print(v.grad, b.grad)
b.requires_grad_()
print(v.requires_grad, v.grad_fn, v.is_leaf)
""")
program("""
b = torch.ones(4)
v = b[:2]
b.requires_grad_()
print(v.requires_grad, v.is_leaf, v.grad_fn, v._is_view())
try: print((v*2).grad_fn)
except Exception as e: print(type(e), e)
try: v.mul_(2); print(v.grad_fn)
except Exception as e: print(type(e), e)
""")
program("""
x = torch.ones(3, requires_grad=True)
for g in (torch.ones(2), torch.ones(3, dtype=torch.float64), 3, "a", x, [1,2,3], torch.ones(3, dtype=torch.int64), torch.ones(3,requires_grad=True), None):
    try: x.grad = g; print("ok", x.grad)
    except Exception as e: print(type(e), e)
t = torch.ones(3)
t.grad = torch.zeros(3); print(t.grad)
i = torch.ones(3,dtype=torch.int64)
i.grad = torch.zeros(3,dtype=torch.int64); print(i.grad)
y = x*2
y.grad = torch.ones(3)
print(y.grad)
del x.grad; print(x.grad)
del t.grad
v = t[0:1]; v.grad = torch.ones(1); print(v.grad, t.grad)
""")
program("""
x = torch.ones(3, requires_grad=True)
print((x*2).grad)
v = x[0:1]
print(v.grad)
""")
program("""
x = torch.ones(3, requires_grad=True)
g = torch.ones(3)
x.grad = g
x.sum().backward()
print(g, x.grad is g, g._version)
x.grad = None
h = torch.ones(3)
x.backward(h)
print(x.grad is h, x.grad.data_ptr()==h.data_ptr())
x.grad.zero_(); print(h)
x.grad = torch.ones(3, requires_grad=True)
x.sum().backward()
print(x.grad)
""")
program("""
x = torch.ones(2,3, requires_grad=True)
a = x*1
v = a.t()
v[0] = 5.
print(a, v.grad_fn, a.grad_fn, a.grad_fn.next_functions)
a.sum().backward(); print(x.grad)
""")
program("""
x = torch.ones(2,3, requires_grad=True)
a = x*1
v1 = a.view(6); v2 = v1.view(3,2); v3 = v2[0]
v3.mul_(torch.tensor([2.,3.]))
print(v3.grad_fn, v2.grad_fn, v1.grad_fn, a.grad_fn)
print(a._version, v3._version)
(a*torch.arange(6.).view(2,3)).sum().backward(); print(x.grad)
""")
program("""
x = torch.ones(3, requires_grad=True); z = torch.ones(3, requires_grad=True)
a = x*1
v = a[:2]
a.mul_(z)
print(v.grad_fn)
v.mul_(3)
print(v.grad_fn, a.grad_fn)
(a.sum()*2+v.sum()).backward(); print(x.grad, z.grad)
""")
program("""
x = torch.ones(3, requires_grad=True)
a = torch.zeros(3)
print(a.requires_grad)
a[0] = x[0]*2
print(a.requires_grad, a.grad_fn, a.is_leaf, a)
a[1:] = x[1:]
a[torch.tensor([0])] = 7.
print(a.grad_fn, a.grad_fn.next_functions)
a.sum().backward(); print(x.grad)
""")
program("""
x = torch.ones(3, requires_grad=True)
a = x.expand(2,3)
try: a.mul_(2)
except Exception as e: print(type(e), e)
a = (x*1).expand(2,3)
try: a.mul_(2)
except Exception as e: print(type(e), e)
a = torch.ones(1).expand(3)
try: a.mul_(2)
except Exception as e: print(type(e), e)
""")
program("""
x = torch.ones(3)
x2 = x
x += 1
print(x is x2, x._version)
x.add_(1).mul_(2)
print(x._version)
with torch.no_grad(): x += 1
print(x._version)
x[0] = 1; print(x._version)
x.fill_(1); x.zero_(); x.copy_(x); print(x._version)
x.requires_grad_(); print(x._version)
x.data = torch.zeros(3); print(x._version)
y = x.view(3); print(y._version)
with torch.no_grad(): y.add_(1)
print(x._version, y._version)
""")
program("""
x = torch.ones(3, requires_grad=True)
with torch.no_grad():
    x.add_(1)
    x[0] = 7
    print(x, x._version, x.is_leaf)
    v = x[:1]
    v.mul_(2)
    print(x, v.requires_grad)
y = x*2
with torch.no_grad():
    y.add_(1)
print(y.grad_fn, y._version)
y.sum().backward(); print(x.grad)
""")
program("""
x = torch.arange(6.).view(2,3).requires_grad_()
b = x*1
r = b[0]; c = b[:,1]
r.mul_(2)
c.add_(10)
print(b, r, c)
print(b.grad_fn, b.grad_fn.next_functions, r.grad_fn.next_functions, c._version)
(b*b).sum().backward(); print(x.grad)
""")
program("""
x = torch.ones(3, requires_grad=True); w = torch.full((2,), 3., requires_grad=True)
b = x*1
b[:2].mul_(w)
b[1:].add_(w)
b.sum().backward(); print(x.grad, w.grad)
f = b.grad_fn
while f is not None: print(f.name(), [n and n.name() for n,_ in f.next_functions]); f = f.next_functions[0][0] if f.next_functions else None
""")
program("""
x = torch.ones(2,3, requires_grad=True)
b = x*1
b.t()[0] = 7.
b.view(-1)[4:] *= 3
b.transpose(0,1).unsqueeze(0).squeeze()[2].zero_()
print(b); b.sum().backward(); print(x.grad)
""")
program("""
x = torch.ones(4, requires_grad=True)
b = x*2
v = b[1:3]
old = v.grad_fn
b.mul_(3)
print(old, v.grad_fn, v.grad_fn is v.grad_fn, v.grad_fn.next_functions)
b.add_(1)
new = v.grad_fn
print(new, v.grad_fn is new)
v.sum().backward(); print(x.grad)
""")
program("""
x = torch.ones(4, requires_grad=True)
b = x*2
v = b[1:3]; w = b[2:]
v *= 5
print(w.grad_fn, b.grad_fn)
w += 1
print(v.grad_fn, v, w, b)
(v.sum()+w.sum()).backward(); print(x.grad)
""")
program("""
x = torch.ones(4, requires_grad=True)
b = x*2
d = b.detach()
d[0] = 100.
print(b, b._version, d._version)
try: b.sum().backward(); print(x.grad)
except Exception as e: print(e)
y = b.exp(); d.mul_(2)
y.sum().backward(); print(x.grad)
z = b*b; d.mul_(2)
try: z.sum().backward()
except Exception as e: print(e)
""")
program("""
x = torch.zeros(3, requires_grad=True)
a = x.clone()
a[0] = 1; a[1] = x[2]*2; a[torch.tensor([2])] += 3; a[a>2] = 0
print(a, a._version, a.grad_fn)
a.sum().backward(); print(x.grad)
""")
program("""
x = torch.ones(3, requires_grad=True)
a = x*1
for f in (lambda: a.exp_(), lambda: a.clamp_(0,2), lambda: a.sqrt_(), lambda: a.sigmoid_(), lambda: a.fill_(2.), lambda: a.zero_(), lambda: a.neg_(), lambda: a.masked_fill_(a>0, 1.), lambda: a.index_fill_(0, torch.tensor([0]), 3.), lambda: a.copy_(x), lambda: a.pow_(2), lambda: a.div_(2), lambda: a.sub_(x), lambda: a.addcmul_(x,x), lambda: a.lerp_(x,.5), lambda: a.scatter_(0,torch.tensor([0]),x), lambda: a.index_add_(0,torch.tensor([0]),x[:1]), lambda: a.t_(), lambda: a.unsqueeze_(0), lambda: a.squeeze_(), lambda: a.relu_(), lambda: a.cumsum_(0), lambda: a.floor_(), lambda: a.round_(), lambda: a.fmod_(2), lambda: a.clamp_min_(0), lambda: a.index_put_((torch.tensor([0]),), x[:1]), lambda: a.bernoulli_(), lambda: a.uniform_(), lambda: a.normal_(), lambda: a.tril_() if a.dim()>1 else a, lambda: a.masked_scatter_(torch.tensor([True,False,False]), x)):
    try: f(); print(type(a.grad_fn).__name__, a._version, tuple(a.shape))
    except Exception as e: print(type(e), e)
""")
program("""
a = torch.ones(2,3, requires_grad=True)*1
b = a.t_(); print(b is a, a.grad_fn, a.shape, a._version, a._is_view())
c = a.unsqueeze_(0); print(c is a, a.grad_fn, a.shape)
a.squeeze_(0); a.transpose_(0,1); print(a.grad_fn, a.shape, a._version)
a.sum().backward()
""")
program("""
x = torch.ones(3, requires_grad=True)
b = x*1
v = b.view(3); n = v.view(3,1)
print(n._base is b, v._base is b, n._is_view(), b._is_view(), b._base)
d = v.detach(); print(d._is_view(), d._base is b)
e = v.data; print(e._is_view(), e._base)
print(x[0]._base is x, x.view(3)._base is x, x.expand(2,3)._base is x, x.t()._base is x, x.unbind()[0]._base is x, x.clone()._base, x.reshape(3)._base is x, x.contiguous()._base, x.to(torch.float32) is x, x.flatten()._base, x.diagonal()._base is x if 0 else None, x.narrow(0,0,1)._base is x, x.unfold(0,2,1)._base is x, x.as_strided((2,),(1,))._base is x, x.view_as(x)._base is x, x.expand_as(x)._base is x, x.squeeze()._base is x, x.unsqueeze(0)._base is x, x[None]._base is x, x[...]._base is x, x[[0]]._base)
""")
program("""
x = torch.ones(3, requires_grad=True)
y = x.view(3)
with torch.no_grad():
    y.add_(1)
print(x, x._version, y._version, y.grad_fn, x.is_leaf)
y.sum().backward(); print(x.grad)
""")
program("""
x = torch.ones(2,2, requires_grad=True)
a, b = (x*1).unbind()
with torch.no_grad(): a.add_(1)
try: print(a.grad_fn)
except Exception as e: print(e)
try: print(b.sum())
except Exception as e: print(e)
print(a.requires_grad, a.is_leaf if False else None)
a, b = x.split(1)
try: a.add_(1)
except Exception as e: print(e)
a, b = x.detach().split(1)
a.add_(1); print(x)
a, b = x.detach().split(1)
try: a.mul_(x[0:1]); print(a.grad_fn)
except Exception as e: print(e)
""")
program("""
with torch.no_grad():
    a, b = torch.ones(2,2, requires_grad=True).unbind()
try: a.add_(1); print("ok", a)
except Exception as e: print(e)
a = torch.ones(4)
with torch.no_grad(): v = a[:2]
v.add_(1); print(a)
w = torch.ones(2, requires_grad=True)
try: v.add_(w)
except Exception as e: print(e)
""")
program("""
x = torch.ones(3, requires_grad=True)
x.data.mul_(2); print(x._version, x)
x.data = x.data + 1; print(x, x._version)
x.data = torch.ones(2); print(x, x.shape)
try: x.data = torch.ones(2, dtype=torch.int64); print(x)
except Exception as e: print(type(e), e)
x.data = torch.ones(3, dtype=torch.float64); print(x.dtype, x.requires_grad)
(x*2).sum().backward(); print(x.grad.dtype)
""")
program("""
x = torch.ones(2, requires_grad=True)
y = x*2
y.requires_grad_(); print(y.is_leaf)
z = y.detach().requires_grad_(); print(z.is_leaf, z.grad_fn)
(z*y).sum().backward(); print(x.grad, z.grad)
v = x.detach()[0:1].requires_grad_(); (v*3).sum().backward(); print(v.grad, v._is_view())
""")
program("""
w = torch.ones(2, requires_grad=True)
opt_state = torch.zeros(2)
for _ in range(2):
    loss = (w*w).sum(); loss.backward()
    with torch.no_grad():
        w -= 0.1*w.grad; w.grad.zero_()
print(w, w._version, w.grad._version)
w.grad = None
loss = (w*w).sum()
with torch.no_grad(): w.add_(1)
try: loss.backward()
except Exception as e: print(e)
""")
program("""
x = torch.ones(2, requires_grad=True)
y = x*2
print(y.output_nr, x.output_nr, torch.ones(1).output_nr)
m, i = torch.ones(2,2,requires_grad=True).max(0)
print(m.output_nr, i.output_nr, i.grad_fn, i.requires_grad)
p = torch.ones(3,requires_grad=True).split(1); print([t.output_nr for t in p])
""")
program("""
x = torch.ones(2,3, requires_grad=True)
a = x*1
a.T.mul_(torch.tensor([[1.],[2.],[3.]]))
g = a.grad_fn; print(g, g.next_functions)
a.diagonal().fill_(9.); print(a, a.grad_fn)
a.sum().backward(); print(x.grad)
""")
program("""
x = torch.ones(3, requires_grad=True)
a = x*1
b = a
b += 1
a = a + 1
print(b._version, a._version, b is a, b.grad_fn, a.grad_fn)
c = x*1
c2 = c.mul_(2).add_(3); print(c2 is c, c.grad_fn.next_functions)
""")
program("""
x = torch.ones(3, requires_grad=True)
a = x*1
try: a += torch.ones(2,3)
except Exception as e: print(e)
try: a += torch.ones(3, dtype=torch.float64); print(a.dtype)
except Exception as e: print(e)
i = torch.ones(3, dtype=torch.int64)
try: i += 1.5
except Exception as e: print(e)
try: i += x
except Exception as e: print(e)
try: i.copy_(x); print(i, i.requires_grad)
except Exception as e: print(e)
f = torch.zeros(3); f.copy_(x); print(f.requires_grad, f.grad_fn, f.is_leaf)
f = torch.zeros(3); f += x; print(f.requires_grad, f.grad_fn)
f = torch.zeros(3); f[0] = x[0]; print(f.grad_fn, f.grad_fn.next_functions)
""")

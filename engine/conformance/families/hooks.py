"""Hooks on tensors and nodes: their order, their answers, their removal."""

from vocabulary import program

program("""
x = torch.tensor([1.,2.], requires_grad=True)
log=[]
h = x.register_hook(lambda g: log.append(('x',g.tolist())))
y = x*2
y.register_hook(lambda g: log.append(('y1',g.tolist())))
y.register_hook(lambda g: g*10)
y.retain_grad()
y.register_hook(lambda g: log.append(('y2',g.tolist())))
y.grad_fn.register_prehook(lambda go: log.append(('pre',[t.tolist() for t in go])))
y.grad_fn.register_hook(lambda gi,go: log.append(('post',[t if t is None else t.tolist() for t in gi],[t.tolist() for t in go])))
x.register_post_accumulate_grad_hook(lambda p: log.append(('acc',p.grad.tolist())))
acc = y.grad_fn.next_functions[0][0]
acc.register_prehook(lambda go: log.append(('accpre',[t.tolist() for t in go])))
acc.register_hook(lambda gi,go: log.append(('accpost',gi,[t.tolist() for t in go])))
y.sum().backward()
for l in log: print(l)
print(y.grad, x.grad)
h.remove()
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
for bad in (3, None, "a", lambda: 1):
    h = x.register_hook(bad) if callable(bad) else None
    try: x.register_hook(bad)
    except Exception as e: print(type(e), e)
try: (x*2).sum().backward()
except Exception as e: print(type(e), str(e)[:60])
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
for r in (3, "a", torch.ones(3), torch.ones(1), torch.ones(2,dtype=torch.float64), torch.ones(2,dtype=torch.int64), [1], (torch.ones(2),), True):
    h = x.register_hook(lambda g: r)
    try: (x*2).sum().backward(); print("ok", x.grad)
    except Exception as e: print(type(e), e)
    h.remove()
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
def hook(g): return torch.ones(3)
x.register_hook(hook)
try: (x*2).sum().backward(); print("ok", x.grad)
except Exception as e: print(type(e), e)
class H:
    def __call__(self, g): return torch.ones(3)
x = torch.tensor([1.,2.], requires_grad=True)
x.register_hook(H())
try: (x*2).sum().backward(); print("ok", x.grad)
except Exception as e: print(type(e), e)
import functools
x = torch.tensor([1.,2.], requires_grad=True)
x.register_hook(functools.partial(hook))
try: (x*2).sum().backward(); print("ok", x.grad)
except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
x.register_hook(hook)
try: (x*2).sum().backward()
except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
h1 = x.register_hook(lambda g: print("a"))
h2 = x.register_hook(lambda g: print("b"))
print(type(h1), h1.id < h2.id, h2.id-h1.id)
h1.remove(); h1.remove()
(x*2).sum().backward()
with x.register_hook(lambda g: print("c")) as h:
    (x*2).sum().backward()
(x*2).sum().backward()
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
h1 = x.register_hook(print)
print(type(x._backward_hooks), list(x._backward_hooks.values()))
h1.remove()
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
def outer(g):
    h.remove()
    print("once")
h = x.register_hook(outer)
(x*2).sum().backward(); (x*2).sum().backward()
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
def outer(g):
    print("outer"); x.register_hook(lambda g: print("inner"))
h = x.register_hook(outer)
(x*2).sum().backward(); (x*2).sum().backward()
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
def bad(g): raise ValueError("boom")
x.register_hook(bad)
try: (x*2).sum().backward()
except Exception as e: print(type(e), e)
print(x.grad)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
def re(g):
    z = torch.tensor(3., requires_grad=True)
    (z*z).backward()
    print("inner", z.grad)
    return g * z.grad
y = x*2
y.register_hook(re)
y.sum().backward()
print(x.grad)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = x*2
def hk(g):
    print(torch.is_grad_enabled(), g.requires_grad, g.grad_fn)
y.register_hook(hk)
y.sum().backward(retain_graph=True)
(y**2).sum().backward(create_graph=True)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
a = x*2
a.register_hook(lambda g: print("before inplace", g))
a.retain_grad()
a.mul_(3)
a.register_hook(lambda g: print("after inplace", g))
a.sum().backward()
print(a.grad, a.retains_grad, x.grad)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
a = x*2
a.retain_grad()
a.mul_(3)
a.retain_grad()
a.add_(1)
print(a.retains_grad)
a.sum().backward()
print(a.grad, x.grad)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
a = x*2
a.register_hook(lambda g: g*0+5)
a.register_hook(lambda g: print("2", g))
a.retain_grad()
a.sum().backward()
print(a.grad, x.grad)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
a = x*2
a.retain_grad(); a.retain_grad()
a.register_hook(lambda g: g*7)
a.sum().backward(retain_graph=True)
print(a.grad)
a.sum().backward()
print(a.grad)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
x.retain_grad()
print(x.retains_grad)
try: torch.ones(2).retain_grad()
except Exception as e: print(type(e), e)
try: torch.ones(2).register_hook(print)
except Exception as e: print(type(e), e)
try: torch.ones(2).register_post_accumulate_grad_hook(print)
except Exception as e: print(type(e), e)
try: (x*2).register_post_accumulate_grad_hook(print)
except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
x.register_post_accumulate_grad_hook(lambda p: 5)
try: x.sum().backward()
except Exception as e: print(type(e), e)
print(x.grad)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
h1=x.register_post_accumulate_grad_hook(lambda p: print("1", p is x, p.grad))
def clear(p): p.grad = None
h2=x.register_post_accumulate_grad_hook(clear)
h3=x.register_post_accumulate_grad_hook(lambda p: print("3", p.grad))
x.sum().backward()
print(x.grad)
h2.remove()
x.sum().backward()
print(torch.autograd.grad(x.sum(), x))
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = x*2
n = y.grad_fn
def pre(g): return (g[0]*2,)
def post(gi, go): print(gi, go); return (gi[0]*3,)+gi[1:]
h=n.register_prehook(pre); k=n.register_hook(post)
y.sum().backward(retain_graph=True)
print(x.grad)
h.remove(); k.remove()
x.grad=None
y.sum().backward()
print(x.grad, type(h))
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
n = (x*x)
for r in (3, torch.ones(2), (torch.ones(2),), (torch.ones(2),torch.ones(2)), (None,None), [torch.ones(2)]*2, (1,2), (torch.ones(2),)*3, "ab"):
    h = n.grad_fn.register_hook(lambda gi, go: r)
    x.grad=None
    try: n.sum().backward(retain_graph=True); print("ok", x.grad)
    except Exception as e: print(type(e), e)
    h.remove()
for r in (3, torch.ones(2), (torch.ones(2),), (torch.ones(2),torch.ones(2)), (None,), [torch.ones(2)], (1,), "ab"):
    h = n.grad_fn.register_prehook(lambda go: r)
    x.grad=None
    try: n.sum().backward(retain_graph=True); print("ok", x.grad)
    except Exception as e: print(type(e), e)
    h.remove()
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
a, b = x.unbind()
print(a.grad_fn is b.grad_fn)
a.register_hook(lambda g: print("a", g)); b.register_hook(lambda g: print("b", g))
a.grad_fn.register_prehook(lambda go: print(go))
(a*2).backward()
print(x.grad)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
a = x*2
a.register_hook(lambda g: print("a hook", g))
b = a*3
b.register_hook(lambda g: print("b hook", g))
print(torch.autograd.grad(b.sum(), a))
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
a = x*2
a.register_hook(lambda g: g*100)
a.grad_fn.register_prehook(lambda g: (g[0]*7,))
b = a*3
print(torch.autograd.grad(b.sum(), a))
b = a*3
print(torch.autograd.grad(b.sum(), [a,x]))
b = a*3
b.sum().backward(inputs=[a])
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
x.register_hook(lambda g: g*100)
x.register_post_accumulate_grad_hook(lambda p: print("post"))
b = x*3
acc = b.grad_fn.next_functions[0][0]
acc.register_prehook(lambda g: print("accpre"))
acc.register_hook(lambda gi, g: print("accpost"))
print(torch.autograd.grad(b.sum(), x))
b = x*3
b.sum().backward(inputs=[x])
print(x.grad)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
hs=[]
def fn(grads): print("multi", grads)
a = x*2; b = x*3
h = torch.autograd.graph.register_multi_grad_hook([a,b], fn)
print(type(h))
(a+b).sum().backward()
a.sum().backward() if False else None
a = x*2; b = x*3
h = torch.autograd.graph.register_multi_grad_hook([a,b], fn)
a.sum().backward()
print("none?")
h.remove()
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
a = x*2; b = x*3
h = torch.autograd.graph.register_multi_grad_hook([a,b], lambda g: print("any", g), mode="any")
(a+b).sum().backward()
try: torch.autograd.graph.register_multi_grad_hook([a,b], lambda g: print("any", g), mode="x")
except Exception as e: print(type(e), e)
h2 = torch.autograd.graph.register_multi_grad_hook((a,b), lambda g: print("any", g))
h2.remove()
a = x*2; b = x*3; c= x.detach()*3
try:
    torch.autograd.graph.register_multi_grad_hook((a,b,c), lambda g: print("any", g))
except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = x*2
y.retain_grad()
with torch.no_grad():
    y.mul_(2)
y.sum().backward()
print(y.grad, y.retains_grad, y.grad_fn)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = x*2
y.retain_grad()
y.detach_()
print(y.retains_grad, y.requires_grad, y.grad_fn, y.is_leaf)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
v = x[0]
v.retain_grad()
b = x*2
w = b[0]
w.retain_grad()
w.register_hook(lambda g: print("w", g))
b.mul_(2)
print(w.retains_grad, w.grad_fn)
(w*3).backward()
print(w.grad)
""")
program("""
log = []
def t(n): return lambda g: log.append(n)
a = torch.ones(2, requires_grad=True); b = torch.ones(2, requires_grad=True)
c = a*b; d = c.exp(); e = c.sin(); f = d+e
for n, q in dict(a=a,b=b,c=c,d=d,e=e,f=f).items(): q.register_hook(t(n))
for n, q in dict(c=c,d=d,e=e,f=f).items():
    q.grad_fn.register_hook(lambda gi, go, n=n: log.append(n+" post")); q.grad_fn.register_prehook(lambda go, n=n: log.append(n+" pre"))
f.sum().backward(); print(log)
""")
program("""
log = []
ls = [torch.ones(1, requires_grad=True) for _ in range(7)]
for i,l in enumerate(ls): l.register_hook(lambda g,i=i: log.append(i)); l.register_post_accumulate_grad_hook(lambda p,i=i: log.append(f"p{i}"))
torch.stack(ls).sum().backward(); print(log)
log.clear()
torch.cat(ls[::-1]).prod().backward(); print(log)
log.clear()
s = ls[3]*ls[1]+ls[0]*ls[2]*ls[4]
s.backward(); print(log)
""")
program("""
x = torch.ones(2, requires_grad=True)
y = x*2
h = y.register_hook(lambda g: g.mul_(3))
y.sum().backward(); print(x.grad)
h2 = x.register_hook(lambda g: g+1)
(x*1).sum().backward(); print(x.grad)
""")
program("""
x = torch.ones(2, requires_grad=True)
y = x*2; z = x*3
y.register_hook(lambda g: z.sum().backward(retain_graph=True))
y.sum().backward(); print(x.grad)
""")
program("""
x = torch.ones(2, requires_grad=True)
y = x*2
y.register_hook(lambda g: (_ for _ in ()).throw(KeyError("k")))
try: y.sum().backward()
except KeyError as e: print("KeyError", e)
y2 = x*3; y2.sum().backward(); print(x.grad, torch.is_grad_enabled())
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
def counts():
    n = [0]
    def h(g): n[0]+=1; return None
    return n, h
n, h = counts()
y = x**2
y.register_hook(h)
y.sum().backward(retain_graph=True); y.sum().backward(retain_graph=True)
torch.autograd.grad(y.sum(), x, retain_graph=True)
torch.autograd.grad(y.sum(), y)
print(n)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = x.exp()
hs = [y.register_hook(lambda g, i=i: print(i, g.tolist()) or g*2) for i in range(3)]
hs[1].remove()
y.sum().backward(); print(x.grad)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
a, b = x.unbind()
node = a.grad_fn
node.register_prehook(lambda go: (torch.tensor(10.), go[1]))
node.register_hook(lambda gi, go: print(gi, go))
a.backward(); print(x.grad)
try:
    node.register_prehook(lambda go: (go[0], torch.tensor(1.)))
    a2, _ = x.unbind(); a2.grad_fn.register_prehook(lambda go: (go[0], torch.tensor(1.)))
    a2.backward()
except Exception as e: print(type(e), e)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
x.register_post_accumulate_grad_hook(lambda p: torch.ones(2))
try: x.sum().backward()
except Exception as e: print(type(e), e)
x = torch.tensor([1.,2.], requires_grad=True)
def sgd(p):
    with torch.no_grad(): p -= 0.1*p.grad
    p.grad = None
x.register_post_accumulate_grad_hook(sgd)
for _ in range(3): (x*x).sum().backward()
print(x, x.grad, x._version)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = x*2
y.retain_grad()
for _ in range(2): y.sum().backward(retain_graph=True)
print(y.grad, x.grad, y.grad.requires_grad)
y.grad = None
y.sum().backward(create_graph=True)
print(y.grad)
z = y*3; z.retain_grad(); z.sum().backward(inputs=[z]); print(z.grad, y.grad)
""")
program("""
x = torch.tensor([1.,2.], requires_grad=True)
y = x*2; z = y*3
print(torch.autograd.grad(z.sum(), [y, x, z], retain_graph=True))
z.sum().backward(inputs=[y], retain_graph=True); print(y.grad, x.grad)
z.sum().backward(inputs=[y, x], retain_graph=True); print(y.grad, x.grad)
try: z.sum().backward(inputs=[x.detach()])
except Exception as e: print(e)
try: torch.ones(1).backward(inputs=[x])
except Exception as e: print(e)
""")
program("""
import torch.nn as nn
torch.manual_seed(0)
m = nn.Linear(2, 1)
m.register_full_backward_hook(lambda mod, gi, go: print("mod", gi, go))
m.weight.register_hook(lambda g: print("w", g))
x = torch.ones(1, 2, requires_grad=True)
m(x).sum().backward(); print(x.grad)
""")
program("""
x = torch.tensor([2.], requires_grad=True)
y = x**3
g, = torch.autograd.grad(y, x, create_graph=True)
print(g.grad_fn, g.grad_fn.next_functions)
g2, = torch.autograd.grad(g, x, create_graph=True)
g3, = torch.autograd.grad(g2, x)
print(g, g2, g3)
y = (x.exp()*x.sin()).log()
g, = torch.autograd.grad(y, x, create_graph=True); g2, = torch.autograd.grad(g, x); print(g, g2)
""")
program("""
x = torch.tensor([2., 3.], requires_grad=True)
print(torch.autograd.grad((x*x).sum(), x, grad_outputs=torch.tensor(2.)))
print(torch.autograd.grad([x*x, x+x], [x], grad_outputs=[torch.ones(2), None]) if False else None)
try: torch.autograd.grad([x*x, x+x], [x], grad_outputs=[torch.ones(2), None])
except Exception as e: print(e)
try: torch.autograd.grad(x*x, x, grad_outputs=[torch.ones(2), torch.ones(2)])
except Exception as e: print(e)
try: torch.autograd.grad(x*x, x, grad_outputs=2.)
except Exception as e: print(type(e), e)
try: torch.autograd.grad(x*x, x, grad_outputs=(2.,))
except Exception as e: print(type(e), e)
""")
program("""
y = torch.ones(1, requires_grad=True)
for _ in range(200000): y = y + 0 if False else y*1
y.backward()
print("deep")
del y
""")
program("""
x = torch.ones(1, requires_grad=True)
y = x*2
f = y.grad_fn
del y
print(f.next_functions[0][0].variable is x)
try: f(torch.ones(1))
except Exception as e: print(type(e))
print(bool(f), f.__class__.__name__, str(f)[:14])
""")

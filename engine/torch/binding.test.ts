import { describe, expect, it } from 'vitest';
import { pythonForTests } from './python.ts';

const run = pythonForTests();

describe('an object of the engine is one object in Python', () => {
  it('while anybody holds it: gradients, nodes, leaves, bases, arguments given back', async () => {
    const lines = await run(`
x = torch.ones(2, requires_grad=True)
y = x * 2
z = y.sum()
z.backward(retain_graph=True)
print(x.grad is x.grad, y.grad_fn is y.grad_fn)
print(z.grad_fn.next_functions[0][0] is y.grad_fn)
accumulator = y.grad_fn.next_functions[0][0]
print(accumulator is y.grad_fn.next_functions[0][0], accumulator.variable is x)
print(x.view(2, 1)._base is x, x.contiguous() is x, x.to(torch.float32) is x)
seen = []
x.register_hook(lambda g: seen.append(g))
x.register_post_accumulate_grad_hook(lambda leaf: seen.append(leaf))
before = x.grad
z.backward()
print(x.grad is before, seen[1] is x)
g = torch.zeros(2)
x.grad = g
print(x.grad is g)`);
    expect(lines).toEqual(['True True', 'True', 'True True', 'True True True', 'True True', 'True']);
  });

  it('and with it what has been hung on it', async () => {
    const lines = await run(`
x = torch.ones(2, requires_grad=True)
x.name = "leaf"
y = (x * 2).sum()
y.grad_fn.metadata["note"] = 1
accumulator = y.grad_fn.next_functions[0][0].next_functions[0][0]
print(accumulator.variable.name, y.grad_fn.metadata)`);
    expect(lines).toEqual(["leaf {'note': 1}"]);
  });
});

describe('a graph of 200,000 nodes', () => {
  it('is built, walked, differentiated and let go of', async () => {
    const lines = await run(`
handles = torch._C.engine.handle_count
x = torch.ones(1, requires_grad=True)
y = x
for _ in range(200_000):
    y = y * 1.0
count, node = 0, y.grad_fn
while links := node.next_functions:
    count, node = count + 1, links[0][0]
print(count, type(node).__name__)
y.backward()
print(x.grad.item())
del y, node, links
torch._C.drain()
print(handles())`);
    // What is left is the leaf, which holds its gradient itself.
    expect(lines).toEqual(['200000 AccumulateGrad', '1.0', '1']);
  }, 60_000);
});

describe('memory', () => {
  it('does not grow while a model is trained', async () => {
    const lines = await run(`
handles, reachable = torch._C.engine.handle_count, torch._C.engine.reachable_bytes
torch.manual_seed(0)
model = torch.nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
inputs, targets = torch.randn(4, 2), torch.randn(4, 1)
def train(steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss = ((model(inputs) - targets) ** 2).mean()
        loss.backward()
        optimizer.step()
    loss = None
    torch._C.drain()
    return handles(), reachable()
first = train(10)
most = 0
for _ in range(20):
    train(100)
    most = max(most, handles())
print(train(10) == first, most == first[0])`);
    expect(lines).toEqual(['True True']);
  }, 60_000);

  it('is counted also while a batch is in the middle of a transform', async () => {
    const lines = await run(`
reachable = torch._C.engine.reachable_bytes
def seen(x):
    print(reachable() >= 400)
    return x * 2
torch.func.vmap(seen)(torch.ones(4, 25))`);
    expect(lines).toEqual(['True']);
  });

  it('of a graph goes with the last name for it, before and after backward', async () => {
    const lines = await run(`
handles, reachable = torch._C.engine.handle_count, torch._C.engine.reachable_bytes
x = torch.ones(1000, requires_grad=True)
torch._C.drain()
before = handles(), reachable()
y = x.exp().sin().sum()
during = reachable()
del y
torch._C.drain()
print((handles(), reachable()) == before, during > before[1])
y = x.exp().sin().sum()
y.backward()
x.grad = None
z = y.detach()
del y
torch._C.drain()
print(handles() - before[0], reachable() < during)`);
    expect(lines).toEqual(['True True', '1 True']);
  });

  it('of what an error interrupted is let go of too', async () => {
    const lines = await run(`
handles = torch._C.engine.handle_count
x = torch.ones(3, requires_grad=True)
torch._C.drain()
before = handles()
for _ in range(100):
    try:
        (x * 2).view(2, 2)
    except RuntimeError:
        pass
    try:
        (x * torch.ones(3))[5]
    except IndexError:
        pass
torch._C.drain()
print(handles() - before)`);
    expect(lines).toEqual(['0']);
  });
});

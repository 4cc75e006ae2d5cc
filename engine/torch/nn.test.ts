import { describe, expect, it } from 'vitest';
import { pythonForTests } from './python.ts';

const run = pythonForTests();
const imports = 'import torch.nn as nn\nimport torch.nn.functional as F\n';

// The numbers are PyTorch 2.13's.
describe('torch.nn and torch.optim', () => {
  it('learn xor as PyTorch does, from the same random weights', async () => {
    const lines = await run(`${imports}
torch.manual_seed(0)
m = nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1))
o = torch.optim.Adam(m.parameters(), lr=0.05)
x = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
t = torch.tensor([[0.], [1.], [1.], [0.]])
for i in range(20):
    o.zero_grad()
    loss = F.mse_loss(m(x), t)
    loss.backward()
    o.step()
    if i % 5 == 0:
        print(round(loss.item(), 4))
print(m)`);
    expect(lines).toEqual([
      '0.8668',
      '0.2701',
      '0.2865',
      '0.2094',
      'Sequential(',
      '  (0): Linear(in_features=2, out_features=8, bias=True)',
      '  (1): ReLU()',
      '  (2): Linear(in_features=8, out_features=1, bias=True)',
      ')',
    ]);
  });

  it('update parameters by each optimizer’s rule', async () => {
    const lines = await run(`
optim = torch.optim
for make in (
    lambda p: optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.1),
    lambda p: optim.Adam(p, lr=0.1, amsgrad=True, weight_decay=0.1),
    lambda p: optim.AdamW(p, lr=0.1),
):
    w = torch.tensor([1., 2.], requires_grad=True)
    o = make([w])
    for _ in range(4):
        o.zero_grad()
        (w ** 2).sum().backward()
        o.step()
    print(w.detach())`);
    expect(lines).toEqual([
      'tensor([-0.3467, -0.6934])',
      'tensor([0.6039, 1.6015])',
      'tensor([0.6006, 1.5942])',
    ]);
  });

  it('keep what a module owns, save it, and say what does not fit', async () => {
    const lines = await run(`${imports}
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(2, 3)
        self.b = nn.Parameter(torch.ones(3))
        self.register_buffer("c", torch.zeros(1))
    def forward(self, x):
        return self.a(x) * self.b + self.c
n = Net()
print([k for k, _ in n.named_parameters()], list(n.state_dict()))
other = Net()
print(other.load_state_dict(n.state_dict()), torch.equal(other.a.weight, n.a.weight))
for wrong in (lambda: n.load_state_dict({"z": torch.ones(1)}), lambda: setattr(n, "b", 3)):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)`);
    expect(lines).toEqual([
      "['b', 'a.weight', 'a.bias'] ['b', 'c', 'a.weight', 'a.bias']",
      '<All keys matched successfully> True',
      'RuntimeError Error(s) in loading state_dict for Net:',
      '\tMissing key(s) in state_dict: "b", "c", "a.weight", "a.bias". ',
      '\tUnexpected key(s) in state_dict: "z". ',
      "TypeError cannot assign 'int' as parameter 'b' (torch.nn.Parameter or None expected)",
    ]);
  });
});

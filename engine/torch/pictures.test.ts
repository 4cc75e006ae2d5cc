import { describe, expect, it } from 'vitest';
import { pythonForTests } from './python.ts';

const run = pythonForTests();

// The numbers are PyTorch 2.13's.
describe('layers for pictures', () => {
  it('learn and print as PyTorch’s do', async () => {
    const lines = await run(`import torch.nn as nn
torch.manual_seed(0)
net = nn.Sequential(
    nn.Conv2d(1, 2, 3, padding=1), nn.BatchNorm2d(2), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(2, 3, (1, 2), stride=2, bias=False), nn.AvgPool2d(1), nn.Flatten(), nn.Linear(6, 2),
)
x = torch.randn(2, 1, 8, 4)
loss = net(x).pow(2).mean()
loss.backward()
print(net)
print(loss.item().__round__(4))
print(net[0].weight.grad[0])
print(net[1].running_mean, net[1].running_var, net[1].num_batches_tracked)
net.eval()
print(net(x))
print(list(net.state_dict()))`);
    expect(lines).toEqual([
      'Sequential(',
      '  (0): Conv2d(1, 2, kernel_size=(3, 3), stride=(1, 1), padding=(1, 1))',
      '  (1): BatchNorm2d(2, eps=1e-05, momentum=0.1, affine=True, bias=True, track_running_stats=True)',
      '  (2): ReLU()',
      '  (3): MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)',
      '  (4): Conv2d(2, 3, kernel_size=(1, 2), stride=(2, 2), bias=False)',
      '  (5): AvgPool2d(kernel_size=1, stride=1, padding=0)',
      '  (6): Flatten(start_dim=1, end_dim=-1)',
      '  (7): Linear(in_features=6, out_features=2, bias=True)',
      ')',
      '0.077',
      'tensor([[[-0.1419,  0.0806, -0.0403],',
      '         [ 0.2602, -0.1030, -0.0973],',
      '         [-0.0087,  0.1019, -0.2200]]])',
      'tensor([-0.0227, -0.0166]) tensor([0.9332, 0.9263]) tensor(1)',
      'tensor([[-0.2370,  0.0569],',
      '        [-0.1913, -0.0202]], grad_fn=<AddmmBackward0>)',
      "['0.weight', '0.bias', '1.weight', '1.bias', '1.running_mean', '1.running_var', '1.num_batches_tracked', '4.weight', '7.weight', '7.bias']",
    ]);
  });

  it('know their padding, their indices and their statistics', async () => {
    const lines = await run(`import torch.nn as nn
for m in (
    nn.Conv1d(2, 3, 3),
    nn.Conv2d(1, 2, (2, 3), stride=2, padding=1, bias=False),
    nn.Conv2d(2, 2, 3, padding='same', groups=2, dilation=2, padding_mode='reflect'),
    nn.MaxPool2d(2),
    nn.MaxPool1d(3, 2, padding=1),
    nn.AvgPool2d(2),
    nn.AvgPool1d(3, stride=2),
    nn.BatchNorm1d(3),
    nn.BatchNorm2d(4, affine=False),
):
    print(m)
torch.manual_seed(1)
x = torch.randn(1, 2, 7, 7)
reflecting = nn.Conv2d(2, 2, 3, padding='same', groups=2, dilation=2, padding_mode='reflect')
print(reflecting(x)[0, 0, 0])
print(nn.Conv2d(2, 2, 2, padding='same')(x)[0, 1, 6])
print(nn.MaxPool2d(3, 2, ceil_mode=True, return_indices=True)(x)[1][0, 0])
b = nn.BatchNorm1d(2, momentum=None)
print(b(torch.tensor([[1., 2.], [3., 5.]])), b.running_var)`);
    expect(lines).toEqual([
      'Conv1d(2, 3, kernel_size=(3,), stride=(1,))',
      'Conv2d(1, 2, kernel_size=(2, 3), stride=(2, 2), padding=(1, 1), bias=False)',
      'Conv2d(2, 2, kernel_size=(3, 3), stride=(1, 1), padding=same, dilation=(2, 2), groups=2, padding_mode=reflect)',
      'MaxPool2d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)',
      'MaxPool1d(kernel_size=3, stride=2, padding=1, dilation=1, ceil_mode=False)',
      'AvgPool2d(kernel_size=2, stride=2, padding=0)',
      'AvgPool1d(kernel_size=(3,), stride=(2,), padding=(0,))',
      'BatchNorm1d(3, eps=1e-05, momentum=0.1, affine=True, bias=True, track_running_stats=True)',
      'BatchNorm2d(4, eps=1e-05, momentum=0.1, affine=False, bias=False, track_running_stats=True)',
      'tensor([0.4552, 0.0948, 0.3157, 0.3688, 1.2229, 0.6052, 1.0683],',
      '       grad_fn=<SelectBackward0>)',
      'tensor([ 0.1152,  0.3001, -0.5527,  0.4436, -0.2429,  0.3875,  0.5931],',
      '       grad_fn=<SelectBackward0>)',
      'tensor([[15, 18, 13],',
      '        [23, 32, 32],',
      '        [44, 44, 32]])',
      'tensor([[-1.0000, -1.0000],',
      '        [ 1.0000,  1.0000]], grad_fn=<NativeBatchNormBackward0>) tensor([2.0000, 4.5000])',
    ]);
  });
});

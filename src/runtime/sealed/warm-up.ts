/** Does once what most programs do, so that the next time is not the first. */
export const WARM_UP = `
import torch

x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
y = (x * x + 1.0).sum() - (x @ x).mean()
y.backward(retain_graph=True)
print(x, x.grad, y, x.shape, x.dtype, y.grad_fn, x.T.reshape(-1)[0].item())
rows = [torch.autograd.grad(out, x, retain_graph=True)[0] for out in (x ** 2).flatten()]
print(torch.stack(rows), torch.eye(2), torch.zeros(2), torch.rand(2))
layer = torch.nn.Linear(2, 1)
step = torch.optim.SGD(layer.parameters(), lr=0.1)
torch.nn.functional.mse_loss(layer(x.detach()), torch.ones(2, 1)).backward()
step.step()
for wrong in (lambda: x.view(5), lambda: torch.ones(2).backward()):
    try:
        wrong()
    except RuntimeError as error:
        print(f"{type(error).__name__}: {error}")
x.view(5)
`;

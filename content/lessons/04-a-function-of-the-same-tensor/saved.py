import torch

x = torch.tensor([0.5, 1.0, 2.0], requires_grad=True)
y = torch.sin(x**2) + 100

add = y.grad_fn
sin = add.next_functions[0][0]
power = sin.next_functions[0][0]
for node in (add, sin, power):
    saved = [name for name in dir(node) if name.startswith("_saved")]
    print(node.name(), saved)

print(sin._saved_self.detach())
print(power._saved_self is x, power._saved_exponent)

import torch

def calculate_gradient_wrt_function(values):
    # a copy that is watched
    tracked = values.clone().requires_grad_(True)

    squared = tracked ** 2   
    
    total = squared.sum()
    total.backward()
	
    return tracked.grad

matrix = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print("Given:\n", matrix)
print("Gradient:\n", calculate_gradient_wrt_function(matrix))

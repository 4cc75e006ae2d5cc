"""Leaves the engine with other defaults, modes and callbacks."""
# ends: Ran|Ended
import torch

torch.set_default_dtype(torch.float64)
torch.set_printoptions(precision=1, sci_mode=True)
torch.manual_seed(0)
torch.autograd.set_detect_anomaly(True)
torch.set_grad_enabled(False)
kept = torch.ones(1000, 1000)
guard = torch.inference_mode()
guard.__enter__()
print(torch.ones(2).sum() + 1)

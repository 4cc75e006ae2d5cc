"""The numbers are right, but it was you who differentiated. Autograd was not asked, and so whole numbers got a
slope too. Write the function itself into `y`, and leave its derivative to `backward`.
"""
import torch


def calculate_gradient_wrt_function(values):
    return 3 * values**2

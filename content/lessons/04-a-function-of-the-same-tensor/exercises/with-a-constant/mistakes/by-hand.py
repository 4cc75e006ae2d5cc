"""The numbers are right, but the derivative is yours and not autograd's: it was never asked, and whole numbers got
a slope too. Write the function into the program and let `backward` find the factors.
"""
import torch


def calculate_gradient(values, scale):
    return (2 * (scale * values + 2) * scale).detach()

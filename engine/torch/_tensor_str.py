"""Where PyTorch keeps the print options, for those who read them or set them for a while."""

from ._printing import get_printoptions, printoptions, set_printoptions

__all__ = ["get_printoptions", "printoptions", "set_printoptions"]

"""`torch.testing`: comparing results, and tensors to test with."""

from __future__ import annotations

from ._comparison import assert_allclose, assert_close
from ._creation import make_tensor

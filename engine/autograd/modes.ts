/** What autograd does at the moment; Python's context managers set it. */
export const modes = {
  /** Are operations recorded? */
  grad: true,
  /** Do tangents travel along? Only within a dual level, and not while a tangent is being computed. */
  forward: false,
  /** Tensors made in inference mode never take part in recorded operations. */
  inference: false,
  /** Does backward check for NaN and remember where nodes were made? */
  anomaly: false,
  anomalyChecksNan: true,
};

/** Runs `body` with recording switched on or off. */
export function withGrad<T>(enabled: boolean, body: () => T): T {
  const before = modes.grad;
  modes.grad = enabled;
  try {
    return body();
  } finally {
    modes.grad = before;
  }
}

export function resetModes(): void {
  modes.grad = true;
  modes.forward = false;
  modes.inference = false;
  modes.anomaly = false;
  modes.anomalyChecksNan = true;
}

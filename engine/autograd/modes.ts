/** What autograd does at the moment; Python's context managers set it. */
export const modes = {
  /** Are operations recorded? */
  grad: true,
  /** Do tangents travel along? Only within a dual level, and not while a tangent is being computed. */
  forward: false,
  /** Tensors made in inference mode never take part in recorded operations, and nothing is recorded in it. */
  inference: false,
  /** Does `is_grad_enabled` say yes in inference mode? */
  gradInInference: false,
  /** Does backward check for NaN and remember where nodes were made? */
  anomaly: false,
  anomalyChecksNan: true,
};

export const isGradEnabled = (): boolean => (modes.inference ? modes.gradInInference : modes.grad);

export function setGradEnabled(enabled: boolean): void {
  if (modes.inference) modes.gradInInference = enabled;
  else modes.grad = enabled;
}

export function setInference(enabled: boolean): void {
  modes.inference = enabled;
  if (enabled) modes.grad = false;
}

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

/** Runs `body` on values alone, as if nothing had a tangent. */
export function withoutTangents<T>(body: () => T): T {
  const before = modes.forward;
  modes.forward = false;
  try {
    return body();
  } finally {
    modes.forward = before;
  }
}

export function resetModes(): void {
  modes.grad = true;
  modes.forward = false;
  modes.inference = false;
  modes.gradInInference = false;
  modes.anomaly = false;
  modes.anomalyChecksNan = true;
}

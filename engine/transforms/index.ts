// Loads what transforms do with operations.
import './dispatch.ts';
import './forward_mode.ts';
import './inplace.ts';

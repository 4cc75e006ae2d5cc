// The script of the sealed frame: it turns the bytes that the page hands over into interpreters.
//
// The frame is of no origin, so it has no storage, and its policy lets it fetch nothing. It answers to one port, which the
// page sends first; what its workers say, other than the memory they took before they ran anything, it doesn't hear.
import type { FromFrame, Part, Snapshot, Start, Taken, ToFrame } from '../protocol.ts';

class Frame {
  readonly #port: MessagePort;
  readonly #parts = { worker: new Pipe(), wasm: new Pipe(), python: new Pipe() } satisfies Record<Part, Pipe>;
  readonly #workerURL: Promise<string>;
  readonly #wasm: Promise<WebAssembly.Module>;
  readonly #python: Promise<ArrayBuffer>;
  readonly #workers = new Map<number, Worker | 'awaited'>();
  readonly #keptMemory = Promise.withResolvers<Blob | undefined>();
  #snapshot: Promise<Snapshot | undefined>;
  /** Whether the page has it already. */
  #isKept = true;

  constructor(port: MessagePort) {
    this.#port = port;
    this.#workerURL = this.#parts.worker.unzipped('text/javascript').blob().then(URL.createObjectURL);
    this.#wasm = WebAssembly.compileStreaming(this.#parts.wasm.unzipped('application/wasm'));
    this.#python = this.#parts.python.unzipped('application/zip').arrayBuffer();
    this.#snapshot = this.#keptMemory.promise.then(
      async (blob) => blob && new Uint8Array(await blob.arrayBuffer()),
    );
    port.onmessage = ({ data }: MessageEvent<ToFrame>) => this.#obey(data);
  }

  #obey(order: ToFrame): void {
    switch (order.kind) {
      case 'part':
        this.#receive(order.part, order.bytes);
        break;
      case 'snapshot':
        this.#keptMemory.resolve(order.snapshot);
        break;
      case 'spawn':
        this.#workers.set(order.id, 'awaited');
        this.#spawn(order.id, order.port).catch((error) => {
          this.#say({ kind: 'failed', id: order.id, message: String(error?.message ?? error) });
        });
        break;
      case 'end': {
        const worker = this.#workers.get(order.id);
        if (worker instanceof Worker) worker.terminate();
        this.#workers.delete(order.id);
        break;
      }
      case 'keep':
        void this.#handOver();
        break;
      case 'ping':
        this.#say({ kind: 'pong' });
        break;
    }
  }

  /** What a worker needs first comes first: it reads its script while the rest is unpacked. */
  #receive(part: Part, bytes: Uint8Array<ArrayBuffer> | undefined): void {
    const push = () => this.#parts[part].push(bytes);
    if (part === 'worker') push();
    else void this.#workerURL.then(push);
  }

  async #spawn(id: number, port: MessagePort): Promise<void> {
    const url = await this.#workerURL;
    if (!this.#workers.has(id)) return;
    // At once: it reads its script while the other parts are still on their way.
    const worker = new Worker(url, { name: 'Python' });
    this.#workers.set(id, worker);
    worker.onmessage = ({ data }: MessageEvent<Taken>) => {
      worker.onmessage = null;
      this.#snapshot = Promise.resolve(data.snapshot);
      this.#isKept = false;
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#say({ kind: 'failed', id, message: event.message });
    };
    const [wasm, python, snapshot] = await Promise.all([
      this.#wasm,
      this.#python,
      // A memory that cannot be read is as good as none.
      this.#snapshot.catch(() => undefined),
    ]);
    worker.postMessage({ wasm, python, snapshot, port } satisfies Start, [port]);
  }

  async #handOver(): Promise<void> {
    const snapshot = await this.#snapshot;
    if (this.#isKept || !snapshot) return;
    this.#isKept = true;
    this.#say({ kind: 'snapshot', snapshot: new Blob([snapshot]) });
  }

  #say(message: FromFrame): void {
    this.#port.postMessage(message);
  }
}

/** A part on its way, piece by piece. */
class Pipe {
  #controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | undefined;
  readonly #stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => {
      this.#controller = controller;
    },
  });

  push(bytes: Uint8Array<ArrayBuffer> | undefined): void {
    if (bytes) this.#controller?.enqueue(bytes);
    else this.#controller?.close();
  }

  unzipped(type: string): Response {
    const headers = { 'Content-Type': type };
    return new Response(this.#stream.pipeThrough(new DecompressionStream('gzip')), { headers });
  }
}

addEventListener('message', ({ source, ports: [port] }) => {
  if (source === parent && port) new Frame(port);
});
